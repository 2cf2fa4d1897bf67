"""What a person has been told: the newest, and what is after a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from notifications.models import InboxItem

PER_PAGE = 50
AT_ONCE = 100
FILTERS = ("open", "unread", "done", "all")


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of news; ``before`` is the key of the next page, None at the end.

    ``live`` says whether news that comes in belongs on top of it.
    """

    rows: Sequence[InboxItem]
    before: int | None
    live: bool


def feed_of(
    person_id: int,
    *,
    shown: str = "open",
    before: int | None = None,
    limit: int = PER_PAGE,
) -> Feed:
    """Return the person's news, newest first, paged by number. One query.

    ``shown`` is one of FILTERS: open is what has not been put away.
    """
    rows = InboxItem.objects.filter(person=person_id).order_by("-number")
    if shown == "open":
        rows = rows.filter(done_at=None)
    elif shown == "unread":
        rows = rows.filter(read_at=None)
    elif shown == "done":
        rows = rows.filter(done_at__isnull=False)
    if before is not None:
        rows = rows.filter(number__lt=before)
    page = list(rows[: limit + 1])
    more = len(page) > limit
    return Feed(
        rows=page[:limit],
        before=page[limit - 1].number if more else None,
        live=before is None and shown != "done",
    )


def after(person_id: int, number: int) -> list[InboxItem]:
    """Return the news after ``number``, oldest first, at most AT_ONCE. One query."""
    rows = InboxItem.objects.filter(person=person_id, number__gt=number)
    return list(rows.order_by("number")[:AT_ONCE])
