"""动态: the page of news, what is new for an open page, and marking."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notifications.inbox import mark_done, mark_read
from notifications.models import InboxItem
from notifications.queries.feed import AT_ONCE, FILTERS, after, feed_of
from notifications.queries.head import head_of
from orgs.web.middleware import ActedRequest

LARGEST = 2**62


@require_safe
def inbox(request: ActedRequest) -> HttpResponse:
    """Show the person's news, by what has become of it."""
    shown = request.GET.get("show", "open")
    if shown not in FILTERS:
        raise Http404
    before = request.GET.get("before", "")
    feed = feed_of(
        request.actor.person_id,
        shown=shown,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    context = {"feed": feed, "shown": shown}
    return render(request, "notifications/inbox.html", context)


@require_safe
@never_cache
def inbox_after(request: ActedRequest, number: int) -> JsonResponse:
    """Return exactly what the person's page has missed since ``number``."""
    person = request.actor.person_id
    rows = after(person, min(number, LARGEST))
    head = head_of(person)
    return JsonResponse(
        {
            "head": head.number,
            "unread": head.unread,
            "more": len(rows) == AT_ONCE,
            "rows": [row_as_json(row, request) for row in rows],
        }
    )


def row_as_json(row: InboxItem, request: ActedRequest) -> dict[str, object]:
    """Return one piece of news for the page's script, its list item rendered."""
    return {
        "number": row.number,
        "title": row.title,
        "text": row.text,
        "url": row.url,
        "urgent": row.urgent,
        "html": render_to_string("notifications/_news.html", {"row": row}, request),
    }


@require_POST
def mark(request: ActedRequest) -> HttpResponse:
    """Mark news: one or several as read or done, or all as read."""
    person = request.actor.person_id
    numbers = [int(text) for text in request.POST.getlist("number") if text.isdecimal()]
    if request.POST.get("as") == "done":
        mark_done(person_id=person, numbers=numbers)
    elif request.POST.get("as") == "all-read":
        mark_read(person_id=person)
    else:
        mark_read(person_id=person, numbers=numbers)
    return redirect("notifications:inbox")


@require_safe
def follow(request: ActedRequest, number: int) -> HttpResponse:
    """Open what the news is about, and mark it as read."""
    row = get_object_or_404(InboxItem, person=request.actor.person_id, number=number)
    mark_read(person_id=request.actor.person_id, numbers=[number])
    return redirect(row.url)
