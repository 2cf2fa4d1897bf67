"""Lists: their index with counts, one list with what it is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from orgs.actors import Actor
from orgs.models import Unit
from workflow.models import TaskItem, TaskList
from workflow.permissions import may_issue
from workflow.queries.rows import Row
from workflow.states import ListState, Stage


@dataclass(frozen=True, slots=True)
class Shown:
    """A list in the index: how many rows the person sees of it, and how many closed."""

    task_list: TaskList
    rows: int
    closed: int


def lists_shown(actor: Actor) -> list[Shown]:
    """Return the visible lists, newest first, with counts of visible rows. Two queries."""
    lists = TaskList.objects.visible_to(actor).select_related("programme")
    counted = (
        TaskItem.objects.visible_to(actor)
        .order_by()
        .values("list")
        .annotate(rows=Count("pk"), closed=Count("pk", filter=Q(stage=Stage.CLOSED)))
    )
    counts = {found["list"]: found for found in counted}
    none = {"rows": 0, "closed": 0}
    return [
        Shown(one, counts.get(one.pk, none)["rows"], counts.get(one.pk, none)["closed"])
        for one in lists
    ]


def units_of(actor: Actor, list_id: int | None = None) -> QuerySet[Unit]:
    """Return the units that have a part in rows the actor sees, for the filter."""
    items = TaskItem.objects.visible_to(actor)
    if list_id is not None:
        items = items.filter(list=list_id)
    units: QuerySet[Unit] = Unit.objects.filter(
        pk__in=items.filter(parts__unit__isnull=False).values("parts__unit")
    )
    return units.order_by("path")


def runs(actor: Actor, task_list: TaskList) -> bool:
    """Return whether the actor issues this list: is of its programme's office."""
    programme = task_list.programme
    return may_issue(actor, programme.pk, programme.office_id) is not None


def can_be_issued(actor: Actor, task_list: TaskList) -> bool:
    """Return whether the actor may issue the list and it has not been issued."""
    return task_list.state == ListState.DRAFT and runs(actor, task_list)


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring rows under one printed group heading."""

    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Section:
    """Neighbouring rows under one printed section heading."""

    title: str
    groups: list[Group]

    @property
    def count(self) -> int:
        """How many rows stand under the heading."""
        return sum(len(group.rows) for group in self.groups)


def as_printed(rows: Iterable[Row]) -> Iterator[Section]:
    """Yield the rows under their section and group headings, in the printed order."""
    for section, among in groupby(rows, key=lambda row: row.item.section):
        groups = groupby(among, key=lambda row: row.item.group)
        yield Section(section, [Group(title, list(found)) for title, found in groups])
