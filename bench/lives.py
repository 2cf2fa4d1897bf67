"""One life, lead with three more units, three times: ours, stock viewflow, bare SQL.

Twenty-one steps each: dispatch (2), four units' claim, report, submit (12), the
conclusion with two signatures (5), review (1), sign-off (1). The steps alone are
timed, each in a transaction of its own as a request would have it; finding the next
task is not.
"""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from viewflow.workflow.flow.utils import wrap_task_view, wrap_view
from viewflow.workflow.models import Task

from bench.meter import Meter
from bench.stock.flows import StockFlow
from bench.stock.models import BareDuty
from orgs.models import Person
from tests.workflow.web.scene import CAST, Scene, open_duty
from workflow.actions.claim import claim
from workflow.actions.conclude import conclude
from workflow.actions.countersign import countersign
from workflow.actions.dispatch import dispatch
from workflow.actions.report import Written, report
from workflow.actions.review import accept
from workflow.actions.sign import sign_off
from workflow.actions.submit import submit
from workflow.models import Duty, TaskItem
from workflow.states import Node

WORKERS = ("lead", "support", "support2", "implementer")
SIGNERS = ("support", "support2")

Action = Callable[..., Any]


class Ours:
    """The life through the one door."""

    def __init__(self, scene: Scene, item: TaskItem, meter: Meter) -> None:
        self.scene, self.item, self.meter = scene, item, meter

    def live(self) -> None:
        """Go from dispatch to closed."""
        self.do("claim", claim, Node.DISPATCH, "lead")
        self.do("dispatch", dispatch, Node.DISPATCH, "lead")
        for login in WORKERS:
            self.do("claim", claim, Node.CARRY_OUT, login)
            self.do("report", report, Node.CARRY_OUT, login, written=WRITTEN)
            self.do("submit", submit, Node.CARRY_OUT, login)
        self.do("claim", claim, Node.CONCLUDE, "lead")
        self.do("report", report, Node.CONCLUDE, "lead", written=WRITTEN)
        for login in SIGNERS:
            self.do("countersign", countersign, Node.CONCLUDE, login)
        self.do("conclude", conclude, Node.CONCLUDE, "lead")
        self.do("accept", accept, Node.REVIEW, "office")
        self.do("sign_off", sign_off, Node.SIGN_OFF, "leader")

    def do(
        self, name: str, action: Action, node: Node, login: str, **more: Any
    ) -> None:
        """Do one verb under the watch."""
        unit = self.scene.units[CAST[login][0]] if node == Node.CARRY_OUT else None
        duty: Duty = open_duty(self.item, node, unit)
        by, now = self.scene.actor(login), timezone.now()
        door = partial(action, duty=duty, version=duty.version, by=by, now=now, **more)
        self.meter.step(name, door)


WRITTEN = Written("完成主体工程。", 60)


class Stock:
    """The life through viewflow's own view wrappers, templates left out."""

    def __init__(self, scene: Scene, meter: Meter) -> None:
        self.scene, self.meter = scene, meter
        units = {login: scene.units[CAST[login][0]].pk for login in CAST}
        self.process = StockFlow.issue.run(_process_data={"units": units})

    def live(self) -> None:
        """Go from dispatch to the end."""
        self.take("dispatch", "lead")
        self.finish("dispatch", "dispatch", "lead")
        for login in WORKERS:
            self.take(f"report_{login}", login)
            self.finish("report", f"report_{login}", login)
            self.finish("submit", f"submit_{login}", login)
        self.take("report_result", "lead")
        self.finish("report", "report_result", "lead")
        for login in SIGNERS:
            self.at_once("countersign", f"sign_{login}", login)
        self.finish("conclude", "conclude", "lead")
        self.at_once("accept", "review", "office")
        self.at_once("sign_off", "sign_off", "leader")

    def task(self, place: str) -> tuple[Any, dict[str, int]]:
        """Return the node at ``place`` and the way to its waiting task."""
        node = getattr(StockFlow, place)
        waiting = Task.objects.exclude(status="DONE")
        task = waiting.get(process=self.process, flow_task=node)
        return node, {"process_pk": self.process.pk, "task_pk": task.pk}

    def take(self, place: str, login: str) -> None:
        """Assign the task to the person, whose rights are read anew."""
        node, path = self.task(place)
        door = wrap_task_view(node, assign, permission=node.can_assign)
        user = Person.objects.get(username=login)
        self.meter.step("claim", lambda: door(post(user), **path))

    def finish(self, name: str, place: str, login: str) -> None:
        """Finish the page of whoever has it."""
        node, path = self.task(place)
        door, user = wrap_view(node, node._view), Person.objects.get(username=login)
        self.meter.step(name, lambda: door(post(user), **path))

    def at_once(self, name: str, place: str, login: str) -> None:
        """Assign and finish in one transaction, as one act of ours does."""
        node, path = self.task(place)
        take = wrap_task_view(node, assign, permission=node.can_assign)
        end, user = wrap_view(node, node._view), Person.objects.get(username=login)

        def door() -> None:
            with transaction.atomic():
                take(post(user), **path)
                end(post(user), **path)

        self.meter.step(name, door)


def post(user: Any) -> Any:
    """Return a request as far as viewflow's wrappers look at one."""
    return SimpleNamespace(method="POST", user=user)


def assign(request: Any, **_path: int) -> None:
    """Assign the task, as ``AssignTaskView.form_valid`` does."""
    request.activation.assign(request.user)


STEPS = (
    *("claim", "dispatch"),
    *("claim", "report", "submit") * len(WORKERS),
    *("claim", "report", "countersign", "countersign", "conclude"),
    *("accept", "sign_off"),
)


class Bare:
    """The same steps as one UPDATE and one INSERT each."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.duty = BareDuty.objects.create(unit=1, node="carry_out", state="offered")

    def live(self) -> None:
        """Take as many steps as the others."""
        for version, name in enumerate(STEPS):
            self.meter.step(name, partial(self.write, name, version))

    def write(self, name: str, version: int) -> None:
        """Change the row if it is as it was seen, and say so."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE stock_bareduty SET state = %s, version = version + 1"
                " WHERE id = %s AND version = %s",
                [name, self.duty.pk, version],
            )
            cursor.execute(
                "INSERT INTO stock_bareevent (at, kind, duty, actor)"
                " VALUES (%s, %s, %s, %s)",
                [timezone.now(), name, self.duty.pk, 1],
            )
