"""The ground under every page: words, parts, assets."""
