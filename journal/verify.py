"""Whether the record is whole: walks the chain and names the first bad event."""

from collections.abc import Iterator
from dataclasses import dataclass

from journal.chain import GENESIS, digest
from journal.models import Event, Head


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first place where the record does not hold, and what is wrong there."""

    number: int
    kind: str


def flaws() -> Iterator[Flaw]:
    """Yield the first flaw of the chain, or nothing when the record is whole.

    Reads the events in order in one pass, a few thousand at a time.
    """
    number, previous = 0, GENESIS
    for event in Event.objects.order_by("number").iterator(chunk_size=2000):
        if event.number != number + 1:
            yield Flaw(number + 1, "missing")
            return
        if event.previous_hash != previous:
            yield Flaw(event.number, "unlinked")
            return
        if event.hash != rehash(event):
            yield Flaw(event.number, "changed")
            return
        number, previous = event.number, event.hash
    head = Head.objects.get(pk=1)
    if head.number != number:
        yield Flaw(number + 1, "missing")
    elif head.number and head.hash != previous:
        yield Flaw(number, "changed")


def rehash(event: Event) -> str:
    """Return the hash the stored event should have."""
    return digest(
        number=event.number,
        at=event.at,
        kind=event.kind,
        subject=event.subject,
        actor=event.actor,
        data=event.data,
        previous_hash=event.previous_hash,
    )
