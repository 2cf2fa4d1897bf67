"""The route of a row as a drawing, from the flow's own graph, with the token in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext

from workflow.flows import TaskFlow
from workflow.models import Duty, TaskItem
from workflow.nodes import DutyNode
from workflow.states import DutyState, Node, Stage

START = "issue"
# Pixels of the drawing.
BOX, DOT, GATE, GAP = (104, 46), (30, 30), (26, 26), 24
MIDDLE, STEP_DOWN = 44, 22


@dataclass(frozen=True, slots=True)
class Shape:
    """One place of the route: a box for people, a gate for a split, a dot at the ends.

    ``x`` and ``y`` are its centre; ``look`` is ``now``, ``done`` or empty.
    """

    name: str
    kind: str
    label: str
    x: int
    y: int
    width: int
    height: int
    look: str
    note: str = ""

    @property
    def left(self) -> int:
        """The left edge."""
        return self.x - self.width // 2

    @property
    def right(self) -> int:
        """The right edge."""
        return self.x + self.width // 2

    @property
    def top(self) -> int:
        """The upper edge."""
        return self.y - self.height // 2

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Line:
    """One way between places, as an SVG path; a way back has a label under it."""

    path: str
    done: bool = False
    back: bool = False
    label: str = ""
    x: int = 0
    y: int = 0


@dataclass(slots=True)
class Diagram:
    """The whole drawing, and the route in words for those who do not see it."""

    width: int
    height: int
    shapes: list[Shape]
    lines: list[Line] = field(default_factory=list)

    @property
    def steps(self) -> list[Shape]:
        """The places where people act and the ends, in order."""
        return [shape for shape in self.shapes if shape.kind != "gate"]


def diagram_of(item: TaskItem, duties: Iterable[Duty]) -> Diagram:
    """Return the drawing for the row; ``duties`` are all of its duties."""
    duties = list(duties)
    route = main_route()
    shapes = list(placed(route, looks(item, duties, route), notes(item, duties)))
    forward = [straight(one, two) for one, two in pairwise(shapes)]
    backward = list(ways_back(route, shapes))
    deepest = max((line.y for line in backward), default=MIDDLE)
    return Diagram(
        shapes[-1].right + GAP, deepest + STEP_DOWN, shapes, forward + backward
    )


def main_route() -> list[Any]:
    """Return the flow's nodes from start to end by each node's first way on."""
    node: Any = TaskFlow.instance.node(START)
    route: list[Any] = []
    while node is not None and node not in route:
        route.append(node)
        node = next((edge.dst for edge in edges_from(node)), None)
    return route


def edges_from(node: Any) -> list[Any]:
    """Return the ways on from ``node``, as viewflow's own chart asks for them."""
    return list(node._outgoing())  # noqa: SLF001  there is no public name for it


def looks(item: TaskItem, duties: list[Duty], route: list[Any]) -> dict[str, str]:
    """Return how far each place is, by its name: passed, holding the token, ahead."""
    names = [node.name for node in route]
    if item.stage == Stage.CLOSED:
        return dict.fromkeys(names, "done")
    holding = {duty.node for duty in duties if duty.is_open}
    if not holding:
        return {}
    first = min(names.index(name) for name in holding)
    passed = dict.fromkeys(names[:first], "done")
    return passed | dict.fromkeys(holding, "now")


def notes(item: TaskItem, duties: list[Duty]) -> dict[str, str]:
    """Return what stands under a place: how many units have handed in this round."""
    branches = [
        duty
        for duty in duties
        if duty.node == Node.CARRY_OUT and duty.round == item.round
    ]
    if not branches:
        return {}
    done = sum(duty.state == DutyState.SUBMITTED for duty in branches)
    return {Node.CARRY_OUT.value: f"{done} / {len(branches)}"}


def placed(
    route: list[Any], look: dict[str, str], note: dict[str, str]
) -> Iterator[Shape]:
    """Yield the places from left to right."""
    left = GAP // 2
    for place, node in enumerate(route):
        kind = kind_of(node, place in (0, len(route) - 1))
        width, height = {"box": BOX, "gate": GATE, "dot": DOT}[kind]
        yield Shape(
            name=node.name,
            kind=kind,
            label=label_of(node),
            x=left + width // 2,
            y=MIDDLE,
            width=width,
            height=height,
            look=look.get(node.name, ""),
            note=note.get(node.name, ""),
        )
        left += width + GAP


def kind_of(node: Any, at_the_end: bool) -> str:
    """Return how the node is drawn."""
    if at_the_end:
        return "dot"
    return "box" if isinstance(node, DutyNode) else "gate"


def label_of(node: Any) -> str:
    """Return the node's word in the reader's language."""
    if isinstance(node, DutyNode):
        return str(node.place.label)
    return gettext(str(node.task_title))


def straight(one: Shape, two: Shape) -> Line:
    """Return the way from one place to the next."""
    return Line(f"M{one.right} {one.y}H{two.left - 5}", done=bool(two.look))


def ways_back(route: list[Any], shapes: list[Shape]) -> Iterator[Line]:
    """Yield the ways on which a row is returned, each below the last."""
    index = {node: place for place, node in enumerate(route)}
    depth = MIDDLE + BOX[1] // 2 + STEP_DOWN
    for node in route:
        for edge in edges_from(node):
            for target in landings(edge.dst, index):
                if index[target] <= index[node]:
                    label = str(edge.label or "")
                    yield under(
                        shapes[index[node]], shapes[index[target]], depth, label
                    )
                    depth += STEP_DOWN


def landings(node: Any, index: dict[Any, int]) -> list[Any]:
    """Return the places of the main route that ``node`` is or leads to at once."""
    if node in index:
        return [node]
    return [edge.dst for edge in edges_from(node) if edge.dst in index]


def under(one: Shape, two: Shape, depth: int, label: str) -> Line:
    """Return the way back from ``one`` to ``two`` that runs at ``depth``."""
    path = f"M{one.x} {one.bottom}V{depth}H{two.x}V{two.bottom + 5}"
    return Line(path, back=True, label=label, x=(one.x + two.x) // 2, y=depth)
