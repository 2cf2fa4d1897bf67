"""Leadership signs a row off, or declines to (核查销号)."""

from datetime import datetime

from orgs.actors import Actor
from workflow.act import act
from workflow.models import Duty
from workflow.verbs import Verb


def sign_off(
    *, duty: Duty, version: int, by: Actor, now: datetime, opinion: str = ""
) -> Duty:
    """Strike the row off the ledger; the flow ends and the row is closed."""
    return act(
        duty=duty, verb=Verb.SIGN_OFF, by=by, version=version, now=now, reason=opinion
    )


def decline(*, duty: Duty, version: int, by: Actor, now: datetime, reason: str) -> Duty:
    """Refuse the sign-off, with a reason; the office looks at the row again."""
    return act(
        duty=duty, verb=Verb.DECLINE, by=by, version=version, now=now, reason=reason
    )
