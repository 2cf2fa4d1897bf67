"""Places of the route: people act at a DutyNode, a FanOut opens one for each unit.

Both subclass viewflow's own nodes. The passage under way rides on the process
object (``process.passage``), which viewflow hands from node to node.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone
from viewflow import this
from viewflow.workflow import nodes
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node
from viewflow.workflow.models import Task
from viewflow.workflow.nodes.handle import HandleActivation
from viewflow.workflow.nodes.mixins import NextNodeMixin
from viewflow.workflow.status import PROCESS, STATUS
from viewflow.workflow.token import Token

from workflow import events
from workflow.models import Countersignature, Duty, Participation
from workflow.passage import Passage
from workflow.states import ClosedAs, Role
from workflow.states import Node as Place
from workflow.tokens import finish, insert, link, new_task
from workflow.verbs import Verb

WORK_PLACES = (Place.DISPATCH, Place.CARRY_OUT, Place.CONCLUDE)


def passage_of(activation: Activation) -> Passage:
    """Return the passage that brought the token here."""
    passage: Passage = activation.process.passage
    return passage


def lead_part(passage: Passage) -> Participation:
    """Return the principal lead: the first named of the row's resolved leads."""
    leads = passage.item.parts.filter(role=Role.LEAD, unit__isnull=False)
    lead = leads.first()
    assert lead is not None, "issue() refuses a row without a lead"
    return lead


def barred_from(passage: Passage, place: Place) -> list[int]:
    """Return the people who may not act at ``place`` for what they did before.

    Four eyes: who submitted or countersigned may not review, and who reviewed may
    not sign off either.
    """
    if place in WORK_PLACES:
        return []
    # What one decided at this very place is no bar: who declined may sign off later.
    acted = Q(submitted_by__isnull=False) & ~Q(node=Place.SIGN_OFF)
    if place == Place.REVIEW:
        acted &= Q(node__in=WORK_PLACES)
    item = passage.item
    people = item.duties.filter(acted).order_by().values_list("submitted_by")
    signed = Countersignature.objects.filter(report__item=item).values_list("person")
    return sorted(person for (person,) in people.union(signed))


class DutyActivation(HandleActivation):
    """The token waits here until the one door completes the duty."""

    @classmethod
    def create(
        cls,
        flow_task: Any,
        prev_activation: Activation,
        token: Any,
        data: Any = None,
        seed: Any = None,
    ) -> "DutyActivation":
        """Let the token in: move the row's stage and lay the duty on its unit."""
        passage = passage_of(prev_activation)
        task = new_task(prev_activation.process, flow_task, token)
        insert(task, prev_activation.task)
        passage.move(flow_task.entry)
        duty = new_duty(task, passage, flow_task)
        duty.save(force_insert=True)
        passage.opened([duty])
        return cls(task)

    @Activation.status.super()
    def complete(self) -> None:
        """Write that the place is left."""
        finish(self.task)

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        """Send the token where the verb that was done leads."""
        rule = passage_of(self).rule
        yield self.flow_task.next_after(rule.verb)._create(self, self.task.token)


def new_duty(task: Task, passage: Passage, node: "DutyNode") -> Duty:
    """Return the unsaved duty of the unit that answers for ``node``."""
    part = lead_part(passage) if node.place in WORK_PLACES else None
    programme = passage.item.programme
    unit_ids = {
        Place.REVIEW: programme.office_id,
        Place.SIGN_OFF: programme.leadership_id,
    }
    return Duty(
        task=task,
        process_id=task.process_id,
        item=passage.item,
        part=part,
        unit_id=part.answering_unit_id if part else unit_ids[node.place],
        node=node.place,
        round=passage.item.round,
        barred=barred_from(passage, node.place),
        note=passage.reason,
        opened_at=passage.now,
    )


