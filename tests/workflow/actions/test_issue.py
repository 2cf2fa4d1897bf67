"""立项 and 交办."""

from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journal.models import Event
from tests.workflow.web.scene import Scene, draft_list, issued_list, planned
from workflow.actions.issue import issue, issue_batch, issue_pending
from workflow.actions.register import Part, register
from workflow.models import Duty, TaskItem, TaskList
from workflow.refusals import NotAllowed, NotPossible, Stale
from workflow.states import Role, Stage


def statements_of_issuing(scene: Scene, rows: int) -> int:
    task_list = draft_list(scene, rows)
    with CaptureQueriesContext(connection) as told:
        issue(task_list=task_list, by=scene.actor("office"), now=timezone.now())
        issue_batch(task_list=task_list, now=timezone.now())
    assert (
        TaskItem.objects.filter(list=task_list, stage=Stage.DISPATCHING).count() == rows
    )
    return len(told)


def test_a_long_list_is_issued_in_as_few_statements_as_a_short_one(
    scene: Scene,
) -> None:
    one, many = statements_of_issuing(scene, 1), statements_of_issuing(scene, 111)
    # SQLite takes a bounded number of parameters a statement: some more inserts.
    assert many <= one + (0 if connection.vendor == "postgresql" else 24)
    assert many <= 60


def test_issuing_goes_on_where_a_crash_stopped_it(scene: Scene) -> None:
    task_list = draft_list(scene, rows=7)
    issue(task_list=task_list, by=scene.actor("office"), now=timezone.now())
    assert issue_batch(task_list=task_list, now=timezone.now(), size=3) == 4
    task_list.refresh_from_db()
    assert (task_list.state, task_list.rows_issued) == ("issuing", 3)
    issue_pending(timezone.now())
    task_list.refresh_from_db()
    assert (task_list.state, task_list.rows_issued) == ("issued", 7)
    assert Duty.objects.count() == 7
    issue_pending(timezone.now())
    assert Duty.objects.count() == 7
    kinds = [
        event.kind for event in Event.objects.filter(subject=f"list:{task_list.pk}")
    ]
    assert kinds == ["list.issuing", "list.issued"]


def test_a_batch_that_fails_leaves_nothing_half_done(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    task_list = draft_list(scene, rows=3)
    issue(task_list=task_list, by=scene.actor("office"), now=timezone.now())

    def break_off(*_given: object, **_more: object) -> None:
        raise RuntimeError("断电")

    monkeypatch.setattr("workflow.actions.issue.record", break_off)
    with pytest.raises(RuntimeError):
        issue_batch(task_list=task_list, now=timezone.now())
    monkeypatch.undo()
    assert not Duty.objects.exists()
    issue_pending(timezone.now())
    assert Duty.objects.count() == 3


def test_a_list_nobody_issued_is_not_opened_by_the_background(scene: Scene) -> None:
    task_list = draft_list(scene)
    assert issue_batch(task_list=task_list, now=timezone.now()) == 0
    issue_pending(timezone.now())
    assert not Duty.objects.exists()
    task_list.refresh_from_db()
    assert task_list.state == "draft"


def test_a_list_is_issued_once(scene: Scene) -> None:
    task_list = issued_list(scene)
    with pytest.raises(Stale, match="已交办"):
        issue(task_list=task_list, by=scene.actor("office"), now=timezone.now())


@pytest.mark.parametrize("login", ["lead", "leader", "observer", "administrator"])
def test_only_the_office_registers_and_issues(scene: Scene, login: str) -> None:
    task_list, by = draft_list(scene), scene.actor(login)
    with pytest.raises(NotAllowed):
        issue(task_list=task_list, by=by, now=timezone.now())
    with pytest.raises(NotAllowed):
        register(
            programme=scene.programme,
            title="清单",
            rows=[planned(scene, 1)],
            by=by,
            now=timezone.now(),
        )
    assert TaskList.objects.count() == 1


def test_a_row_without_a_lead_holds_the_list_back_and_is_named(scene: Scene) -> None:
    vague: Sequence[Part] = [Part(Role.LEAD, "有关部门")]
    task_list = draft_list(scene, rows=2)
    register(
        programme=scene.programme,
        title="模糊",
        rows=[planned(scene, 1), planned(scene, 28, parts=vague)],
        by=scene.actor("office"),
        now=timezone.now(),
    )
    unclear = TaskList.objects.get(title="模糊")
    with pytest.raises(NotPossible, match="28"):
        issue(task_list=unclear, by=scene.actor("office"), now=timezone.now())
    issue(task_list=task_list, by=scene.actor("office"), now=timezone.now())
    issue_pending(timezone.now())
    assert set(Duty.objects.values_list("item__list", flat=True)) == {task_list.pk}


@pytest.mark.parametrize(("title", "rows"), [(" ", 1), ("清单", 0)])
def test_an_empty_list_or_title_is_refused(scene: Scene, title: str, rows: int) -> None:
    with pytest.raises(NotPossible):
        register(
            programme=scene.programme,
            title=title,
            rows=[planned(scene, serial) for serial in range(1, rows + 1)],
            by=scene.actor("office"),
            now=timezone.now(),
        )
    assert not TaskList.objects.exists()
