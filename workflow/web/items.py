"""Pages of one row: the whole, its drawing, its files, and the route as BPMN."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from files.store import open_file
from orgs.actors import Actor
from orgs.web.middleware import ActedRequest
from workflow.models import ReportFile, TaskItem
from workflow.queries.bpmn import route_as_bpmn
from workflow.queries.diagram import diagram_of
from workflow.queries.items import Doable, item_page
from workflow.refusals import NotFound
from workflow.verbs import Verb
from workflow.web.forms import VerbForm
from workflow.web.verbs import form_for

PARTS = {
    "now": "workflow/_item_now.html",
    "history": "workflow/_item_history.html",
    "desk": "workflow/_desk.html",
}
# Verbs that are one button; the others have a form that folds out.
ONE_BUTTON = {Verb.CLAIM, Verb.RELEASE, Verb.SUBMIT}
BACKWARD = {Verb.RELEASE, Verb.RETURN, Verb.DECLINE}


@require_safe
def item_detail(request: ActedRequest, pk: int) -> HttpResponse:
    """Show the row, or the part of it that an open page asks for on news.

    The desk is answered only when it changed: what is being typed there stays.
    """
    item = visible_item(request, pk)
    page = item_page(item, request.actor, now=timezone.now())
    state = state_of(page.doable)
    part = request.GET.get("part", "")
    if part == "desk" and request.GET.get("state") == state:
        return HttpResponse(status=204)
    context: dict[str, Any] = {"page": page, "item": item, "state": state}
    context["desk"] = [desk(one, request.actor) for one in page.doable]
    return render(request, PARTS.get(part, "workflow/item_detail.html"), context)


def state_of(doable: list[Doable]) -> str:
    """Return a mark that changes whenever the offered verbs or versions do."""
    marks = [
        f"{one.duty.pk}.{one.duty.version}.{one.reported:d}.{len(one.verbs)}"
        for one in doable
    ]
    return "-".join(marks) or "none"


def visible_item(request: ActedRequest, pk: int) -> TaskItem:
    """Return the row, or 404 for what the person may not know of."""
    items = TaskItem.objects.visible_to(request.actor)
    found: TaskItem = get_object_or_404(
        items.select_related("list", "programme"), pk=pk
    )
    return found


def desk(one: Doable, actor: Actor) -> dict[str, Any]:
    """Return the duty with a form for each verb, the main one unfolded."""
    forms: list[tuple[Verb, VerbForm]] = [
        (verb, form_for(verb, one.duty, actor))
        for verb in sorted(one.verbs, key=BACKWARD.__contains__)
    ]
    return {
        "duty": one.duty,
        "reported": one.reported,
        "forms": [
            {
                "verb": verb,
                "form": form,
                "one_button": verb in ONE_BUTTON,
                "back": verb in BACKWARD,
                "main": verb == main_verb(one),
            }
            for verb, form in forms
        ],
    }


def main_verb(one: Doable) -> Verb:
    """Return the verb most likely wanted: the one that moves the row on."""
    if Verb.REPORT in one.verbs and not one.reported:
        return Verb.REPORT
    forward = [verb for verb in one.verbs if verb not in BACKWARD | {Verb.REPORT}]
    return next((verb for verb in forward if verb != Verb.CLAIM), one.verbs[0])


@require_safe
def item_diagram(request: ActedRequest, pk: int) -> HttpResponse:
    """Show only the drawing of the row's route."""
    item = visible_item(request, pk)
    diagram = diagram_of(item, item.duties.all())
    return render(request, "workflow/_diagram.html", {"diagram": diagram, "item": item})


@require_safe
def bpmn(request: ActedRequest) -> HttpResponse:
    """Download the route as BPMN 2.0."""
    answer = HttpResponse(
        route_as_bpmn(), content_type="application/xml; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="task-flow.bpmn"'
    return answer


@require_safe
def file_download(request: ActedRequest, pk: int) -> FileResponse:
    """Download evidence of a row the person may see; never shown in the browser."""
    items = TaskItem.objects.visible_to(request.actor)
    files = ReportFile.objects.filter(report__item__in=items).select_related("file")
    stored = get_object_or_404(files, pk=pk).file
    try:
        content = open_file(stored)
    except FileNotFoundError as lost:
        raise NotFound(_("附件内容不在存储中，请联系系统管理员从备份恢复。")) from lost
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=stored.name,
        content_type=stored.content_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
