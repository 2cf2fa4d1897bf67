"""Rows as the lists show them: filtered, with units, deadline, stage and light."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from orgs.actors import Actor
from workflow.lights import Light
from workflow.models import Duty, Participation, TaskItem
from workflow.queries.duties import answerable, blocks_of
from workflow.queries.lights import Deadline, Lamps, deadline_of
from workflow.queries.parts import Named, by_role
from workflow.states import OPEN_STATES, Colour, Role, Stage

PAGE = 100
# Rows read at a time while a light is looked for.
STRIDE = 400


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked to see; anything left empty asks for nothing.

    ``due`` is ``overdue``, ``week``, ``month``, ``quarter`` or ``year``, and counts
    rows that are still open; ``mine`` asks for rows that wait for the actor's units.
    """

    words: str = ""
    unit: int | None = None
    role: Role | None = None
    stage: Stage | None = None
    light: Colour | None = None
    due: str = ""
    due_on: date | None = None
    mine: bool = False

    @property
    def anything(self) -> bool:
        """Whether any filter is set."""
        return self != Wanted()


DUE_DAYS = {"week": 7, "month": 30, "quarter": 91, "year": 366}


@dataclass(frozen=True)
class Row:
    """One row of a list as shown."""

    item: TaskItem
    light: Light | None
    deadline: Deadline

    @cached_property
    def units(self) -> dict[str, list[Named]]:
        """The row's units by role."""
        closed = self.item.closed_on is not None
        return by_role(self.item.parts.all(), ended=closed)

    @property
    def claimable(self) -> Duty | None:
        """The duty the actor can claim from the list, if any."""
        offered: list[Duty] = getattr(self.item, "offered", [])
        return offered[0] if offered else None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with the key of the next page, if there is one."""

    rows: list[Row]
    next: int | None = None


def rows_wanted(
    actor: Actor, wanted: Wanted, today: date, *, list_id: int | None = None
) -> QuerySet[TaskItem]:
    """Return the visible rows that meet every wish but the light's, in printed order."""
    items = TaskItem.objects.visible_to(actor).filter(condition(wanted, today))
    if list_id is not None:
        items = items.filter(list=list_id)
    if wanted.mine:
        items = items.filter(Exists(open_duties(actor)))
    return items.order_by("list_id", "position")


def condition(wanted: Wanted, today: date) -> Q:
    """Return the condition of the wishes that the database can answer."""
    asked = words_in(wanted.words)
    if wanted.stage:
        asked &= Q(stage=wanted.stage)
    if wanted.unit or wanted.role:
        asked &= Q(Exists(parts_wanted(wanted)))
    if wanted.due:
        asked &= due_within(wanted.due, today)
    if wanted.due_on:
        asked &= Q(due_date=wanted.due_on, closed_on=None)
    return asked


def words_in(words: str) -> Q:
    """Return the condition that each of the words stands somewhere in the row."""
    asked = Q()
    for word in words.split()[:6]:
        asked &= (
            Q(content__icontains=word)
            | Q(group__icontains=word)
            | Q(section__icontains=word)
            | Q(serial=word)
        )
    return asked


def parts_wanted(wanted: Wanted) -> QuerySet[Participation]:
    """Return the parts by which a row answers to the wished unit and role."""
    parts = Participation.objects.filter(item=OuterRef("pk"), open=True)
    if wanted.unit:
        # A closed row has no open parts left and still belongs to its units.
        parts = Participation.objects.filter(item=OuterRef("pk"), unit=wanted.unit)
    return parts.filter(role=wanted.role) if wanted.role else parts


def due_within(due: str, today: date) -> Q:
    """Return the condition of a due window, for rows that are still open."""
    if due == "overdue":
        return Q(due_date__lt=today, closed_on=None)
    until = today + timedelta(days=DUE_DAYS.get(due, 0))
    return Q(due_date__gte=today, due_date__lte=until, closed_on=None)


def open_duties(actor: Actor) -> QuerySet[Duty]:
    """Return the open duties of a row that the actor's memberships answer for."""
    return Duty.objects.filter(
        answerable(actor), item=OuterRef("pk"), state__in=OPEN_STATES
    )


def page_of(
    actor: Actor,
    wanted: Wanted,
    *,
    now: datetime,
    list_id: int | None = None,
    after: int = 0,
    size: int | None = PAGE,
) -> Page:
    """Return the rows after the key ``after``; all of them when ``size`` is None.

    The key is the row's place in the order of lists and positions. Five queries
    without a light; with one, one more for each 400 rows passed over.
    """
    lamps = Lamps.at(now)
    items = rows_wanted(actor, wanted, lamps.today, list_id=list_id)
    if wanted.light:
        items = items.filter(lamps.may_be(wanted.light))
    items = after_key(items, after)
    limit = None if size is None else size + 1
    picked = list(lit(items, wanted.light, lamps, limit))
    shown = picked if size is None else picked[:size]
    following = shown[-1].pk if len(picked) > len(shown) else None
    return Page([row_of(item, lamps) for item in loaded(shown, actor)], following)


def after_key(items: QuerySet[TaskItem], after: int) -> QuerySet[TaskItem]:
    """Return the rows that follow the row ``after`` in the printed order."""
    last = TaskItem.objects.filter(pk=after).values_list("list_id", "position").first()
    if not after or last is None:
        return items
    list_id, position = last
    return items.filter(Q(list_id__gt=list_id) | Q(list=list_id, position__gt=position))


def lit(
    items: QuerySet[TaskItem], colour: Colour | None, lamps: Lamps, limit: int | None
) -> Iterator[TaskItem]:
    """Yield at most ``limit`` rows, of that light if one is asked for."""
    if colour is None:
        yield from items[:limit] if limit else items
        return
    found = 0
    for item in items.iterator(chunk_size=STRIDE):
        light = lamps.of(item)
        if light and light.colour == colour:
            yield item
            found += 1
            if limit and found == limit:
                return


def loaded(items: list[TaskItem], actor: Actor) -> list[TaskItem]:
    """Return the rows with their list, units and what the actor can claim of them."""
    offered = blocks_of(actor)["offered"]
    prefetch_related_objects(
        items,
        "list",
        Prefetch("parts", Participation.objects.select_related("unit")),
        Prefetch("duties", offered, to_attr="offered"),
    )
    return items


def row_of(item: TaskItem, lamps: Lamps) -> Row:
    """Return the row as shown."""
    return Row(item, lamps.of(item), deadline_of(item, item.list.shifted_years))
