"""Answers given on the review page: one address a kind of answer."""

from collections.abc import Callable

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intake.actions.answer import (
    confirm_all_rows,
    confirm_field,
    create_units,
    leave_to_lead,
    mean_units,
    take_back,
)
from intake.actions.enter_set import enter_set
from intake.meanings import Meanings
from intake.models import Document
from intake.queries.documents import document_for
from intake.web.review import Problem, show_review
from orgs.actors import Actor
from orgs.web.middleware import ActedRequest
from workflow.refusals import NotPossible, Stale

Answering = Callable[[Document, Actor, QueryDict], None]


def answered(
    request: ActedRequest, pk: int, answering: Answering, subject: str
) -> HttpResponse:
    """Let ``answering`` write, then show what is left; a refusal at its question.

    ``subject`` is the question's key, so that the sentence stands where it belongs.
    """
    document = document_for(request.actor, pk)
    try:
        answering(document, request.actor, request.POST)
    except (NotPossible, Stale) as refusal:
        typed = {name: str(text) for name, text in request.POST.items()}
        problem = Problem(subject, refusal.sentence, typed)
        document.refresh_from_db()
        return show_review(request, document, problem=problem, status=refusal.status)
    if request.headers.get("HX-Request"):
        return show_review(request, document)
    return redirect("intake:document-review", pk=pk)


@require_POST
def name_answer(request: ActedRequest, pk: int) -> HttpResponse:
    """Say what a name means: a unit, a set, a new unit, or what its lead will say."""
    subject = f"name:{request.POST.get('name', '')}"
    return answered(request, pk, answer_name, subject)


def answer_name(document: Document, by: Actor, typed: QueryDict) -> None:
    """Do what the pressed button says with the name."""
    name, seen, way = typed.get("name", ""), typed.get("seen", ""), typed.get("way")
    now = timezone.now()
    if way == "new":
        create_units(document=document, names=[name], by=by, now=now)
    elif way == "later":
        leave_to_lead(document=document, names=[name], by=by, now=now, seen=seen)
    elif way == "set":
        enter_set(
            document=document,
            name=name,
            unit_ids=numbers(typed.getlist("units")),
            new_names=typed.get("new_names", "").splitlines(),
            by=by,
            now=now,
            seen=seen,
        )
    else:
        unit = unit_chosen(document, typed)
        mean_units(
            document=document, name=name, unit_ids=[unit], by=by, now=now, seen=seen
        )


def unit_chosen(document: Document, typed: QueryDict) -> int:
    """Return the unit typed by its name, or else the candidate ticked.

    Raises:
        NotPossible: neither, or a name the directory does not know.
    """
    other = typed.get("other", "").strip()
    if not other:
        ticked = numbers(typed.getlist("unit"))
        if not ticked:
            raise NotPossible(_("请选择一个单位，或填写目录中的单位名称。"))
        return ticked[0]
    unit = Meanings(document).directory.find(other)
    if unit is None:
        said = _("目录中没有“%(name)s”。请核对名称；确是新单位的，请按“新建为单位”。")
        raise NotPossible(said % {"name": other})
    return int(unit.pk)


@require_POST
def units_create(request: ActedRequest, pk: int) -> HttpResponse:
    """Make units of all the unknown plain names that were listed."""

    def create(document: Document, by: Actor, typed: QueryDict) -> None:
        names = typed.getlist("name")
        if not names:
            raise NotPossible(_("请至少勾选一个名称。"))
        create_units(document=document, names=names, by=by, now=timezone.now())

    return answered(request, pk, create, "create")


@require_POST
def row_answer(request: ActedRequest, pk: int) -> HttpResponse:
    """Decide one doubt of one row."""

    def decide(document: Document, by: Actor, typed: QueryDict) -> None:
        confirm_field(
            document=document,
            position=number(typed.get("position")),
            field=typed.get("field", ""),
            principal=typed.get("principal", ""),
            due=typed.get("due", ""),
            swap=typed.get("way") == "swap",
            seen=typed.get("seen", ""),
            by=by,
            now=timezone.now(),
        )

    typed = request.POST
    subject = f"row:{typed.get('position', '')}:{typed.get('field', '')}"
    return answered(request, pk, decide, subject)


@require_POST
def rows_confirm(request: ActedRequest, pk: int) -> HttpResponse:
    """Confirm all the doubts of one reason as read."""

    def confirm(document: Document, by: Actor, typed: QueryDict) -> None:
        reason = typed.get("reason", "")
        confirm_all_rows(document=document, reason=reason, by=by, now=timezone.now())

    return answered(request, pk, confirm, f"reason:{request.POST.get('reason', '')}")


@require_POST
def answer_undo(request: ActedRequest, pk: int) -> HttpResponse:
    """Take an answer back: its question is open again."""
    subject = request.POST.get("subject", "")

    def undo(document: Document, by: Actor, typed: QueryDict) -> None:
        take_back(document=document, subject=subject, by=by, now=timezone.now())

    return answered(request, pk, undo, subject)


def numbers(texts: list[str]) -> list[int]:
    """Return the ids of a form; what is no id becomes one that is nobody's."""
    return [number(text) for text in texts if text]


def number(text: str | None) -> int:
    """Return an id from a form, or one that is nobody's."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
