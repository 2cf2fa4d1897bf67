"""What happened: append-only events, hash-chained, and the outbox of who must hear."""
