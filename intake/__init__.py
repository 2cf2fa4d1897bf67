"""Lists in: a document is read, a person reviews the reading, a list is registered."""
