"""Make a list of a reviewed document (立项)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from intake.actions.answer import locked, office_standing
from intake.meanings import Meanings
from intake.models import Document
from intake.models.documents import DocumentState
from intake.questions import NameQuestion
from intake.rows import rows_of
from journal.record import Happening, record
from orgs.actions.units import add_alias, confirm_group
from orgs.actors import Actor
from orgs.models import UnitName
from workflow.actions.register import register
from workflow.models import TaskList
from workflow.refusals import NotPossible


@transaction.atomic
def register_document(
    *,
    document: Document,
    title: str,
    by: Actor,
    now: datetime,
    shifted_years: int = 0,
) -> TaskList:
    """Register the document's rows as a draft list, once every question is answered.

    The place remembers what was confirmed: names as aliases, sets as groups.

    Raises:
        NotPossible: questions are open, or a row has no lead; says which.
        Stale: it has been registered.
    """
    standing = office_standing(document, by)
    document = locked(document)
    meanings = Meanings(document)
    check(meanings)
    about = document.reading["document"]
    task_list = register(
        programme=document.programme,
        title=fitting(title, "title"),
        rows=rows_of(meanings, shifted_years=shifted_years),
        by=by,
        now=now,
        number=about["number"],
        issuer=about["issuer"],
        shifted_years=shifted_years,
    )
    document.task_list = task_list
    document.state = DocumentState.REGISTERED
    document.title = task_list.title
    document.save(update_fields=["task_list", "state", "title"])
    actor = by.as_record(standing)
    for question in meanings.name_questions:
        remember(question, document, by, now, actor)
    told = {"list": task_list.pk, "rows": len(meanings.tasks)}
    happening = Happening("document.registered", f"document:{document.pk}", told)
    record([happening], at=now, actor=actor)
    return task_list


def check(meanings: Meanings) -> None:
    """Raise the refusal that applies, if any: leads first."""
    if missing := meanings.without_lead:
        said = _("以下任务还没有确定牵头单位：%(serials)s。")
        raise NotPossible(said % {"serials": "、".join(missing)})
    if meanings.unresolved:
        said = _("还有 %(count)d 项没有确认，确认后才能立项。")
        raise NotPossible(said % {"count": meanings.unresolved})
    for task in meanings.tasks:
        for name in meanings.emptied(task):
            said = _("第%(serial)s项：“%(name)s”减去不含单位后没有单位了，请核对。")
            raise NotPossible(said % {"serial": task["serial"], "name": name})


def fitting(text: str, field: str) -> str:
    """Return the text; raise NotPossible when the list's column cannot hold it."""
    column = TaskList._meta.get_field(field)  # noqa: SLF001  # public in Django
    longest = getattr(column, "max_length", None)
    text = text.replace("\x00", "").strip()
    if longest and len(text) > longest:
        said = _("文字过长，最多 %(longest)s 字。")
        raise NotPossible(said % {"longest": longest}, field=field)
    return text


def remember(
    question: NameQuestion,
    document: Document,
    by: Actor,
    now: datetime,
    actor: dict[str, Any],
) -> None:
    """Let the place know the name as it was answered, unless it is taken there."""
    if not question.answer or not question.units:
        return
    if question.kind == "unit":
        unit = question.units[0]
        names = UnitName.objects.filter(jurisdiction=unit.jurisdiction_id)
        if not names.filter(name=question.name, valid_until=None).exists():
            add_alias(unit=unit, name=question.name, by=actor)
    elif question.kind == "group":
        confirm_group(
            name=question.name,
            jurisdiction=document.programme.jurisdiction,
            units=question.units,
            by=by,
            now=now,
        )
