"""Begin a programme in an empty place: its office, its leadership, who runs it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from journal.record import Happening, record
from orgs.actions.units import SETUP, create_unit
from orgs.models import Jurisdiction, Programme, Unit
from orgs.models.units import UnitKind


@transaction.atomic
def begin_programme(
    *,
    place: str,
    name: str,
    office: str,
    leadership: str,
    now: datetime,
    by: dict[str, Any] = SETUP,
) -> Programme:
    """Return the place's programme of that name, made with its two units when new.

    The office stands under leadership in the tree. Units that are there are taken.
    Recorded once; the same again changes nothing.
    """
    jurisdiction, _made = Jurisdiction.objects.get_or_create(name=place)
    found = Programme.objects.filter(jurisdiction=jurisdiction, name=name).first()
    if found:
        return found
    above = unit_of(jurisdiction, leadership, UnitKind.LEADERSHIP, None)
    below = unit_of(jurisdiction, office, UnitKind.OFFICE, above)
    programme = Programme.objects.create(
        name=name, jurisdiction=jurisdiction, office=below, leadership=above
    )
    told = {"office": below.pk, "leadership": above.pk, "name": name}
    happening = Happening("programme.begun", f"programme:{programme.pk}", told)
    record([happening], at=now, actor=by)
    return programme


def unit_of(place: Jurisdiction, name: str, kind: str, parent: Unit | None) -> Unit:
    """Return the place's unit of that name, made under ``parent`` when new."""
    found = Unit.objects.filter(jurisdiction=place, name=name).first()
    return found or create_unit(name=name, jurisdiction=place, kind=kind, parent=parent)
