"""Changes to who is who, one verb a file."""
