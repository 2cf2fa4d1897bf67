"""Where a row stands in its document, and the words as they stand there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.models import Participation, TaskItem
from workflow.states import Role

LABELS: dict[str, str | Promise] = {
    "serial": gettext_lazy("序号"),
    "section": gettext_lazy("板块"),
    "group": gettext_lazy("分组"),
    "content": gettext_lazy("任务"),
    "lead": Role.LEAD.label,
    "support": Role.SUPPORT.label,
    "responsible": Role.IMPLEMENTER.label,
    "implementer": Role.IMPLEMENTER.label,
    "deadline": gettext_lazy("完成时限"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """The place in words, and (label, text as printed, place of the cell) by field."""

    place: str
    texts: list[tuple[str, str, str]]


def source_of(item: TaskItem, parts: Iterable[Participation]) -> Source:
    """Return the row's source: ``{document, table, row, fields: {name: {raw, place}}}``.

    A row entered without it shows the words its parts and deadline were read from.
    """
    kept: dict[str, Any] = item.source or {}
    fields = kept.get("fields") or {}
    texts = [
        (str(label), str(fields[name].get("raw", "")), words(fields[name].get("place")))
        for name, label in LABELS.items()
        if isinstance(fields.get(name), dict)
    ]
    return Source(place_in(kept), texts or words_of(item, parts))


def place_in(kept: dict[str, Any]) -> str:
    """Return the document, table and row in words, as far as they are known."""
    told = [str(kept["document"])] if kept.get("document") else []
    if kept.get("table"):
        told.append(_("表%(table)s") % {"table": kept["table"]})
    if kept.get("row"):
        told.append(_("第%(row)s行") % {"row": kept["row"]})
    return " ".join(told) or words(kept.get("place"))


def words(place: Any) -> str:
    """Return a cell's place in words, from text or ``{table, row, column}``."""
    if not isinstance(place, dict):
        return str(place or "")
    told = place_in({key: place.get(key) for key in ("document", "table", "row")})
    if place.get("column"):
        told += " " + _("第%(column)s列") % {"column": place["column"]}
    return told.strip()


def words_of(
    item: TaskItem, parts: Iterable[Participation]
) -> list[tuple[str, str, str]]:
    """Return the printed words that the row itself keeps."""
    texts = [(str(LABELS["serial"]), item.serial, "")]
    for role in Role:
        raw = dict.fromkeys(part.raw_text for part in parts if part.role == role)
        if raw:
            texts.append((str(role.label), "、".join(raw), ""))
    texts.append((str(LABELS["deadline"]), item.deadline_raw, ""))
    return texts
