"""What can be done with a document, one verb a file; all of it by the office."""
