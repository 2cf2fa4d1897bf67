"""What a person asked to see, read from the address of a list."""

from datetime import date
from enum import Enum
from typing import Any, TypeVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.queries.rows import DUE_DAYS, Wanted
from workflow.states import Colour, Role, Stage

Choice = TypeVar("Choice", bound=Enum)

DUE_WINDOWS: list[tuple[str, str | Promise]] = [
    ("overdue", _("已逾期")),
    ("week", _("7天内到期")),
    ("month", _("30天内到期")),
    ("quarter", _("本季度内到期")),
    ("year", _("一年内到期")),
]


def wanted_in(asked: QueryDict) -> Wanted:
    """Return the wishes in the address; one that means nothing is left out."""
    due = asked.get("due", "")
    return Wanted(
        words=words_in(asked.get("q", "")),
        unit=number(asked.get("unit")) or None,
        role=one_of(Role, asked.get("role")),
        stage=one_of(Stage, asked.get("stage")),
        light=one_of(Colour, asked.get("light")),
        due=due if due == "overdue" or due in DUE_DAYS else "",
        due_on=day(asked.get("due_on", "")),
        mine=asked.get("mine") == "1",
    )


def one_of(choices: type[Choice], text: str | None) -> Choice | None:
    """Return the choice with that value, or None."""
    try:
        return choices(text)
    except ValueError:
        return None


def words_in(text: str) -> str:
    """Return search words; PostgreSQL refuses a text with a NUL in it."""
    return text.replace("\x00", "").strip()[:100]


def day(text: str) -> date | None:
    """Return an ISO day, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def number(text: str | None) -> int:
    """Return an id or key from an address or a form, or 0, which is nobody's."""
    known = text and text.isascii() and text.isdecimal() and len(text) < 19
    return int(text) if text and known else 0


def filter_context(wanted: Wanted) -> dict[str, Any]:
    """Return what the filter bar needs: the wishes and what can be wished."""
    return {
        "wanted": wanted,
        "stages": Stage.choices,
        "lights": Colour.choices,
        "roles": Role.choices,
        "due_windows": DUE_WINDOWS,
    }


def with_after(asked: QueryDict, name: str, key: int | None) -> str:
    """Return the address's query with the key of the next page, or nothing."""
    if key is None:
        return ""
    query = asked.copy()
    query[name] = str(key)
    return "?" + query.urlencode()
