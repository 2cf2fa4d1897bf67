"""From the outbox to inboxes: each event once, in order, in one commit a batch."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Q

from journal.models import Event, Outgoing
from notifications.inbox import deliver
from notifications.notices import Notice, notices_of

log = logging.getLogger(__name__)
BATCH = 200
LONGEST_WAIT = timedelta(hours=1)
# What the database answers to a value that it cannot hold.
UNFIT = (DataError, IntegrityError, ValueError)


def expand(now: datetime, *, limit: int = BATCH) -> int:
    """Expand up to ``limit`` events into inbox rows; return how many were taken.

    Notices and the end of the outgoing rows are one commit: a crash before it leaves
    everything to be done again, one after it nothing. An event that cannot be
    expanded is kept with its problem and tried again later; it holds up no other.
    """
    try:
        return expand_batch(now, limit, apart=False)
    except UNFIT:
        # One notice spoils the statement of all: find whose it is.
        log.exception("notices cannot be written together, so one event at a time")
        return expand_batch(now, limit, apart=True)


def expand_batch(now: datetime, limit: int, *, apart: bool) -> int:
    """Expand in one commit; the notices of all events together, or each ``apart``."""
    notices: list[Notice] = []

    def tell(event: Event) -> None:
        if apart:
            deliver(notices_of(event), now)
        else:
            notices.extend(notices_of(event))

    with transaction.atomic():
        taken = claim(now, limit)
        done = [one.event_id for one in taken if attempt(tell, one, now)]
        deliver(notices, now)
        Outgoing.objects.filter(pk__in=done).delete()
    return len(taken)


def claim(now: datetime, limit: int) -> list[Outgoing]:
    """Return the next outgoing rows, locked; rows held by another are passed over."""
    skip = connection.features.has_select_for_update_skip_locked
    due = Outgoing.objects.filter(Q(retry_at=None) | Q(retry_at__lte=now))
    due = due.select_for_update(skip_locked=skip, of=("self",) if skip else ())
    return list(due.select_related("event").order_by("event")[:limit])


def attempt(tell: Callable[[Event], None], outgoing: Outgoing, now: datetime) -> bool:
    """Return whether the event could be told of; note the problem where not."""
    try:
        with transaction.atomic():
            tell(outgoing.event)
    except Exception as problem:
        log.exception("event %s cannot be expanded", outgoing.event_id)
        postpone(outgoing, repr(problem), now)
        return False
    return True


def postpone(outgoing: Outgoing, problem: str, now: datetime) -> None:
    """Keep the event for later: after seconds first, an hour at most."""
    outgoing.attempts += 1
    outgoing.problem = problem[:2000]
    wait = timedelta(seconds=2 ** min(outgoing.attempts, 12))
    outgoing.retry_at = now + min(wait, LONGEST_WAIT)
    outgoing.save(update_fields=["attempts", "problem", "retry_at"])
