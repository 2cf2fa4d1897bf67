"""Who is asking: the person of the session as an actor, once a request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from orgs.actors import Actor, actor_of

Answer = Callable[[HttpRequest], HttpResponse]


class ActedRequest(HttpRequest):
    """A request of somebody who has logged in."""

    actor: Actor


class ActorMiddleware:
    """Sets ``request.actor`` with the rights of this moment, or None. One query."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the memberships, then answer."""
        person = request.user
        known = person.is_authenticated
        request.actor = actor_of(person) if known else None  # type: ignore[attr-defined, arg-type]
        return self.get_response(request)
