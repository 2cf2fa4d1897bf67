"""Take the duty for one's unit (签收)."""

from datetime import datetime

from orgs.actors import Actor
from workflow.act import act
from workflow.models import Duty
from workflow.verbs import Verb


def claim(*, duty: Duty, version: int, by: Actor, now: datetime) -> Duty:
    """Take the duty for one's unit (签收).

    Raises:
        Refused: as ``act`` does; a loser of the race is told the holder.
    """
    return act(duty=duty, verb=Verb.CLAIM, by=by, version=version, now=now)
