"""The entries of the navigation a person has a use for."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orgs.actors import Actor
from orgs.posts import Right


@dataclass(frozen=True, slots=True)
class Entry:
    """One link; ``key`` is its letter after ``g``."""

    label: str | Promise
    url: str
    key: str
    active: bool


# (label, URL name, key, the right it is for; None is for everybody)
ENTRIES: tuple[tuple[str | Promise, str, str, frozenset[Right] | None], ...] = (
    (_("工作台"), "home", "h", None),
    (_("清单"), "workflow:list-index", "l", None),
    (_("导入"), "intake:document-index", "r", frozenset({Right.REVIEW})),
    (
        _("领导"),
        "workflow:leader",
        "b",
        frozenset({Right.REVIEW, Right.SIGN_OFF}),
    ),
    (_("单位与人员"), "orgs:unit-index", "u", None),
)


def navigation(actor: Actor, path: str) -> list[Entry]:
    """Return the entries for ``actor``, the one that ``path`` is under marked."""
    held = {right for membership in actor.memberships for right in membership.rights}
    entries = []
    for label, name, key, rights in ENTRIES:
        if rights is None or rights & held:
            url = reverse(name)
            active = path == url if url == "/" else path.startswith(url)
            entries.append(Entry(label, url, key, active))
    return entries
