"""A row as read with a person's corrections laid over it. Pure; the reading stays."""

from collections.abc import Mapping
from typing import Any

from intake.reading.model import ROLES
from intake.reading.units import read_names

SLIP = "错栏"
COLLECTIVE = "统称"
NO_LEAD = "没有牵头单位"
FIELDS = tuple(f"{role}_units" for role in ROLES)


def corrected(task: dict[str, Any], cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the row with its unit cells as a person would have them.

    ``cells`` holds the text of lead, support and responsible; it is read by the same
    grammar as a printed cell, and raises the same doubts.
    """
    names = {role: read_names(cells.get(role, "")) for role in ROLES}
    reasons = {
        field: reason
        for field, reason in task["reasons"].items()
        if field not in FIELDS
    }
    for role, found in names.items():
        if found.open_ended:
            reasons[f"{role}_units"] = "以“等”结尾，名单未列全"
    if len(names["lead"].units) > 1:
        reasons["lead_units"] = "有多个牵头单位，请确认总牵头"
    return {
        **task,
        **{f"{role}_units": found.units for role, found in names.items()},
        "excluded": {role: found.exclusions for role, found in names.items()},
        "resolved": {
            k: v for found in names.values() for k, v in found.resolved.items()
        },
        "open_ended": [role for role, found in names.items() if found.open_ended],
        "to_confirm": sorted(reasons),
        "reasons": reasons,
    }


def swapped(task: dict[str, Any]) -> dict[str, Any]:
    """Return the row with 配合 and 责任 exchanged; the raw texts stay as printed."""
    excluded = task["excluded"]
    return {
        **task,
        "support_units": task["responsible_units"],
        "responsible_units": task["support_units"],
        "excluded": {
            "lead": excluded["lead"],
            "support": excluded["responsible"],
            "responsible": excluded["support"],
        },
    }


def doubts_of(task: dict[str, Any]) -> dict[str, str]:
    """Return field → reason for what no answer about a name settles.

    A slip concerns two columns and is asked once; a row without a lead is asked about
    even where the document has no such column.
    """
    doubts = {}
    for field in task["to_confirm"]:
        parts = [
            part
            for part in task["reasons"][field].split("；")
            if not part.startswith(COLLECTIVE)
        ]
        if field == "responsible_units":
            parts = [part for part in parts if SLIP not in part]
        if parts:
            doubts[field] = "；".join(parts)
    if not task["lead_units"]:
        doubts["lead_units"] = NO_LEAD
    # The slip is told under support_units; a document may lack that doubt.
    slip = task["reasons"].get("responsible_units", "")
    if SLIP in slip and "support_units" not in doubts:
        doubts["support_units"] = slip
    return dict(sorted(doubts.items()))
