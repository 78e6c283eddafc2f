"""Own components: what Streamlit has no element for. JavaScript draws and sends, Python computes."""
