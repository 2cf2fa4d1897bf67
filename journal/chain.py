"""The hash that ties each event to the one before it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

GENESIS = hashlib.sha256("清单督办".encode()).hexdigest()


def canonical(value: object) -> bytes:
    """Return one spelling of ``value`` as JSON, whatever the order of its keys."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def instant(at: datetime) -> str:
    """Return ``at`` in UTC to the microsecond, the same from every database."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(
    *,
    number: int,
    at: datetime,
    kind: str,
    subject: str,
    actor: dict[str, Any],
    data: dict[str, Any],
    previous_hash: str,
) -> str:
    """Return the SHA-256 of one event and the hash of the event before it."""
    body = [number, instant(at), kind, subject, actor, data, previous_hash]
    return hashlib.sha256(canonical(body)).hexdigest()
