"""待我处理: what waits for one person, and what their colleagues hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
    prefetch_related_objects,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orgs.actors import Actor
from orgs.posts import Right
from workflow.lights import Light
from workflow.models import Countersignature, Duty, Participation, Report
from workflow.permissions import verbs_for
from workflow.queries.lights import Deadline, Lamps, deadline_of
from workflow.states import DutyState, Node, Role
from workflow.verbs import RIGHT_AT, Verb

PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One duty in the list: its row's light and deadline, and what can be done."""

    duty: Duty
    light: Light | None
    deadline: Deadline
    verbs: list[Verb]


@dataclass(slots=True)
class Section:
    """One block of the list; ``next`` is the key after which the next page starts.

    ``total`` counts the duties of the whole block, not of this page.
    """

    key: str
    title: str | Promise
    total: int
    rows: list[Waiting] = field(default_factory=list)
    next: int | None = None


@dataclass(frozen=True, slots=True)
class WaitingList:
    """Everything that waits for a person: to be acted on, and held by colleagues."""

    held: Section
    offered: Section
    countersign: Section
    colleagues: Section

    @property
    def sections(self) -> list[Section]:
        """The blocks that are the person's own to act on, in the order shown."""
        return [self.held, self.countersign, self.offered]

    @property
    def total(self) -> int:
        """How many duties wait for the person."""
        return sum(section.total for section in self.sections)


TITLES: dict[str, str | Promise] = {
    "held": _("我在办理"),
    "countersign": _("请我会签"),
    "offered": _("待签收"),
    "colleagues": _("同事在办"),
}


def waiting_for(
    actor: Actor, *, now: datetime, after: Mapping[str, int] | None = None
) -> WaitingList:
    """Return what waits for ``actor``, at most 50 of each block; seven queries.

    ``after`` holds, by the key of a block, the duty after which its page starts.
    Duties the actor is barred from by four eyes are not offered.
    """
    after = after or {}
    blocks = blocks_of(actor)
    counts = totals(blocks)
    pages = {key: page(block, after.get(key, 0)) for key, block in blocks.items()}
    duties = [duty for found in pages.values() for duty in found]
    prefetch_related_objects(duties, "item__parts")
    lamps = Lamps.at(now)
    return WaitingList(
        **{
            key: section(key, counts[key], found, actor, lamps)
            for key, found in pages.items()
        }
    )


def section(
    key: str, total: int, found: list[Duty], actor: Actor, lamps: Lamps
) -> Section:
    """Return a block's page with lights and verbs; ``found`` has one row more."""
    shown = found[:PAGE]
    rows = [row_waiting(duty, actor, lamps) for duty in shown]
    following = shown[-1].pk if len(found) > PAGE else None
    return Section(key, TITLES[key], total, rows, following)


def row_waiting(duty: Duty, actor: Actor, lamps: Lamps) -> Waiting:
    """Return one duty with its row's light and what the actor can do to it."""
    return Waiting(
        duty=duty,
        light=lamps.of(duty.item),
        deadline=deadline_of(duty.item, duty.item.list.shifted_years),
        verbs=verbs_for(actor, duty),
    )


def blocks_of(actor: Actor) -> dict[str, QuerySet[Duty]]:
    """Return the four blocks as queries, from the ``(unit, state, id)`` index."""
    mine = Duty.objects.filter(answerable(actor))
    return {
        "held": mine.filter(state=DutyState.CLAIMED, holder=actor.person_id),
        "offered": mine.filter(state=DutyState.OFFERED).exclude(barring(actor)),
        "countersign": to_countersign(actor),
        "colleagues": mine.filter(state=DutyState.CLAIMED).exclude(
            holder=actor.person_id
        ),
    }


def answerable(actor: Actor) -> Q:
    """Return the condition for duties the actor's memberships answer for."""
    condition = Q(pk__in=())
    for held in actor.memberships:
        nodes = [node for node, right in RIGHT_AT.items() if right in held.rights]
        condition |= Q(
            unit=held.unit_id, item__programme=held.programme_id, node__in=nodes
        )
    return condition


def barring(actor: Actor) -> Q:
    """Return the condition for duties the actor did the earlier steps of.

    The same people that ``Duty.barred`` names, asked in SQL of the acts themselves.
    """
    acted = Duty.objects.filter(
        item=OuterRef("item"), submitted_by=actor.person_id
    ).exclude(node=Node.SIGN_OFF)
    worked = acted.filter(node__in=[Node.DISPATCH, Node.CARRY_OUT, Node.CONCLUDE])
    signed = Countersignature.objects.filter(
        report__item=OuterRef("item"), person=actor.person_id
    )
    reviewing = Q(node=Node.REVIEW) & (Q(Exists(worked)) | Q(Exists(signed)))
    signing = Q(node=Node.SIGN_OFF) & (Q(Exists(acted)) | Q(Exists(signed)))
    return reviewing | signing


def to_countersign(actor: Actor) -> QuerySet[Duty]:
    """Return the concluding duties whose report a unit of the actor has not signed."""
    pairs = {(held.unit_id, held.programme_id) for held in actor.with_right(Right.WORK)}
    newest = Report.objects.filter(duty=OuterRef("pk")).order_by("-id").values("pk")[:1]
    asked = Q(pk__in=())
    for unit_id, programme_id in pairs:
        supports = Participation.objects.filter(
            item=OuterRef("item"), unit=unit_id, role=Role.SUPPORT, open=True
        )
        signed = Countersignature.objects.filter(
            report=OuterRef("newest_report"), unit=unit_id
        )
        asked |= (
            Q(item__programme=programme_id)
            & ~Q(unit=unit_id)
            & Q(Exists(supports))
            & ~Q(Exists(signed))
        )
    concluding = Duty.objects.filter(node=Node.CONCLUDE, state=DutyState.CLAIMED)
    return concluding.annotate(newest_report=newest).filter(
        asked, newest_report__isnull=False
    )


def totals(blocks: Mapping[str, QuerySet[Duty]]) -> dict[str, int]:
    """Return how many duties each block has, in one query."""
    keys = list(blocks)
    counted = [
        block.order_by().values(block=Value(place)).annotate(count=Count("pk"))
        for place, block in enumerate(blocks.values())
    ]
    first, *others = [rows.values_list("block", "count") for rows in counted]
    found = dict(first.union(*others, all=True))
    return {key: found.get(place, 0) for place, key in enumerate(keys)}


def page(block: QuerySet[Duty], after: int) -> list[Duty]:
    """Return the duties that follow ``after``: a page, and one to know of more."""
    found = block.filter(pk__gt=after).order_by("pk")
    related = found.select_related("item__list", "item__programme", "unit", "holder")
    return list(related[: PAGE + 1])
