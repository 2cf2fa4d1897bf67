"""A unit hands in what it has done (提交)."""

from datetime import datetime

from django.utils.translation import gettext as _

from orgs.actors import Actor
from workflow.act import act
from workflow.models import Duty
from workflow.passage import Passage
from workflow.refusals import NotPossible
from workflow.verbs import Verb


def submit(*, duty: Duty, version: int, by: Actor, now: datetime) -> Duty:
    """End the unit's part of this round; the last one to do so wakes the lead.

    Raises:
        NotPossible: the unit has not reported on this duty.
    """
    return act(
        duty=duty, verb=Verb.SUBMIT, by=by, version=version, now=now, effect=reported
    )


def reported(passage: Passage) -> dict[str, object]:
    """Return the last report of the duty, or refuse when there is none."""
    last = passage.duty.reports.values_list("pk", flat=True).first()
    if last is None:
        raise NotPossible(_("还没有反馈进展，请先填写反馈再提交。"), field="progress")
    return {"report": last}
