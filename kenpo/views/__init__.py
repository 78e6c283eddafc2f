"""What a page says and shows, as plain data: sentences, cells, facts. Pure, no Streamlit."""
