"""What the pages of units and people need, one screen a file."""
