"""What the pages of documents show."""
