"""The one door: the only way a duty changes, whoever knocks.

In one transaction: lock the row's process, read again, check the version and the
right, do the verb's own part, move the duty and the flow, write the journal. A loser
of a race is told who was first. Locks are taken in the order process → duty → item →
journal, so no two acts can wait for each other.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from journal.record import Happening, record
from orgs.actors import Actor, fresh
from workflow import events
from workflow.flows import TaskFlow
from workflow.models import Duty
from workflow.passage import Passage
from workflow.permissions import holder_of, refusal, standing_for
from workflow.refusals import NotPossible, Refused, Stale
from workflow.states import DutyState
from workflow.verbs import RULES, Verb

# What an act may change on the row itself.
ROW_FIELDS = ["stage", "round", "percent", "closed_on", "closed_as", "version"]

# What an act looks at; the rest of these wide rows stays in the database.
ROW = ["programme_id", "process_id", "due_date", *ROW_FIELDS]
TOKEN = ["flow_task", "status", "started", "token", "process__flow_class"]
DUTY = ["process_id", "part_id", "unit_id", "node", "state", "holder_id", "barred"]
DUTY += ["submitted_by_id", "claimed_at", "ended_at", "version", "round"]
READ = [*DUTY, *(f"item__{name}" for name in ROW)]
# Few tables: planning a wide join costs the database more than answering it.
WITH_ROW = Duty.objects.select_related("item").only(*READ)
WITH_TASK = Duty.objects.select_related("item", "task__process").only(
    *READ, *(f"task__{name}" for name in TOKEN)
)

Effect = Callable[[Passage], dict[str, object] | None]


def act(
    *,
    duty: Duty,
    verb: Verb,
    by: Actor,
    version: int,
    now: datetime,
    reason: str = "",
    effect: Effect | None = None,
) -> Duty:
    """Do ``verb`` to ``duty`` on behalf of ``by``; return the duty as it is now.

    ``version`` is the duty's as the person saw it. ``effect`` is the verb's own part:
    it runs under the lock after all checks, may write side rows and set the passage's
    targets, and returns what the event shall tell beside the usual.

    Raises:
        Stale: somebody acted since that version (409).
        NotAllowed: no right, or barred by four eyes (403).
        NotPossible: a reason is missing, or the effect cannot be done (422).
    """
    rule = RULES[verb]
    reason = reason.strip()
    with TaskFlow.lock(duty.process_id):
        passage = enter(duty.pk, verb, fresh(by), now)
        passage.reason = reason
        check(passage, version)
        told = (effect(passage) if effect else None) or {}
        change(passage)
        passage.happenings.insert(0, told_of(passage, told))
        if rule.routes:
            route(passage)
        write(passage)
    return passage.duty


def enter(duty_id: int, verb: Verb, by: Actor, now: datetime) -> Passage:
    """Read the duty with all that decides on it, now that its row is locked."""
    rule = RULES[verb]
    duty = (WITH_TASK if rule.routes else WITH_ROW).get(pk=duty_id)
    if rule.by_supports:
        prefetch_related_objects([duty.item], "parts")
    return Passage(
        item=duty.item,
        now=now,
        actor=by,
        standing=standing_for(by, rule, duty),
        duty=duty,
        rule=rule,
    )


def check(passage: Passage, version: int) -> None:
    """Raise the refusal that applies, if any."""
    duty, actor, rule = passage.duty, passage.actor, passage.rule
    refused = refusal(actor, rule, duty)
    if refused:
        raise own_doing(actor, duty) or refused
    if duty.version != version:
        raise Stale(
            _("页面已过时：%(holder)s刚刚办理过，请刷新后再操作。")
            % {"holder": holder_of(duty)}
        )
    if rule.needs_reason and not passage.reason:
        raise NotPossible(_("请填写理由，对方需要知道为什么。"), field="reason")


def own_doing(actor: Actor, duty: Duty) -> Refused | None:
    """Return the kinder sentence for a person who pressed twice."""
    if duty.is_open or duty.submitted_by_id != actor.person_id:
        return None
    return Stale(_("您刚才已经办理过，无需重复提交。"))


def change(passage: Passage) -> None:
    """Move the duty by its FSM; the update holds only for the version read."""
    duty, rule, actor = passage.duty, passage.rule, passage.actor
    if not (rule.transition or rule.renews):
        return
    if rule.transition:
        move = getattr(duty, rule.transition)
        move(by_id=actor.person_id, now=passage.now)
    changed = Duty.objects.filter(pk=duty.pk, version=duty.version).update(
        state=duty.state,
        holder=duty.holder_id,
        submitted_by=duty.submitted_by_id,
        claimed_at=duty.claimed_at,
        ended_at=duty.ended_at,
        version=duty.version + rule.renews,
    )
    if not changed:
        raise Stale(_("页面已过时，请刷新后再操作。"))
    duty.version += rule.renews


def told_of(passage: Passage, told: dict[str, object]) -> Happening:
    """Return the event of the verb itself."""
    duty, rule = passage.duty, passage.rule
    base: dict[str, object] = {
        "duty": duty.pk,
        "unit": duty.unit_id,
        "node": duty.node,
        "state": DutyState(duty.state).value,
    }
    if passage.reason:
        base["reason"] = passage.reason
    return events.duty_acted(rule.past, duty.item_id, **base, **told)


def route(passage: Passage) -> None:
    """Complete the duty's place in the flow and let the token move on."""
    task = passage.duty.task
    task.process.passage = passage
    node = task.flow_task
    activation = node.activation_class(task)
    activation.run(None)
    activation.execute()


def write(passage: Passage) -> None:
    """Write the row if the act moved it, then the journal, last of all."""
    if passage.row_changed:
        passage.item.version += 1
        passage.item.save(update_fields=ROW_FIELDS)
    actor = passage.actor.as_record(passage.standing)
    record(passage.happenings, at=passage.now, actor=actor)
