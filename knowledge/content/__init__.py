"""What there is to say: knowledge files, imported pages, and what of them is live."""
