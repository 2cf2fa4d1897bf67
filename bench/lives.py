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
from bench.stock.models import BareDuty, StockReport
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
        door = partial(
            action, duty=duty, version=duty.version, by=by, now=now, **more
        )
        self.meter.step(name, door)


WRITTEN = Written("完成主体工程。", 60)


class Stock:
    """The life through viewflow's own view wrappers, forms left out."""

    def __init__(self, scene: Scene, meter: Meter) -> None:
        self.scene, self.meter = scene, meter
        self.process = StockFlow.issue.run()

    def live(self) -> None:
        """Go from dispatch to the end."""
        self.finish("dispatch", "dispatch", "lead")
        for login in WORKERS:
            self.finish("submit", login, login, reports=True)
        self.finish("conclude", "conclude", "lead", reports=True, signers=SIGNERS)
        self.finish("accept", "review", "office", claims=False)
        self.finish("sign_off", "sign_off", "leader", claims=False)

    def finish(
        self,
        name: str,
        place: str,
        login: str,
        *,
        reports: bool = False,
        signers: tuple[str, ...] = (),
        claims: bool = True,
    ) -> None:
        """Claim the task, write what belongs to it, and finish it."""
        node = getattr(StockFlow, place)
        task = Task.objects.get(process=self.process, flow_task=node, status="NEW")
        user = self.scene.people[login]
        path = {"process_pk": self.process.pk, "task_pk": task.pk}
        take = wrap_task_view(node, assign, permission=node.can_assign)
        end = wrap_view(node, node._view)
        if not claims:
            self.meter.step(name, lambda: self.both(take, end, user, path))
            return
        self.meter.step("claim", lambda: take(post(user), **path))
        told = wrap_task_view(node, write_report)
        for author, kind in [(login, "report")] * reports + [
            (signer, "countersign") for signer in signers
        ]:
            person = self.scene.people[author]
            self.meter.step(kind, partial(told, post(person), **path))
        self.meter.step(name, lambda: end(post(user), **path))

    def both(self, take: Action, end: Action, user: Any, path: dict[str, int]) -> None:
        """Claim and decide in one transaction, as one act of ours does."""
        with transaction.atomic():
            take(post(user), **path)
            end(post(user), **path)


def post(user: Any) -> Any:
    """Return a request as far as viewflow's wrappers look at one."""
    return SimpleNamespace(method="POST", user=user)


def assign(request: Any, **_path: int) -> None:
    """Assign the task, as ``AssignTaskView.form_valid`` does."""
    request.activation.assign(request.user)


def write_report(request: Any, **_path: int) -> None:
    """Write a report beside the task."""
    StockReport.objects.create(
        task=request.activation.task,
        author=request.user,
        progress="完成主体工程。",
        percent=60,
    )


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
