"""What can have happened, in the past tense; ids and plain values only."""

from journal.record import Happening


def item_subject(item_id: int) -> str:
    """Return the journal's name for a row."""
    return f"item:{item_id}"


def list_subject(list_id: int) -> str:
    """Return the journal's name for a list."""
    return f"list:{list_id}"


def item_registered(item_id: int, **data: object) -> Happening:
    """A row was entered from its source document."""
    return Happening("item.registered", item_subject(item_id), data)


def item_issued(item_id: int, **data: object) -> Happening:
    """A row was issued; its clocks run."""
    return Happening("item.issued", item_subject(item_id), data)


def item_moved(item_id: int, *, source: str, target: str) -> Happening:
    """A row entered another stage."""
    data = {"from": source, "to": target}
    return Happening("item.moved", item_subject(item_id), data)


def item_closed(item_id: int, **data: object) -> Happening:
    """A row was struck off the ledger."""
    return Happening("item.closed", item_subject(item_id), data)


def participation_added(item_id: int, **data: object) -> Happening:
    """A unit was given a part in a row."""
    return Happening("participation.added", item_subject(item_id), data)


def participation_ended(item_id: int, **data: object) -> Happening:
    """A unit's part in a row was taken back."""
    return Happening("participation.ended", item_subject(item_id), data)


def duty_opened(item_id: int, **data: object) -> Happening:
    """A duty was laid on a unit."""
    return Happening("duty.opened", item_subject(item_id), data)


def duty_acted(past: str, item_id: int, **data: object) -> Happening:
    """A verb was done on a duty; ``past`` is its past tense (claimed, released …)."""
    return Happening(f"duty.{past}", item_subject(item_id), data)


def list_issuing(list_id: int, **data: object) -> Happening:
    """A list began to be issued."""
    return Happening("list.issuing", list_subject(list_id), data)


def list_issued(list_id: int, **data: object) -> Happening:
    """Every row of a list is issued."""
    return Happening("list.issued", list_subject(list_id), data)
