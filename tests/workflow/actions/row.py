"""A row in the hands of the cast: what is open on it, and what its journal tells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from journal.models import Event
from tests.workflow.web import scene as stage
from tests.workflow.web.scene import CAST, Scene
from workflow.actions.report import Written, report
from workflow.models import Duty, TaskItem
from workflow.states import OPEN_STATES, Node


@dataclass
class Row:
    """One row of the scene."""

    scene: Scene
    item: TaskItem

    def unit(self, login: str) -> int:
        """Return the unit of a member of the cast."""
        return self.scene.units[CAST[login][0]].pk

    def duty(self, node: Node, login: str | None = None) -> Duty:
        """Return the open duty at a place, of the unit of ``login``."""
        unit = self.scene.units[CAST[login][0]] if login else None
        return stage.open_duty(self.item, node, unit)

    def do(
        self, action: Callable[..., Any], duty: Duty, login: str, **more: Any
    ) -> Any:
        """Do a verb as ``login``, on the duty as it is now."""
        duty = Duty.objects.get(pk=duty.pk)
        given = {"duty": duty, "version": duty.version, "now": timezone.now()}
        return action(**(given | {"by": self.scene.actor(login)} | more))

    def report(
        self, duty: Duty, login: str, text: str = "完成。", percent: int = 50
    ) -> Any:
        """Report on a duty."""
        return self.do(report, duty, login, written=Written(text, percent))

    @property
    def stage(self) -> str:
        """The stage the row is in now."""
        self.item.refresh_from_db()
        return str(self.item.stage)

    def open_units(self, node: Node) -> set[str]:
        """Return the names of the units that have something open at a place."""
        duties = self.item.duties.filter(node=node, state__in=OPEN_STATES)
        return set(duties.values_list("unit__name", flat=True))

    def told(self, kind: str) -> list[Event]:
        """Return the row's events of a kind, oldest first."""
        events = Event.objects.filter(subject=f"item:{self.item.pk}", kind=kind)
        return list(events.order_by("number"))

    def dispatching(self) -> Duty:
        """Let the lead claim the row."""
        return stage.claimed(self.scene, self.duty(Node.DISPATCH), "lead")

    def working(self) -> None:
        """Send the row to its units."""
        stage.working(self.scene, self.item)

    def handed_in(self, *logins: str) -> None:
        """Let units do their work."""
        for login in logins:
            stage.handed_in(self.scene, self.item, login)

    def concluding(self) -> Duty:
        """Bring the row to its lead's reported conclusion."""
        return stage.concluding(self.scene, self.item)

    def reviewing(self) -> Duty:
        """Bring the row to the office."""
        return stage.reviewing(self.scene, self.item)

    def signing(self) -> Duty:
        """Bring the row to leadership."""
        return stage.signing(self.scene, self.item)
