"""A supporting unit stands by the lead's concluding report (会签)."""

from datetime import datetime

from django.utils.translation import gettext as _

from orgs.actors import Actor
from workflow.act import act
from workflow.models import Countersignature, Duty, Report
from workflow.passage import Passage
from workflow.refusals import NotPossible
from workflow.verbs import Verb


def countersign(
    *, duty: Duty, version: int, by: Actor, now: datetime, opinion: str = ""
) -> Duty:
    """Sign the concluding report in force on behalf of a supporting unit.

    A newer report of the lead makes earlier signatures void: they stand by a text,
    not by a row.

    Raises:
        NotPossible: there is no concluding report yet, or the unit has signed it.
    """

    def effect(passage: Passage) -> dict[str, object]:
        assert passage.standing
        report = concluding_report(passage.duty)
        if report is None:
            raise NotPossible(_("牵头单位还没有写办结报告，暂不能会签。"))
        unit_id = passage.standing.unit_id
        if report.countersignatures.filter(unit=unit_id).exists():
            raise NotPossible(_("贵单位已会签过这份办结报告。"))
        Countersignature.objects.create(
            report=report,
            unit_id=unit_id,
            person_id=passage.actor.person_id,
            opinion=opinion.strip(),
            made_at=now,
        )
        return {"report": report.pk, "signed_for": unit_id}

    return act(
        duty=duty, verb=Verb.COUNTERSIGN, by=by, version=version, now=now, effect=effect
    )


def concluding_report(duty: Duty) -> Report | None:
    """Return the concluding report in force: the newest on the concluding duty."""
    newest: Report | None = duty.reports.order_by("-id").first()
    return newest
