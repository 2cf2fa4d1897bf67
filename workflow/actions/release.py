"""Give a claimed duty back to the unit (退签)."""

from datetime import datetime

from orgs.actors import Actor
from workflow.act import act
from workflow.models import Duty
from workflow.verbs import Verb


def release(*, duty: Duty, version: int, by: Actor, now: datetime) -> Duty:
    """Give a claimed duty back to the unit (退签).

    Raises:
        Refused: as ``act`` does; a loser of the race is told the holder.
    """
    return act(duty=duty, verb=Verb.RELEASE, by=by, version=version, now=now)
