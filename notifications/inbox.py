"""Put notices into inboxes: dense numbers, each cause once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from notifications.hub import announce
from notifications.models import InboxHead, InboxItem
from notifications.notices import Notice


def deliver(notices: Sequence[Notice], now: datetime) -> dict[int, int]:
    """Write ``notices`` and return the new heads: person → last number.

    Must run in a transaction; open pages are told after its commit. The number of
    statements does not depend on how many notices there are. Heads are locked in the
    order of the people, so two deliveries cannot wait for each other.
    """
    by_person: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_person[notice.person_id].append(notice)
    if not by_person:
        return {}
    heads = locked_heads(by_person)
    known = known_causes(notices)
    items = [
        item
        for person, mine in sorted(by_person.items())
        for item in numbered(heads[person], mine, known, now)
    ]
    InboxItem.objects.bulk_create(items)
    changed = {item.person_id for item in items}
    InboxHead.objects.bulk_update([heads[person] for person in changed], ["number"])
    told = {person: heads[person].number for person in changed}
    transaction.on_commit(lambda: announce(told), robust=True)
    return told


def locked_heads(people: Iterable[int]) -> dict[int, InboxHead]:
    """Return the heads of ``people``, locked; made where they are new."""
    wanted = sorted(people)
    InboxHead.objects.bulk_create(
        [InboxHead(person_id=person) for person in wanted], ignore_conflicts=True
    )
    locked = InboxHead.objects.select_for_update().filter(person__in=wanted)
    return {head.person_id: head for head in locked.order_by("person")}


def known_causes(notices: Sequence[Notice]) -> set[tuple[int, str]]:
    """Return which (person, cause) have been told before."""
    told = InboxItem.objects.filter(
        person__in={notice.person_id for notice in notices},
        cause__in={notice.cause for notice in notices},
    )
    return set(told.values_list("person", "cause"))


def numbered(
    head: InboxHead,
    notices: Iterable[Notice],
    known: set[tuple[int, str]],
    now: datetime,
) -> list[InboxItem]:
    """Return the unsaved items of one person, and move the head on."""
    items = []
    for notice in notices:
        if (notice.person_id, notice.cause) in known:
            continue
        known.add((notice.person_id, notice.cause))
        head.number += 1
        items.append(
            InboxItem(
                person_id=notice.person_id,
                number=head.number,
                cause=notice.cause,
                kind=notice.kind,
                title=notice.title[:120],
                text=notice.text,
                url=notice.url,
                urgent=notice.urgent,
                item_id=notice.item_id,
                made_at=notice.at or now,
            )
        )
    return items


def mark_read(*, person_id: int, numbers: Iterable[int] | None = None) -> int:
    """Mark news as read: those with ``numbers``, or all; return how many were new."""
    unread = InboxItem.objects.filter(person=person_id, read_at=None)
    if numbers is not None:
        unread = unread.filter(number__in=list(numbers))
    return unread.update(read_at=timezone.now())


def mark_done(*, person_id: int, numbers: Iterable[int]) -> int:
    """Put news away: read and done."""
    mark_read(person_id=person_id, numbers=numbers)
    mine = InboxItem.objects.filter(
        person=person_id, number__in=list(numbers), done_at=None
    )
    return mine.update(done_at=timezone.now())
