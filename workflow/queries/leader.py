"""What leadership looks at: three numbers, what waits for signing, lights by unit."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from orgs.actors import Actor
from orgs.models import Unit
from workflow.models import Duty, Participation, TaskItem
from workflow.models.lists import programmes_run
from workflow.queries.duties import Waiting, page, row_waiting
from workflow.queries.lights import Lamps
from workflow.states import OPEN_STATES, Colour, Node, Role, Stage

# What the rule of lights reads of a row.
READ = ("stage", "due_date", "issued_on", "closed_on", "percent")


@dataclass(slots=True)
class UnitLights:
    """How many issued rows a unit leads, by light."""

    unit: Unit
    by_colour: Counter[Colour] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many issued rows the unit leads."""
        return self.by_colour.total()

    @property
    def counts(self) -> list[tuple[Colour, int]]:
        """The numbers in the order of the table's columns."""
        return [(colour, self.by_colour[colour]) for colour in COLUMNS]


COLUMNS = [Colour.RED, Colour.YELLOW, Colour.BLUE, Colour.GREEN, Colour.GREY]


@dataclass(frozen=True, slots=True)
class Board:
    """The leadership's page. Drafts are not counted: no clock runs for them."""

    total: int
    closed: int
    overdue: int
    lights: list[tuple[Colour, int]]
    units: list[UnitLights]
    signing: list[Waiting]
    signing_total: int


def looks(actor: Actor) -> bool:
    """Return whether the page is for ``actor``: leadership or the office."""
    return bool(programmes_run(actor))


def board_of(actor: Actor, *, now: datetime) -> Board:
    """Return the board over the programmes the actor runs; six queries.

    Reads five columns of every issued row: a light is computed, not stored.
    """
    lamps = Lamps.at(now)
    rows = TaskItem.objects.visible_to(actor).filter(
        programme__in=programmes_run(actor)
    )
    issued = list(rows.exclude(stage=Stage.DRAFT).only("id", *READ).order_by())
    colours = {item.pk: colour_of(item, lamps) for item in issued}
    counted = Counter(colours.values())
    waiting = signing_duties(actor)
    shown = [row_waiting(duty, actor, lamps) for duty in page(waiting, 0)]
    return Board(
        total=len(issued),
        closed=counted[Colour.GREY],
        overdue=sum(is_overdue(item, lamps) for item in issued),
        lights=[(colour, counted[colour]) for colour in COLUMNS],
        units=by_unit(colours),
        signing=shown,
        signing_total=waiting.count(),
    )


def colour_of(item: TaskItem, lamps: Lamps) -> Colour:
    """Return the colour of an issued row."""
    light = lamps.of(item)
    assert light is not None
    return light.colour


def is_overdue(item: TaskItem, lamps: Lamps) -> bool:
    """Return whether the row is open past its due day."""
    late = item.due_date is not None and item.due_date < lamps.today
    return late and item.closed_on is None


def by_unit(colours: dict[int, Colour]) -> list[UnitLights]:
    """Return the lights of the rows each unit leads, the worst unit first."""
    leads = (
        Participation.objects.filter(
            item__stage__in=[stage for stage in Stage if stage != Stage.DRAFT],
            role=Role.LEAD,
            unit__isnull=False,
        )
        .order_by("item", "position", "id")
        .values_list("item", "unit")
    )
    counts: dict[int, Counter[Colour]] = defaultdict(Counter)
    for item_id, unit_id in principal(leads):
        if item_id in colours:
            counts[unit_id][colours[item_id]] += 1
    units = Unit.objects.in_bulk(list(counts))
    found = [UnitLights(units[unit_id], counts[unit_id]) for unit_id in counts]
    return sorted(found, key=worst_first)


def principal(leads: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the first lead of each row; the order of ``leads`` is kept."""
    first: dict[int, int] = {}
    for item_id, unit_id in leads:
        first.setdefault(item_id, unit_id)
    return list(first.items())


def worst_first(lights: UnitLights) -> tuple[int, ...]:
    """Return the key by which units with more red, then yellow, come first."""
    worst = [-lights.by_colour[colour] for colour in (Colour.RED, Colour.YELLOW)]
    return (*worst, -lights.total, lights.unit.pk)


def signing_duties(actor: Actor) -> QuerySet[Duty]:
    """Return the open sign-offs of the programmes the actor runs."""
    return Duty.objects.filter(
        node=Node.SIGN_OFF,
        state__in=OPEN_STATES,
        item__programme__in=programmes_run(actor),
    )
