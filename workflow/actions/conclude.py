"""The lead asks for the row to be closed (办结申请)."""

from datetime import datetime

from django.utils.translation import gettext as _

from orgs.actors import Actor
from workflow.act import act
from workflow.actions.countersign import concluding_report
from workflow.models import Duty, Participation, Report
from workflow.passage import Passage
from workflow.refusals import NotPossible
from workflow.states import Role
from workflow.verbs import Verb


def conclude(
    *,
    duty: Duty,
    version: int,
    by: Actor,
    now: datetime,
    override_reason: str = "",
) -> Duty:
    """Hand the result to the office once every support has countersigned it.

    ``override_reason`` lets the lead go on without the missing signatures; it is
    recorded with the units passed over.

    Raises:
        NotPossible: no concluding report, or signatures missing and no reason.
    """

    def effect(passage: Passage) -> dict[str, object]:
        report = concluding_report(passage.duty)
        if report is None:
            raise NotPossible(_("请先填写办结报告。"), field="progress")
        unsigned = units_unsigned(report)
        if unsigned and not override_reason.strip():
            raise NotPossible(
                _("%(units)s还没有会签；如确需先行办结，请填写理由。")
                % {"units": "、".join(unsigned.values())},
                field="override_reason",
            )
        told: dict[str, object] = {"report": report.pk}
        if unsigned:
            told |= {
                "override_reason": override_reason.strip(),
                "passed_over": list(unsigned),
            }
        return told

    return act(
        duty=duty, verb=Verb.CONCLUDE, by=by, version=version, now=now, effect=effect
    )


def units_unsigned(report: Report) -> dict[int, str]:
    """Return the supporting units that have not countersigned: id → name."""
    signed = report.countersignatures.values("unit")
    parts = Participation.objects.filter(
        item=report.item_id, role=Role.SUPPORT, open=True, unit__isnull=False
    )
    missing = parts.exclude(unit__in=signed).exclude(unit=report.unit_id)
    return dict(missing.values_list("unit", "unit__name"))
