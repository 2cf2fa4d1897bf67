"""File formats: each gives the same paragraphs and tables."""
