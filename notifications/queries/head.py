"""Where a person's inbox ends, for every page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """The last number of an inbox and how many rows are unread."""

    number: int
    unread: int


def head_of(person_id: int) -> Head:
    """Return the head of the person's inbox."""
    return Head(0, 0)
