"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from notifications.queries.head import head_of
from orgs.actors import Actor
from workflow.web.navigation import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Give base.html its navigation, the person's standing and the inbox's head."""
    actor: Actor | None = getattr(request, "actor", None)
    context: dict[str, Any] = {"DEMO": settings.DEMO}
    if actor is None:
        return context
    return {
        **context,
        "me": actor,
        "nav": navigation(actor, request.path),
        "inbox": head_of(actor.person_id),
    }
