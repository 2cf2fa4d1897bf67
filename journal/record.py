"""The one way to write that something happened."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from journal import bell
from journal.chain import GENESIS, digest
from journal.models import Event, Head, Outgoing

INSERT_EVENTS = """
    INSERT INTO journal_event
    (number, at, kind, subject, actor, data, previous_hash, hash) VALUES """
INSERT_OUTGOING = """
    INSERT INTO journal_outgoing (event_id, attempts, problem) VALUES """
READ_HEAD = "SELECT number, hash FROM journal_head WHERE id = 1 "
MOVE_HEAD = "UPDATE journal_head SET number = %s, hash = %s WHERE id = 1"
# As many events as fit one statement on every database; more go in the ORM's batches.
FEW = 60


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be recorded: a kind in the past tense, about one subject."""

    kind: str
    subject: str
    data: dict[str, Any] = field(default_factory=dict)


def record(
    happenings: Sequence[Happening], *, at: datetime, actor: dict[str, Any]
) -> list[Event]:
    """Append ``happenings`` to the chain and to the outbox; return the events.

    Must run in the transaction of the change it tells of, as its last write: the
    head stays locked until that commit, so writers queue here and nowhere later.
    Costs four statements for any number of happenings.

    Raises:
        TransactionManagementError: there is no transaction around it.
    """
    if not happenings:
        return []
    head = locked_head()
    events = [chained(head, happening, at, actor) for happening in happenings]
    append(events)
    with connection.cursor() as cursor:
        cursor.execute(MOVE_HEAD, [head.number, head.hash])
    bell.ring_on_commit()
    return events


def append(events: Sequence[Event]) -> None:
    """Insert the events and their outbox rows.

    Every act ends here with the head locked, and one or two events: in SQL, because
    ``bulk_create`` takes longer to make the statement than the database to run it.
    """
    if len(events) > FEW:
        Event.objects.bulk_create(events)
        Outgoing.objects.bulk_create([Outgoing(event=event) for event in events])
        return
    moment = connection.ops.adapt_datetimefield_value
    told: list[Any] = []
    for event in events:
        told += [event.number, moment(event.at), event.kind, event.subject]
        told += [json.dumps(event.actor), json.dumps(event.data)]
        told += [event.previous_hash, event.hash]
    going: list[Any] = [part for event in events for part in (event.number, 0, "")]
    with connection.cursor() as cursor:
        cursor.execute(INSERT_EVENTS + places(8, len(events)), told)
        cursor.execute(INSERT_OUTGOING + places(3, len(events)), going)


def places(columns: int, rows: int) -> str:
    """Return the placeholders of that many rows."""
    return ", ".join([f"({', '.join(['%s'] * columns)})"] * rows)


def locked_head() -> Head:
    """Return the head row, locked; the migration made it, an emptied table lacks it."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("journal.record() 必须在事务中")
    locking = connection.features.has_select_for_update
    with connection.cursor() as cursor:
        cursor.execute(READ_HEAD + (connection.ops.for_update_sql() if locking else ""))
        row = cursor.fetchone()
    if row is None:
        return Head.objects.select_for_update().get_or_create(pk=1)[0]
    return Head(pk=1, number=row[0], hash=row[1])


def chained(
    head: Head, happening: Happening, at: datetime, actor: dict[str, Any]
) -> Event:
    """Return the event that follows ``head``, and move ``head`` on to it."""
    body: dict[str, Any] = {
        "number": head.number + 1,
        "at": at,
        "kind": happening.kind,
        "subject": happening.subject,
        "actor": plain(actor),
        "data": plain(happening.data),
        "previous_hash": head.hash or GENESIS,
    }
    event = Event(**body, hash=digest(**body))
    head.number, head.hash = event.number, event.hash
    return event


def plain(value: dict[str, Any]) -> dict[str, Any]:
    """Return ``value`` as the database gives it back, dates as ISO text."""
    told: dict[str, Any] = json.loads(json.dumps(value, cls=DjangoJSONEncoder))
    return told
