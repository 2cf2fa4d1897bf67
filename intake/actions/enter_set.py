"""Say what a collective name means, entering members the directory lacks."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.actions.answer import LONGEST_NAME, locked, mean_units, office_standing
from intake.directory import kind_of
from intake.meanings import Meanings
from intake.models import Document
from intake.reading.units import is_collective
from orgs.actions.units import create_unit
from orgs.actors import Actor
from workflow.refusals import NotPossible

MOST = 200


@transaction.atomic
def enter_set(
    *,
    document: Document,
    name: str,
    unit_ids: Iterable[int],
    new_names: Iterable[str],
    by: Actor,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Let ``name`` mean the units chosen and those named; unknown ones are made.

    Raises:
        NotPossible: a new name is none, or see ``mean_units``.
        Stale: see ``keep``.
    """
    standing = office_standing(document, by)
    document = locked(document)
    directory = Meanings(document).directory
    wanted = list(unit_ids)
    names = list(dict.fromkeys(new.strip() for new in new_names if new.strip()))
    if len(names) > MOST:
        raise NotPossible(_("一次最多新建 %(most)s 个单位。") % {"most": MOST})
    for new in names:
        if len(new) > LONGEST_NAME or is_collective(new) or "\x00" in new:
            raise NotPossible(_("“%(name)s”不是一个单位的名称。") % {"name": new[:40]})
        unit = directory.find(new) or create_unit(
            name=new,
            jurisdiction=document.programme.jurisdiction,
            kind=kind_of(new),
            by=by.as_record(standing),
        )
        wanted.append(unit.pk)
    mean_units(document=document, name=name, unit_ids=wanted, by=by, now=now, seen=seen)
