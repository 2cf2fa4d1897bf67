"""Make units, rename them, give them aliases, confirm what a group name means."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from journal.record import Happening, record
from orgs.actors import Actor
from orgs.models import Jurisdiction, Unit, UnitGroup, UnitName
from orgs.models.units import NameKind, UnitKind

SETUP = {"system": "setup"}


def create_unit(
    *,
    name: str,
    jurisdiction: Jurisdiction,
    kind: str = UnitKind.BUREAU,
    parent: Unit | None = None,
    by: dict[str, Any] = SETUP,
) -> Unit:
    """Make a unit with its official name, under ``parent`` or as a root; recorded."""
    fields = {"name": name, "jurisdiction": jurisdiction, "kind": kind}
    with transaction.atomic():
        unit: Unit = (
            Unit.objects.add_child(parent, fields)
            if parent
            else Unit.objects.add_root(fields)
        )
        UnitName.objects.create(
            unit=unit, jurisdiction=jurisdiction, name=name, kind=NameKind.OFFICIAL
        )
        tell("unit.created", unit, by, name=name)
    return unit


@transaction.atomic
def rename(*, unit: Unit, name: str, since: date, by: dict[str, Any] = SETUP) -> Unit:
    """Give ``unit`` a new official name from ``since``; the old one becomes former."""
    unit.names.filter(kind=NameKind.OFFICIAL, valid_until=None).update(
        kind=NameKind.FORMER, valid_until=since
    )
    UnitName.objects.create(
        unit=unit,
        jurisdiction=unit.jurisdiction,
        name=name,
        kind=NameKind.OFFICIAL,
        valid_from=since,
    )
    unit.name = name
    unit.save(update_fields=["name"])
    tell("unit.renamed", unit, by, name=name, since=since)
    return unit


@transaction.atomic
def add_alias(
    *,
    unit: Unit,
    name: str,
    kind: str = NameKind.ALIAS,
    by: dict[str, Any] = SETUP,
) -> UnitName:
    """Let ``name`` mean ``unit`` in the unit's place from now on; recorded.

    Raises:
        IntegrityError: the name is in force for a unit of that place already.
    """
    alias = UnitName.objects.create(
        unit=unit, jurisdiction=unit.jurisdiction, name=name, kind=kind
    )
    tell("unit.alias_added", unit, by, name=name)
    return alias


def tell(kind: str, unit: Unit, by: dict[str, Any], **data: object) -> None:
    """Record the change in the journal, in the same transaction."""
    record([Happening(kind, f"unit:{unit.pk}", data)], at=timezone.now(), actor=by)


@transaction.atomic
def confirm_group(
    *,
    name: str,
    jurisdiction: Jurisdiction,
    units: Iterable[Unit],
    by: Actor,
    now: datetime,
) -> UnitGroup:
    """Say which units a collective name means; a person answers for it."""
    group, _ = UnitGroup.objects.update_or_create(
        jurisdiction=jurisdiction,
        name=name,
        defaults={"confirmed_by_id": by.person_id, "confirmed_at": now},
    )
    group.units.set(units)
    members = [unit.pk for unit in group.units.order_by("path")]
    happening = Happening("group.confirmed", f"group:{group.pk}", {"units": members})
    record([happening], at=now, actor=by.as_record())
    return group
