"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from notifications.queries.head import head_of
from orgs.actors import Actor
from workflow.web.navigation import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Give base.html its navigation, the person's standing and the inbox's head."""
    actor: Actor | None = getattr(request, "actor", None)
    context: dict[str, Any] = {"demo_notice": demo_notice()}
    if actor is None:
        return context
    return {
        **context,
        "me": actor,
        "nav": navigation(actor, request.path),
        "inbox": SimpleLazyObject(lambda: head_of(actor.person_id)),
    }


def demo_notice() -> str:
    """Return what a visitor of the demo must know, or nothing outside the demo."""
    if not settings.DEMO:
        return ""
    return _(
        "演示系统：清单为真实文件，完成时限整体顺延若干年以便演示，页面保留印发原文；"
        "人员与反馈内容均为虚构，带“演示”标记。"
    )
