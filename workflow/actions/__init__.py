"""Everything that can be done, one verb a file; each goes through the one door."""
