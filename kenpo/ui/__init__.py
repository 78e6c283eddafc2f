"""What a page is put together from: opening, choosers, parts, own components."""
