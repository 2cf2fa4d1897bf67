"""Why something was not done: one exception a kind, each with its sentence."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """Nothing was changed; ``sentence`` tells the person why and what to do."""

    status = 422

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(Refused):
    """The person may know of it but has no right to do this (403)."""

    status = 403


class Stale(Refused):
    """Somebody else was first; the page shows an older state (409)."""

    status = 409


class NotPossible(Refused):
    """It cannot be done as asked: something is missing or not in order (422)."""


def not_found() -> "NotFound":
    """Return the refusal for what the person may not know of (404)."""
    return NotFound(_("没有找到该内容，或者您无权查看。"))


class NotFound(Refused):
    """It is not there, or the person may not know that it is (404)."""

    status = 404
