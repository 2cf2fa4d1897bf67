"""One row with everything about it that its page shows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from orgs.actors import Actor
from workflow.lights import Light
from workflow.models import Countersignature, Duty, Participation, Report, TaskItem
from workflow.permissions import verbs_for
from workflow.queries.diagram import Diagram, diagram_of
from workflow.queries.duties import to_countersign
from workflow.queries.lights import Deadline, Lamps, deadline_of
from workflow.queries.source import Source, source_of
from workflow.queries.timeline import Entry, timeline_of
from workflow.states import Node, Role
from workflow.verbs import Verb

# Newest reports shown on the page.
REPORTS = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """One part of the row, with the newest duty of its unit: who holds it, since when."""

    part: Participation
    duty: Duty | None

    @property
    def since(self) -> datetime | None:
        """When the duty came to where it is now."""
        duty = self.duty
        if duty is None:
            return None
        return duty.ended_at or duty.claimed_at or duty.opened_at


@dataclass(frozen=True, slots=True)
class Signing:
    """Who has countersigned the concluding report in force, and who has not."""

    report: Report
    signed: list[Countersignature]
    waiting: list[str]


@dataclass(frozen=True, slots=True)
class Doable:
    """An open duty with what the person may do to it now."""

    duty: Duty
    verbs: list[Verb]
    reported: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    """All that the page of a row shows."""

    item: TaskItem
    light: Light | None
    deadline: Deadline
    source: Source
    standings: list[Standing]
    deciding: list[Duty]
    signing: Signing | None
    reports: list[Report]
    entries: list[Entry]
    diagram: Diagram
    doable: list[Doable]


def item_page(item: TaskItem, actor: Actor, *, now: datetime) -> ItemPage:
    """Return the page of ``item`` for ``actor``; some twelve queries for any row.

    ``item`` comes from ``visible_to(actor)`` with its list and programme.
    """
    with_units = Participation.objects.select_related("unit")
    prefetch_related_objects([item], Prefetch("parts", with_units))
    parts = list(item.parts.all())
    duties = list(item.duties.select_related("unit", "holder").order_by("id"))
    for duty in duties:
        duty.item = item
    reports = reports_of(item)
    return ItemPage(
        item=item,
        light=Lamps.at(now).of(item),
        deadline=deadline_of(item, item.list.shifted_years),
        source=source_of(item, parts),
        standings=standings(parts, duties),
        deciding=[duty for duty in duties if duty.is_open and duty.part_id is None],
        signing=signing_of(duties, reports, parts),
        reports=reports,
        entries=timeline_of(item.pk, parts),
        diagram=diagram_of(item, duties),
        doable=doable(actor, duties, reports),
    )


def reports_of(item: TaskItem) -> list[Report]:
    """Return the newest reports with their files and signatures. Three queries."""
    signatures = Countersignature.objects.select_related("unit", "person")
    reports = item.reports.select_related("unit", "author", "duty").prefetch_related(
        "files__file__blob", Prefetch("countersignatures", signatures.order_by("id"))
    )
    return list(reports[:REPORTS])


def standings(parts: list[Participation], duties: list[Duty]) -> list[Standing]:
    """Return the parts in the order lead, support, implementer with how each stands.

    A unit with several parts works once, so the duty is looked up by unit.
    """
    newest = {duty.unit_id: duty for duty in duties if duty.part_id is not None}
    order = list(Role)
    ranked = sorted(
        (part for part in parts if part.open or part.unit_id in newest),
        key=lambda part: (order.index(Role(part.role)), part.position, part.pk),
    )
    return [Standing(part, newest.get(part.unit_id or 0)) for part in ranked]


def signing_of(
    duties: list[Duty], reports: list[Report], parts: list[Participation]
) -> Signing | None:
    """Return how far the countersigning is, or None before a concluding report."""
    concluding = [duty.pk for duty in duties if duty.node == Node.CONCLUDE]
    report = next((one for one in reports if one.duty_id in concluding[-1:]), None)
    if report is None:
        return None
    signed = list(report.countersignatures.all())
    done = {signature.unit_id for signature in signed} | {report.unit_id}
    waiting = [
        str(part.unit)
        for part in parts
        if part.role == Role.SUPPORT and part.unit_id and part.unit_id not in done
    ]
    return Signing(report, signed, waiting)


def doable(actor: Actor, duties: list[Duty], reports: list[Report]) -> list[Doable]:
    """Return the open duties on which the person can act, with the verbs."""
    reported = {report.duty_id for report in reports}
    found = []
    for duty in duties:
        verbs = verbs_for(actor, duty) if duty.is_open else []
        if Verb.COUNTERSIGN in verbs and not asked_to_sign(actor, duty):
            verbs.remove(Verb.COUNTERSIGN)
        if verbs:
            found.append(Doable(duty, verbs, duty.pk in reported))
    return found


def asked_to_sign(actor: Actor, duty: Duty) -> bool:
    """Return whether a report waits on the duty for a signature of the actor's unit."""
    return to_countersign(actor).filter(pk=duty.pk).exists()
