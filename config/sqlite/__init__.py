"""SQLite that refuses to run without what the product's promises rest on."""
