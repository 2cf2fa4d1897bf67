"""A bell in the process: whoever writes rings it, the tick wakes at once."""

import threading

from django.db import transaction

_rung = threading.Event()


def ring_on_commit() -> None:
    """Ring once the transaction under way has been committed."""
    transaction.on_commit(_rung.set)


def wait(seconds: float) -> bool:
    """Wait for a ring, at most ``seconds``; return whether there was one."""
    rung = _rung.wait(seconds)
    _rung.clear()
    return rung


def ring() -> None:
    """Ring now."""
    _rung.set()
