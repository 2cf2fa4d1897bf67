"""工作台: what waits for the person, and what is new to them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from notifications.queries.feed import feed_of
from notifications.queries.head import head_of
from orgs.web.middleware import ActedRequest
from workflow.queries.duties import TITLES, waiting_for

NEWS = 20


@require_safe
def home(request: ActedRequest) -> HttpResponse:
    """Show 待我处理 beside 动态; ``?part=duties`` is the first alone, for an open page."""
    given = ((key, request.GET.get(key, "")) for key in TITLES)
    after = {key: int(page) for key, page in given if is_number(page)}
    waiting = waiting_for(request.actor, now=timezone.now(), after=after)
    if request.GET.get("part") == "duties":
        return render(request, "workflow/_duties.html", {"waiting": waiting})
    # The head is read before the news, or the page would not fetch what came between.
    context = {
        "inbox": head_of(request.actor.person_id),
        "waiting": waiting,
        "feed": feed_of(request.actor.person_id, limit=NEWS),
    }
    return render(request, "notifications/home.html", context)


def is_number(text: str) -> bool:
    """Return whether ``text`` can be a key of the list."""
    return text.isdecimal() and len(text) < 19
