"""The suite: reads like the domain, on both databases, with the real parts."""
