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
    number = number_of(person_id)
    unread = InboxItem.objects.filter(person=person_id, read_at=None).count()
    return Head(number, unread)


def number_of(person_id: int) -> int:
    """Return the last number of the person's inbox, 0 for an empty one."""
    head = InboxHead.objects.filter(person=person_id)
    return head.values_list("number", flat=True).first() or 0
