"""Ratios, measured side by side in one run on a real PostgreSQL: ``make bench``."""
