"""The demo: the real lists with their units, and people plainly marked as invented."""
