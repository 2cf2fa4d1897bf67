"""A person says what a name means or that a field is right."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from intake.directory import kind_of
from intake.meanings import BY_LEAD, UNITS, Meanings
from intake.models import Answer, Document
from intake.models.documents import DocumentState
from journal.record import Happening, record
from orgs.actions.units import add_alias, confirm_group, create_unit
from orgs.actors import Actor, Membership
from orgs.models import Unit, UnitName
from workflow.permissions import may_issue
from workflow.refusals import NotAllowed, NotPossible, Stale


def office_standing(document: Document, by: Actor) -> Membership:
    """Return the office membership by which ``by`` reviews; raise NotAllowed if none."""
    programme = document.programme
    standing = may_issue(by, programme.pk, programme.office_id)
    if standing is None:
        raise NotAllowed(_("只有督办办公室可以核对清单。"))
    return standing


def locked(document: Document) -> Document:
    """Return the document, locked and still under review; raise Stale otherwise."""
    found = Document.objects.select_for_update().get(pk=document.pk)
    if found.state != DocumentState.REVIEW:
        raise Stale(_("该文件已不在核对中，请刷新页面。"))
    return found


def keep(
    document: Document,
    subject: str,
    value: dict[str, Any],
    by: Actor,
    standing: Membership,
    now: datetime,
) -> None:
    """Keep an answer over an earlier one, and record it."""
    Answer.objects.update_or_create(
        document=document,
        subject=subject,
        defaults={"value": value, "person_id": by.person_id, "made_at": now},
    )
    told = {"subject": subject, "value": value}
    happening = Happening("document.answered", f"document:{document.pk}", told)
    record([happening], at=now, actor=by.as_record(standing))


@transaction.atomic
def mean_units(
    *, document: Document, name: str, unit_ids: Iterable[int], by: Actor, now: datetime
) -> None:
    """Say which units a name means: one for a body, a set for a collective name.

    A plain name becomes an alias of its unit, a collective one a confirmed group, so
    that both are offered the next time.

    Raises:
        NotPossible: no unit, one out of the place, or several for a plain name.
    """
    standing = office_standing(document, by)
    document = locked(document)
    meanings = Meanings(document)
    question = next((one for one in meanings.name_questions if one.name == name), None)
    if question is None:
        raise NotPossible(_("文件中没有这个名称。"))
    known = meanings.directory.units
    wanted = list(dict.fromkeys(unit_ids))
    units = [known[pk] for pk in wanted if pk in known]
    if not units or len(units) != len(wanted):
        raise NotPossible(_("请为“%(name)s”选择本地区的单位。") % {"name": name})
    if question.kind == "unit" and len(units) > 1:
        raise NotPossible(
            _("“%(name)s”是一个单位的名称，只能选一个。") % {"name": name}
        )
    value = {"means": UNITS, "units": [unit.pk for unit in units]}
    keep(document, question.subject, value, by, standing, now)
    if question.kind == "unit":
        remember_alias(document, name, units[0], by.as_record(standing))
    elif question.kind == "group":
        confirm_group(
            name=name,
            jurisdiction=document.programme.jurisdiction,
            units=units,
            by=by,
            now=now,
        )


def remember_alias(
    document: Document, name: str, unit: Unit, by: dict[str, Any]
) -> None:
    """Let the name mean the unit in the unit's place, unless it is taken there."""
    taken = UnitName.objects.filter(
        name=name, jurisdiction=unit.jurisdiction_id, valid_until=None
    )
    if not taken.exists():
        add_alias(unit=unit, name=name, by=by)


@transaction.atomic
def leave_to_lead(
    *, document: Document, names: Iterable[str], by: Actor, now: datetime
) -> None:
    """Leave names to be made out by the lead unit: they stay names without a unit.

    Raises:
        NotPossible: a name stands under 牵头, which must be a unit.
    """
    standing = office_standing(document, by)
    document = locked(document)
    questions = {one.name: one for one in Meanings(document).name_questions}
    for name in names:
        question = questions.get(name)
        if question is None or "lead" in question.roles:
            raise NotPossible(
                _("“%(name)s”是牵头单位，必须确定为具体单位。") % {"name": name}
            )
        keep(document, question.subject, {"means": BY_LEAD}, by, standing, now)


@transaction.atomic
def confirm_field(
    *,
    document: Document,
    position: int,
    field: str,
    by: Actor,
    now: datetime,
    principal: str = "",
    due: str = "",
) -> None:
    """Say that a doubtful field is right, who is the principal lead, or when it is due.

    Raises:
        NotPossible: the row does not ask this, no principal chosen, or no such day.
    """
    standing = office_standing(document, by)
    document = locked(document)
    asked = {one.subject: one for one in Meanings(document).row_questions}
    question = asked.get(f"row:{position}:{field}")
    if question is None:
        raise NotPossible(_("该项不需要确认。"))
    value: dict[str, Any] = {"confirmed": True}
    if len(question.options) > 1:
        if principal not in question.options:
            raise NotPossible(_("请选择总牵头单位。"))
        value["principal"] = principal
    if due:
        value["due"] = iso_day(due)
    keep(document, question.subject, value, by, standing, now)


def iso_day(text: str) -> str:
    """Return a day as ISO text; raise NotPossible for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as wrong:
        raise NotPossible(_("日期无效，请按年-月-日填写。"), field="due") from wrong


@transaction.atomic
def confirm_all_rows(
    *, document: Document, by: Actor, now: datetime, reason: str
) -> int:
    """Confirm every open field with the same reason at once; return how many.

    Fields with a choice to make (several leads) are left.
    """
    standing = office_standing(document, by)
    document = locked(document)
    same = [
        one
        for one in Meanings(document).open_rows
        if one.reason == reason and len(one.options) < 2
    ]
    for question in same:
        keep(document, question.subject, {"confirmed": True}, by, standing, now)
    return len(same)


@transaction.atomic
def take_back(*, document: Document, subject: str, by: Actor, now: datetime) -> None:
    """Undo an answer: the question is open again. An alias it made stays."""
    standing = office_standing(document, by)
    document = locked(document)
    deleted, _rows = document.answers.filter(subject=subject).delete()
    if deleted:
        told = {"subject": subject}
        happening = Happening("document.reopened", f"document:{document.pk}", told)
        record([happening], at=now, actor=by.as_record(standing))


@transaction.atomic
def create_units(
    *, document: Document, names: Iterable[str], by: Actor, now: datetime
) -> int:
    """Make units of plain names that are in no directory; return how many were made.

    Raises:
        NotPossible: a name is collective, or known already.
    """
    standing = office_standing(document, by)
    document = locked(document)
    unknown = Meanings(document).unknown_units
    wanted = list(dict.fromkeys(names))
    if wrong := [name for name in wanted if name not in unknown]:
        raise NotPossible(
            _("“%(name)s”不能新建为单位：已存在，或是统称。") % {"name": wrong[0]}
        )
    for name in wanted:
        create_unit(
            name=name,
            jurisdiction=document.programme.jurisdiction,
            kind=kind_of(name),
            by=by.as_record(standing),
        )
    return len(wanted)
