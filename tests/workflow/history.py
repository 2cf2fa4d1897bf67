"""The history folded: what the journal alone says of a row."""

from dataclasses import dataclass, field

from journal.models import Event
from workflow.models import Duty, TaskItem


@dataclass
class Folded:
    """Stage and duty states as the events tell them."""

    stage: str = "draft"
    states: dict[int, str] = field(default_factory=dict)
    holders: dict[int, int | None] = field(default_factory=dict)


def fold(item: TaskItem) -> Folded:
    """Fold the row's events in their order."""
    folded = Folded()
    for event in Event.objects.filter(subject=f"item:{item.pk}").order_by("number"):
        data = event.data
        if event.kind == "item.issued":
            folded.stage = data["stage"]
        elif event.kind == "item.moved":
            assert data["from"] == folded.stage
            folded.stage = data["to"]
        elif event.kind == "duty.opened":
            folded.states[data["duty"]] = "offered"
            folded.holders[data["duty"]] = None
        elif event.kind.startswith("duty."):
            folded.states[data["duty"]] = data["state"]
            if event.kind == "duty.released":
                folded.holders[data["duty"]] = None
            elif event.kind not in ("duty.reported", "duty.countersigned"):
                folded.holders[data["duty"]] = event.actor["person"]
    return folded


def assert_history_is_the_row(item: TaskItem) -> None:
    """The folded history, the row, its duties and the flow say the same."""
    item.refresh_from_db()
    folded = fold(item)
    assert folded.stage == item.stage
    duties = Duty.objects.filter(item=item).select_related("task")
    assert folded.states == {duty.pk: duty.state for duty in duties}
    assert folded.holders == {duty.pk: duty.holder_id for duty in duties}
    for duty in duties:
        assert (duty.task.status == "DONE") == (duty.state == "submitted")
    process = item.process
    assert process is not None
    assert (process.status == "DONE") == (item.stage == "closed")
    waiting = process.task_set.filter(flow_task_type="HUMAN", status="NEW").count()
    assert waiting == sum(duty.is_open for duty in duties)
