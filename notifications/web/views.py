"""动态: the page of news, what is new for an open page, and marking."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
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
    person = request.actor.person_id
    before = next(iter(numbers_in([request.GET.get("before", "")])), None)
    # The head is read before the news, or the page would not fetch what came between.
    context = {
        "inbox": head_of(person),
        "feed": feed_of(person, shown=shown, before=before),
        "shown": shown,
    }
    return render(request, "notifications/inbox.html", context)


@require_safe
@never_cache
def inbox_after(request: ActedRequest, number: int) -> JsonResponse:
    """Return exactly what the person's page has missed since ``number``.

    The head is read first: news that comes in between is told twice rather than
    passed over, and the page knows what it has.
    """
    person = request.actor.person_id
    head = head_of(person)
    rows = after(person, min(number, LARGEST))
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
    numbers = numbers_in(request.POST.getlist("number"))
    if request.POST.get("as") == "done":
        mark_done(person_id=person, numbers=numbers)
    elif request.POST.get("as") == "all-read":
        mark_read(person_id=person)
    else:
        mark_read(person_id=person, numbers=numbers)
    return redirect(page_before(request))


def page_before(request: ActedRequest) -> str:
    """Return the page of ours that was left to come here, or the inbox."""
    left = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        left, {request.get_host()}, require_https=request.is_secure()
    )
    return left if left and ours else reverse("notifications:inbox")


def numbers_in(texts: Iterable[str]) -> list[int]:
    """Return those of ``texts`` that can be numbers of news."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19]


@require_safe
def follow(request: ActedRequest, number: int) -> HttpResponse:
    """Open what the news is about, and mark it as read."""
    row = get_object_or_404(InboxItem, person=request.actor.person_id, number=number)
    mark_read(person_id=request.actor.person_id, numbers=[number])
    return redirect(row.url)
