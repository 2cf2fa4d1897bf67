"""From the outbox to inboxes: each event once, in order, in one commit a batch."""

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from journal.models import Outgoing
from notifications.inbox import deliver
from notifications.notices import Notice, notices_of

log = logging.getLogger(__name__)
BATCH = 200
LONGEST_WAIT = timedelta(hours=1)


def expand(now: datetime, *, limit: int = BATCH) -> int:
    """Expand up to ``limit`` events into inbox rows; return how many were taken.

    Notices and the end of the outgoing rows are one commit: a crash before it leaves
    everything to be done again, one after it nothing. An event that cannot be
    expanded is kept with its problem and tried again later; it holds up no other.
    """
    with transaction.atomic():
        taken = list(claim(now, limit))
        notices: list[Notice] = []
        done: list[int] = []
        for outgoing in taken:
            told = attempt(outgoing, now)
            if told is not None:
                notices += told
                done.append(outgoing.event_id)
        deliver(notices, now)
        Outgoing.objects.filter(pk__in=done).delete()
    return len(taken)


def claim(now: datetime, limit: int) -> "list[Outgoing]":
    """Return the next outgoing rows, locked; rows held by another are passed over."""
    skip = connection.features.has_select_for_update_skip_locked
    due = Outgoing.objects.filter(Q(retry_at=None) | Q(retry_at__lte=now))
    due = due.select_for_update(skip_locked=skip, of=("self",) if skip else ())
    return list(due.select_related("event").order_by("event")[:limit])


def attempt(outgoing: Outgoing, now: datetime) -> list[Notice] | None:
    """Return the notices of one event, or None after noting why there are none."""
    try:
        with transaction.atomic():
            return notices_of(outgoing.event)
    except Exception as problem:
        log.exception("event %s cannot be expanded", outgoing.event_id)
        outgoing.attempts += 1
        outgoing.problem = repr(problem)[:2000]
        outgoing.retry_at = now + min(
            timedelta(seconds=2**outgoing.attempts), LONGEST_WAIT
        )
        outgoing.save(update_fields=["attempts", "problem", "retry_at"])
        return None
