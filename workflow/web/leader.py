"""The page of leadership."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orgs.web.middleware import ActedRequest
from workflow.queries.leader import COLUMNS, board_of, looks


@require_safe
def leader(request: ActedRequest) -> HttpResponse:
    """Show what waits for signing and how the work stands; 404 for anybody else."""
    if not looks(request.actor):
        raise Http404
    board = board_of(request.actor, now=timezone.now())
    context = {"board": board, "columns": COLUMNS}
    return render(request, "workflow/leader.html", context)
