"""The lead confirms or changes who supports and who carries out (分办)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from orgs.actors import Actor
from orgs.models import Unit
from workflow import events
from workflow.act import act
from workflow.models import Duty, Participation
from workflow.passage import Passage
from workflow.refusals import NotPossible
from workflow.states import Role
from workflow.verbs import Verb


def dispatch(
    *,
    duty: Duty,
    version: int,
    by: Actor,
    now: datetime,
    units: Mapping[Role, Iterable[int]] | None = None,
) -> Duty:
    """Send the row out to its lead, supports and implementers.

    ``units`` maps SUPPORT and IMPLEMENTER to the ids of the units the lead wants;
    None keeps the printed ones. Units left out have their part ended, new ones are
    added; both are recorded.

    Raises:
        NotPossible: a unit is not there, or is the lead itself.
    """

    def effect(passage: Passage) -> dict[str, object]:
        if units is not None:
            for role in (Role.SUPPORT, Role.IMPLEMENTER):
                replan(passage, role, list(dict.fromkeys(units.get(role, []))))
        passage.targets = targets_of(passage)
        return {"parts": [part.pk for part in passage.targets]}

    return act(
        duty=duty, verb=Verb.DISPATCH, by=by, version=version, now=now, effect=effect
    )


def targets_of(passage: Passage) -> list[Participation]:
    """Return the open parts whose unit is known, one for each unit.

    A unit with two roles works once, in the first of lead, support, implementer.
    """
    parts = passage.item.parts.filter(open=True, unit__isnull=False)
    order = {Role.LEAD: 0, Role.SUPPORT: 1, Role.IMPLEMENTER: 2}
    ranked = sorted(parts, key=lambda part: (order[Role(part.role)], part.position))
    once: dict[int, Participation] = {}
    for part in ranked:
        once.setdefault(part.unit_id or 0, part)
    return list(once.values())


def replan(passage: Passage, role: Role, wanted: list[int]) -> None:
    """Make the open parts of ``role`` those of the ``wanted`` units."""
    parts = {
        part.unit_id: part
        for part in passage.item.parts.filter(role=role, unit__isnull=False)
    }
    for unit_id, part in parts.items():
        set_open(passage, part, unit_id in wanted)
    add_parts(passage, role, [unit for unit in wanted if unit not in parts])


def set_open(passage: Passage, part: Participation, wanted: bool) -> None:
    """End a part that is no longer wanted, or take up again one that is."""
    if part.open == wanted:
        return
    part.open = wanted
    part.save(update_fields=["open"])
    tell = events.participation_added if wanted else events.participation_ended
    passage.tell(tell(part.item_id, part=part.pk, unit=part.unit_id, role=part.role))


def add_parts(passage: Passage, role: Role, unit_ids: list[int]) -> None:
    """Give units named by the lead a part, with the unit's own name as the text."""
    found = Unit.objects.filter(active=True).in_bulk(unit_ids)
    if missing := [unit_id for unit_id in unit_ids if unit_id not in found]:
        raise NotPossible(
            _("所选单位不存在或已停用（编号%(ids)s），请重新选择。")
            % {"ids": "、".join(map(str, missing))},
            field=role.value,
        )
    item = passage.item
    parts = Participation.objects.bulk_create(
        Participation(
            item=item,
            unit=found[unit_id],
            role=role,
            raw_text=found[unit_id].name,
            position=100 + position,
            due_date=item.due_date,
        )
        for position, unit_id in enumerate(unit_ids)
    )
    passage.tell(
        *(
            events.participation_added(
                item.pk, part=part.pk, unit=part.unit_id, role=role.value
            )
            for part in parts
        )
    )
