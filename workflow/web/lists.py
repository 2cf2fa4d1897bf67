"""Pages of lists: the index, one list as printed, and its issue."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from orgs.web.middleware import ActedRequest
from workflow.actions.issue import issue, without_lead
from workflow.models import TaskList
from workflow.queries.lists import (
    as_printed,
    can_be_issued,
    lists_shown,
    runs,
    units_of,
)
from workflow.queries.rows import page_of
from workflow.refusals import NotPossible
from workflow.states import ListState
from workflow.web.filters import filter_context, number, wanted_in, with_after

# A list of up to this many rows is shown whole, as it was printed.
WHOLE = 200


@require_safe
def list_index(request: ActedRequest) -> HttpResponse:
    """Show the lists, or, with a wish in the address, the rows of all lists."""
    wanted = wanted_in(request.GET)
    context: dict[str, Any] = {
        **filter_context(wanted),
        "units": units_of(request.actor),
        "lists": lists_shown(request.actor),
    }
    if wanted.anything:
        after = number(request.GET.get("after"))
        page = page_of(request.actor, wanted, now=timezone.now(), after=after)
        context["rows"] = page.rows
        context["next"] = with_after(request.GET, "after", page.next)
    return render(request, "workflow/list_index.html", context)


@require_safe
def list_detail(request: ActedRequest, pk: int) -> HttpResponse:
    """Show one list as printed, with where each row stands."""
    return show_list(request, visible_list(request, pk))


@require_POST
def list_issue(request: ActedRequest, pk: int) -> HttpResponse:
    """Ask for the list to be issued (交办); it is then done in the background."""
    task_list = visible_list(request, pk)
    try:
        issue(task_list=task_list, by=request.actor, now=timezone.now())
    except NotPossible as refusal:
        return show_list(request, task_list, problem=refusal.sentence, status=422)
    messages.success(request, _("已开始交办，各单位将陆续收到任务。"))
    return redirect("workflow:list-detail", pk=pk)


@require_safe
def list_progress(request: ActedRequest, pk: int) -> HttpResponse:
    """Answer how far the issue is; once done, the whole page is fetched again."""
    task_list = visible_list(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("workflow:list-detail", pk=pk)
    answer = render(request, "workflow/_progress.html", progress_of(task_list))
    if task_list.state != ListState.ISSUING:
        answer["HX-Refresh"] = "true"
    return answer


def visible_list(request: ActedRequest, pk: int) -> TaskList:
    """Return the list, or 404 for what the person may not know of."""
    lists = TaskList.objects.visible_to(request.actor).select_related("programme")
    found: TaskList = get_object_or_404(lists, pk=pk)
    return found


def progress_of(task_list: TaskList) -> dict[str, Any]:
    """Return how many rows of the list are issued."""
    return {"task_list": task_list, "total": task_list.items.count()}


def show_list(
    request: ActedRequest, task_list: TaskList, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """Render the list, whole or from the key in the address."""
    wanted, now = wanted_in(request.GET), timezone.now()
    after = number(request.GET.get("after"))
    page = page_of(
        request.actor, wanted, now=now, list_id=task_list.pk, after=after, size=WHOLE
    )
    issuable = can_be_issued(request.actor, task_list)
    context = {
        **progress_of(task_list),
        **filter_context(wanted),
        "units": units_of(request.actor, task_list.pk),
        "sections": list(as_printed(page.rows)),
        "shown": len(page.rows),
        "claimable": any(row.claimable for row in page.rows),
        "next": with_after(request.GET, "after", page.next),
        "runs": runs(request.actor, task_list),
        "issuable": issuable,
        "without_lead": without_lead(task_list) if issuable else [],
        "problem": problem,
    }
    return render(request, "workflow/list_detail.html", context, status=status)
