"""Real PostgreSQL, Redis, Chromium and server, started by whoever needs them."""
