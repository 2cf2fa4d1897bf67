"""Issue a whole list (交办): asked for in one act, done in the background in batches."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from journal.record import Happening, record
from orgs.actors import Actor, Membership, fresh
from workflow import events
from workflow.flows import TaskFlow
from workflow.models import Duty, Participation, TaskItem, TaskList
from workflow.passage import told_open
from workflow.permissions import may_issue
from workflow.refusals import NotAllowed, NotPossible, Stale
from workflow.states import ListState, Node, Role, Stage

BATCH = 200


def issue(*, task_list: TaskList, by: Actor, now: datetime) -> TaskList:
    """Ask for the list to be issued; ``issue_batch`` then does it in the background.

    Raises:
        NotAllowed: the actor is not of the programme's office.
        Stale: it is being issued or has been.
        NotPossible: a row has no resolved lead unit; the serials are named.
    """
    with transaction.atomic():
        locked = TaskList.objects.select_related("programme").select_for_update(
            of=("self",)
        )
        task_list = locked.get(pk=task_list.pk)
        standing = may_issue(
            fresh(by), task_list.programme_id, task_list.programme.office_id
        )
        check(task_list, standing)
        task_list.state = ListState.ISSUING
        task_list.issued_on = timezone.localdate(now)
        task_list.save(update_fields=["state", "issued_on"])
        begun = events.list_issuing(task_list.pk, rows=task_list.items.count())
        record([begun], at=now, actor=by.as_record(standing))
    return task_list


def check(task_list: TaskList, standing: Membership | None) -> None:
    """Raise the refusal that applies, if any."""
    if standing is None:
        raise NotAllowed(_("只有督办办公室可以交办清单。"))
    if task_list.state != ListState.DRAFT:
        raise Stale(
            _("该清单当前为“%(state)s”，无需重复交办。")
            % {"state": ListState(task_list.state).label}
        )
    if serials := without_lead(task_list):
        raise NotPossible(
            _("以下任务还没有确定牵头单位，请先在核对页确认：%(serials)s。")
            % {"serials": "、".join(serials)}
        )


def without_lead(task_list: TaskList) -> list[str]:
    """Return the serials of the rows that cannot be issued for want of a lead."""
    leads = Participation.objects.filter(role=Role.LEAD, unit__isnull=False)
    rows = task_list.items.exclude(pk__in=leads.values("item"))
    return list(rows.values_list("serial", flat=True))


def issue_batch(*, task_list: TaskList, now: datetime, size: int = BATCH) -> int:
    """Issue the next ``size`` rows in one transaction; return how many are left.

    The number of statements does not depend on how many rows there are. A crash
    between batches loses nothing: the next call goes on where this one stopped.
    """
    with transaction.atomic():
        locked = TaskList.objects.select_for_update().get(pk=task_list.pk)
        if locked.state != ListState.ISSUING:
            return 0
        items = list(locked.items.filter(stage=Stage.DRAFT).order_by("position")[:size])
        happenings = open_rows(items, now)
        left = locked.items.filter(stage=Stage.DRAFT).count()
        locked.rows_issued += len(items)
        if not left:
            locked.state = ListState.ISSUED
            happenings.append(events.list_issued(locked.pk, rows=locked.rows_issued))
        locked.save(update_fields=["rows_issued", "state"])
        record(happenings, at=now, actor={"system": "issue"})
    return left


def open_rows(items: list[TaskItem], now: datetime) -> list[Happening]:
    """Start the flow of each row and lay its first duty on its lead."""
    if not items:
        return []
    duties = Duty.objects.bulk_create(first_duties(items, first_tasks(items), now))
    happenings = []
    for item, duty in zip(items, duties, strict=True):
        item.begin_dispatching()
        item.issued_on = timezone.localdate(now)
        item.version += 1
        happenings += [
            events.item_issued(item.pk, stage=item.stage),
            told_open(duty, quiet=True),
        ]
    write_rows(items)
    return happenings


def write_rows(items: list[TaskItem]) -> None:
    """Write what issuing changed on the rows: the same for all but their process.

    Each row finds its process in its first duty, so one plain update does for any
    number; a CASE with a branch a row takes as long as all the rest together.
    """
    first = Duty.objects.filter(item=OuterRef("pk")).values("process")[:1]
    TaskItem.objects.filter(pk__in=[item.pk for item in items]).update(
        process=Subquery(first),
        stage=items[0].stage,
        issued_on=items[0].issued_on,
        version=F("version") + 1,
    )


def first_tasks(items: list[TaskItem]) -> list[Task]:
    """Insert the process of each row, its finished start and its waiting first task."""
    processes = Process.objects.bulk_create(Process(flow_class=TaskFlow) for _ in items)
    for item, process in zip(items, processes, strict=True):
        item.process = process
    starts = Task.objects.bulk_create(
        started_task(process, TaskFlow.issue, STATUS.DONE) for process in processes
    )
    firsts: list[Task] = Task.objects.bulk_create(
        started_task(process, TaskFlow.dispatch, STATUS.NEW) for process in processes
    )
    link = Task.previous.through
    link.objects.bulk_create(
        link(from_task_id=first.pk, to_task_id=start.pk)
        for first, start in zip(firsts, starts, strict=True)
    )
    return firsts


def started_task(process: Process, node: object, status: str) -> Task:
    """Return an unsaved viewflow task of ``process`` at ``node``."""
    done = timezone.now() if status == STATUS.DONE else None
    return Task(
        process=process,
        flow_task=node,
        flow_task_type=node.task_type,  # type: ignore[attr-defined]
        status=status,
        token=Token("start"),
        started=done,
        finished=done,
    )


def first_duties(items: list[TaskItem], tasks: list[Task], now: datetime) -> list[Duty]:
    """Return the unsaved first duty of each row, laid on its principal lead."""
    leads: dict[int, Participation] = {}
    parts = Participation.objects.filter(
        item__in=items, role=Role.LEAD, unit__isnull=False
    )
    for part in parts.order_by("item", "position", "id"):
        leads.setdefault(part.item_id, part)
    return [
        Duty(
            task=task,
            process_id=task.process_id,
            item=item,
            part=leads[item.pk],
            unit_id=leads[item.pk].answering_unit_id,
            node=Node.DISPATCH,
            opened_at=now,
        )
        for item, task in zip(items, tasks, strict=True)
    ]


def issue_pending(now: datetime) -> None:
    """Go on with every list that is being issued; called by the tick."""
    for task_list in TaskList.objects.filter(state=ListState.ISSUING):
        while issue_batch(task_list=task_list, now=now):
            pass
