"""Where a person's inbox ends, for every page."""

from dataclasses import dataclass

from notifications.models import InboxHead, InboxItem


@dataclass(frozen=True, slots=True)
class Head:
    """The last number of an inbox and how many rows are unread."""

    number: int
    unread: int


def head_of(person_id: int) -> Head:
    """Return the head of the person's inbox. Two queries, both on an index."""
    number = (
        InboxHead.objects.filter(person=person_id)
        .values_list("number", flat=True)
        .first()
    )
    unread = InboxItem.objects.filter(person=person_id, read_at=None).count()
    return Head(number or 0, unread)
