"""The office accepts a result or sends it back (审核)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from orgs.actors import Actor
from workflow.act import act
from workflow.actions.dispatch import targets_of
from workflow.models import Duty
from workflow.passage import Passage
from workflow.refusals import NotPossible
from workflow.verbs import Verb


def accept(
    *, duty: Duty, version: int, by: Actor, now: datetime, opinion: str = ""
) -> Duty:
    """Accept the result (办结); it goes to leadership for sign-off."""
    return act(
        duty=duty, verb=Verb.ACCEPT, by=by, version=version, now=now, reason=opinion
    )


def return_for_rework(
    *,
    duty: Duty,
    version: int,
    by: Actor,
    now: datetime,
    reason: str,
    units: Iterable[int] = (),
) -> Duty:
    """Send the result back, with a reason: to ``units``, who rejoin, or to the lead.

    No units means the lead rewrites its conclusion.

    Raises:
        NotPossible: no reason, or a unit that has no open part in the row.
    """
    wanted = set(units)

    def effect(passage: Passage) -> dict[str, object]:
        parts = [part for part in targets_of(passage) if part.unit_id in wanted]
        if len(parts) != len(wanted):
            raise NotPossible(_("所选单位不在本任务的承办单位中。"), field="units")
        passage.targets = parts
        return {"units": sorted(wanted)}

    return act(
        duty=duty,
        verb=Verb.RETURN,
        by=by,
        version=version,
        now=now,
        reason=reason,
        effect=effect,
    )