class DutyNode(nodes.Handle):
    """A place where a unit acts; its ways on are named by the verbs that end it."""

    activation_class = DutyActivation
    task_type = "HUMAN"
    bpmn_element = "userTask"
    shape = {
        "width": 150,
        "height": 100,
        "text-align": "middle",
        "svg": '<rect class="task" width="150" height="100" rx="5" ry="5"/>',
    }

    def __init__(self, place: Place, *, entry: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.place = place
        self.entry = entry
        self.ways: dict[Verb, Any] = {}

    def On(self, verb: Verb, node: Any) -> "DutyNode":  # noqa: N802  viewflow's style
        """Name the node that follows when ``verb`` ends the duty."""
        self.ways[verb] = node
        return self

    def next_after(self, verb: Verb) -> Any:
        """Return the node that follows ``verb``."""
        return self.ways.get(verb, self._next)

    def _resolve(self, cls: Any) -> None:
        super()._resolve(cls)
        self.ways = {verb: this.resolve(cls, node) for verb, node in self.ways.items()}

    def _outgoing(self) -> Iterator[Edge]:
        yield from super()._outgoing()
        for verb, node in self.ways.items():
            yield Edge(self, node, edge_class="cond_true", label=str(verb.label))


class PassingActivation(Activation):
    """A place the token only passes: inserted once, when it has been passed."""

    previous: Task
    # viewflow keeps activations in sets, by the key that this one has not yet.
    __hash__ = object.__hash__

    @classmethod
    def create(
        cls,
        flow_task: Any,
        prev_activation: Activation,
        token: Any,
        data: Any = None,
        seed: Any = None,
    ) -> "PassingActivation":
        """Let the token in; nothing is written yet."""
        activation = cls(new_task(prev_activation.process, flow_task, token))
        activation.previous = prev_activation.task
        return activation

    @Activation.status.super()
    def complete(self) -> None:
        """Write the place, passed."""
        self.task.started = self.task.finished = timezone.now()
        insert(self.task, self.previous)


class FanOutActivation(PassingActivation):
    """Opens one duty for each target of the passage."""

    @Activation.status.super()
    def activate(self) -> None:
        """Keep whom the work goes out to; start the next round."""
        passage = passage_of(self)
        self.task.data = {"parts": [part.pk for part in passage.targets]}
        passage.item.round += 1

    @Activation.status.super()
    def create_next(self) -> Iterator[Activation]:
        """Give each target a token, a task and a duty: three inserts for any number."""
        passage = passage_of(self)
        node = self.flow_task._next
        passage.move(node.entry)
        tasks = self.branch_tasks(node, len(passage.targets))
        duties = Duty.objects.bulk_create(
            work_duty(task, passage, part)
            for task, part in zip(tasks, passage.targets, strict=True)
        )
        passage.opened(duties)
        for task in tasks:
            yield node.activation_class(task)

    def branch_tasks(self, node: "DutyNode", count: int) -> list[Task]:
        """Insert ``count`` viewflow tasks after this one, each with its own token."""
        tokens = Token.split_token_source(self.task.token, self.task.pk)
        tasks: list[Task] = Task.objects.bulk_create(
            new_task(self.process, node, next(tokens)) for _ in range(count)
        )
        link(tasks, self.task)
        return tasks


def work_duty(task: Task, passage: Passage, part: Participation) -> Duty:
    """Return the unsaved duty of one unit that carries out its part."""
    return Duty(
        task=task,
        process_id=task.process_id,
        item=passage.item,
        part=part,
        unit_id=part.answering_unit_id,
        node=Place.CARRY_OUT,
        round=passage.item.round,
        note=passage.reason,
        opened_at=passage.now,
    )


class FanOut(NextNodeMixin, Node):
    """A split into as many branches as the passage has targets."""

    activation_class = FanOutActivation
    task_type = "PARALLEL_GATEWAY"
    bpmn_element = "parallelGateway"
    shape = nodes.Split.shape


class JoinActivation(nodes.Join.activation_class):
    """Waits for every branch; keeps the passage with the token.

    The lock on the row lets one branch in at a time, so what is read here holds.
    """

    all_arrived: bool

    @classmethod
    def create(
        cls,
        flow_task: Any,
        prev_activation: Activation,
        token: Any,
        data: Any = None,
        seed: Any = None,
    ) -> "JoinActivation":
        """Let one branch in; a join that waits already is found again."""
        process = prev_activation.process
        unfinished = list(
            Task.objects.filter(
                process=process, status__in=[STATUS.NEW, STATUS.STARTED]
            ).only("flow_task", "status", "started", "token")
        )
        task = next((one for one in unfinished if one.flow_task == flow_task), None)
        if task is None:
            base = token.get_base_split_token()
            task = new_task(process, flow_task, base, STATUS.STARTED)
            task.save(force_insert=True)
        task.process = process
        link([task], prev_activation.task)
        activation = cls(task)
        branch = token.get_common_split_prefix(task.token, task.pk)
        activation.all_arrived = not any(
            one.token.token.startswith(branch) for one in unfinished
        )
        return activation

    def is_done(self) -> bool:
        """Return whether no branch of this fan-out is still out."""
        return self.all_arrived

    @Activation.status.super()
    def complete(self) -> None:
        """Write that all have arrived."""
        finish(self.task)


class Join(nodes.Join):
    """Where the branches of a fan-out come together."""

    activation_class = JoinActivation


class CloseActivation(PassingActivation, nodes.End.activation_class):
    """Strikes the row off the ledger as the token reaches the end."""

    @Activation.status.super()
    def activate(self) -> None:
        """Close the row with everything that was open about it, then end the flow."""
        passage = passage_of(self)
        item = passage.item
        passage.move("close")
        item.closed_on = timezone.localdate(passage.now)
        item.closed_as = ClosedAs.IMPLEMENTED
        item.parts.filter(open=True).update(open=False)
        passage.tell(events.item_closed(item.pk, kind=item.closed_as))
        process = self.process
        process.status, process.finished = PROCESS.DONE, timezone.now()
        process.save(update_fields=["status", "finished"])


class Close(nodes.End):
    """The end of the route."""

    activation_class = CloseActivation
