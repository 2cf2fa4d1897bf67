"""A person says what a name means or that a field is right."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from intake.corrections import FIELDS
from intake.directory import kind_of
from intake.meanings import BY_LEAD, UNITS, Meanings
from intake.models import Answer, Document
from intake.models.documents import DocumentState
from intake.questions import RowQuestion, seen_of
from intake.reading.model import ROLES
from intake.reading.units import is_collective, read_names
from journal.record import Happening, record
from orgs.actions.units import create_unit
from orgs.actors import Actor, Membership, fresh
from workflow.permissions import may_issue
from workflow.refusals import NotAllowed, NotPossible, Stale, not_found

LONGEST_CELL, LONGEST_NAME = 2000, 100


def office_standing(document: Document, by: Actor) -> Membership:
    """Return the office membership by which ``by`` reviews; raise NotAllowed if none."""
    programme = document.programme
    standing = may_issue(fresh(by), programme.pk, programme.office_id)
    if standing is None:
        raise NotAllowed(_("只有督办办公室可以核对清单。"))
    return standing


def locked(document: Document) -> Document:
    """Return the document, locked and still under review; raise Stale otherwise."""
    found = Document.objects.select_for_update().filter(pk=document.pk).first()
    if found is None:
        raise not_found()
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
    seen: str | None = None,
) -> None:
    """Keep an answer over an earlier one, and record it; the same again is no change.

    ``seen`` is the mark of the answer that the person was looking at (see
    ``questions.seen_of``); left out, the answer stands whatever was there.

    Raises:
        Stale: somebody answered otherwise meanwhile; says who.
    """
    held = document.answers.filter(subject=subject).select_related("person").first()
    if held and held.value == value:
        return
    if held and seen is not None and seen_of(held) != seen:
        said = _("%(person)s刚刚已就此作出确认。请刷新页面，核对后再改。")
        raise Stale(said % {"person": held.person.name})
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
    *,
    document: Document,
    name: str,
    unit_ids: Iterable[int],
    by: Actor,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Say which units a name means: one for a body, a set for a collective name.

    It holds for this document; ``register_document`` lets the place remember it.

    Raises:
        NotPossible: no unit, one out of the place, or several for a plain name.
        Stale: see ``keep``.
    """
    standing = office_standing(document, by)
    document = locked(document)
    meanings = Meanings(document)
    if name not in meanings.mentions:
        raise NotPossible(_("文件中没有这个名称。"))
    known = meanings.directory.units
    wanted = list(dict.fromkeys(unit_ids))
    units = [known[pk] for pk in wanted if pk in known]
    if not units or len(units) != len(wanted):
        raise NotPossible(_("请为“%(name)s”选择本地区的单位。") % {"name": name})
    if not is_collective(name) and len(units) > 1:
        raise NotPossible(
            _("“%(name)s”是一个单位的名称，只能选一个。") % {"name": name}
        )
    value = {"means": UNITS, "units": sorted(unit.pk for unit in units)}
    keep(document, f"name:{name}", value, by, standing, now, seen)


@transaction.atomic
def leave_to_lead(
    *,
    document: Document,
    names: Iterable[str],
    by: Actor,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Leave names to be made out by the lead unit: they stay names without a unit.

    Raises:
        NotPossible: a name stands under 牵头 or behind 不含: it must be a unit.
    """
    standing = office_standing(document, by)
    document = locked(document)
    questions = {one.name: one for one in Meanings(document).name_questions}
    for name in names:
        question = questions.get(name)
        if question is None:
            raise NotPossible(_("“%(name)s”不需要确认。") % {"name": name})
        if question.leads:
            said = _("“%(name)s”是牵头单位，必须确定为具体单位。")
            raise NotPossible(said % {"name": name})
        if "excluded" in question.roles:
            # Left open, it would not be taken out, and the work would reach it.
            said = _("“%(name)s”是“不含”的单位，必须确定，才能从范围中减去。")
            raise NotPossible(said % {"name": name})
        keep(document, question.subject, {"means": BY_LEAD}, by, standing, now, seen)


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
    swap: bool = False,
    seen: str | None = None,
) -> None:
    """Say that a doubtful field is right, who is the principal lead, or when it is due.

    ``swap`` exchanges 配合 and 责任, where the columns may have slipped.

    Raises:
        NotPossible: the row does not ask this, no principal chosen, or no such day.
        Stale: see ``keep``.
    """
    standing = office_standing(document, by)
    document = locked(document)
    asked = {one.subject: one for one in Meanings(document).row_questions}
    question = asked.get(f"row:{position}:{field}")
    if question is None:
        raise NotPossible(_("该项不需要确认。"))
    value = chosen(question, principal=principal, due=due, swap=swap)
    keep(document, question.subject, value, by, standing, now, seen)


def chosen(
    question: RowQuestion, *, principal: str, due: str, swap: bool
) -> dict[str, Any]:
    """Return the answer as it is kept; raise NotPossible for what is no answer."""
    if question.must_correct:
        raise NotPossible(_("请改正本项，填写牵头单位。"), field="lead")
    value: dict[str, Any] = {"confirmed": True}
    if len(question.options) > 1:
        if principal not in question.options:
            raise NotPossible(_("请选择总牵头单位。"), field="principal")
        value["principal"] = principal
    if due and question.field == "deadline_date":
        value["due"] = iso_day(due)
    if swap and question.slip:
        value["swap"] = True
    return value


@transaction.atomic
def correct_row(
    *,
    document: Document,
    position: int,
    cells: Mapping[str, str],
    by: Actor,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Set the unit cells of a row as they ought to read; the printed text stays.

    ``cells`` holds lead, support and responsible as they would stand in the table.
    Earlier answers about those cells are dropped: they were about other words.

    Raises:
        NotPossible: no such row, no lead, or words too long for a name.
        Stale: see ``keep``.
    """
    standing = office_standing(document, by)
    document = locked(document)
    if not 1 <= position <= len(document.reading["tasks"]):
        raise NotPossible(_("文件中没有这一项。"))
    value = {role: checked_cell(role, cells.get(role, "")) for role in ROLES}
    subject = f"row:{position}:correction"
    keep(document, subject, value, by, standing, now, seen)
    dropped = [f"row:{position}:{field}" for field in FIELDS]
    document.answers.filter(subject__in=dropped).delete()


def checked_cell(role: str, text: str) -> str:
    """Return a cell's text as it is kept; raise NotPossible for what cannot be read."""
    text = text.replace("\x00", "").strip()
    found = read_names(text)
    if role == "lead" and not found.units:
        raise NotPossible(_("请填写牵头单位。"), field=role)
    names = [*found.units, *found.resolved.values(), *found.exclusions]
    if len(text) > LONGEST_CELL or any(len(name) > LONGEST_NAME for name in names):
        raise NotPossible(_("单位名称过长，请用顿号隔开各单位。"), field=role)
    return text


def iso_day(text: str) -> str:
    """Return a day as ISO text; raise NotPossible for what is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise NotPossible(_("日期无效，请按年-月-日填写。"), field="due") from wrong
    if not 1990 <= day.year <= 2100:
        raise NotPossible(_("日期不在合理的年份内，请核对。"), field="due")
    return day.isoformat()


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
        if one.reason == reason and not one.alone
    ]
    for question in same:
        keep(document, question.subject, {"confirmed": True}, by, standing, now)
    return len(same)


@transaction.atomic
def take_back(*, document: Document, subject: str, by: Actor, now: datetime) -> None:
    """Undo an answer: the question is open again; nothing happens when there is none."""
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
