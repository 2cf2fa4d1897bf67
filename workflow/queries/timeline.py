"""What happened to a row, from the journal; the words stand in the template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from journal.models import Event
from orgs.models import Unit
from workflow.events import item_subject
from workflow.models import Participation
from workflow.states import Node, Role

# Newest events shown; a row's whole history stays in the journal.
SHOWN = 300

# What a reader wants to know. Moves and opened duties follow from these.
TOLD = (
    "item.registered",
    "item.issued",
    "item.closed",
    "participation.added",
    "participation.ended",
    "duty.claimed",
    "duty.released",
    "duty.dispatched",
    "duty.reported",
    "duty.submitted",
    "duty.countersigned",
    "duty.concluded",
    "duty.accepted",
    "duty.returned",
    "duty.signed_off",
    "duty.declined",
)
BACKWARD = {"duty.released", "duty.returned", "duty.declined", "participation.ended"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as told: who, of which unit, what, to which units, and why."""

    kind: str
    at: datetime
    who: str
    of_unit: str
    node: str
    role: str
    units: list[str]
    reason: str
    percent: int | None

    @property
    def backward(self) -> bool:
        """Whether the row went a step back."""
        return self.kind in BACKWARD


def timeline_of(item_id: int, parts: Iterable[Participation]) -> list[Entry]:
    """Return what happened to the row, newest first. Two queries.

    ``parts`` are the row's, with units; they name the units of a dispatch.
    """
    found = Event.objects.filter(subject=item_subject(item_id), kind__in=TOLD)
    events = list(found.order_by("-number")[:SHOWN])
    units_of_parts = {part.pk: part.unit_id for part in parts if part.unit_id}
    units = [units_told(event.data, units_of_parts) for event in events]
    names = names_of(unit_id for told in units for unit_id in told)
    return [
        entry_of(event, [names[unit_id] for unit_id in told if unit_id in names])
        for event, told in zip(events, units, strict=True)
    ]


def units_told(data: dict[str, Any], units_of_parts: Mapping[int, int]) -> list[int]:
    """Return the ids of the units an event is about beside the actor's own."""
    if "parts" in data:
        return [units_of_parts[pk] for pk in data["parts"] if pk in units_of_parts]
    if "role" in data:
        return [data["unit"]] if data.get("unit") else []
    if "signed_for" in data:
        return [data["signed_for"]]
    return list(data.get("units") or data.get("passed_over") or [])


def names_of(unit_ids: Iterable[int]) -> dict[int, str]:
    """Return the units' names by id."""
    return dict(Unit.objects.filter(pk__in=set(unit_ids)).values_list("pk", "name"))


def entry_of(event: Event, units: list[str]) -> Entry:
    """Return the event as told."""
    data, actor = event.data, event.actor
    node, role = data.get("node"), data.get("role")
    return Entry(
        kind=event.kind,
        at=event.at,
        who=actor.get("name", ""),
        of_unit=actor.get("unit_name", ""),
        node=str(Node(node).label) if node else "",
        role=str(Role(role).label) if role else "",
        units=units,
        reason=data.get("reason") or data.get("override_reason") or "",
        percent=data.get("percent"),
    )
