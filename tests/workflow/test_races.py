"""Races with real connections: one winner, one join, nothing done twice."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from journal.verify import flaws
from orgs.actors import Actor
from tests.workflow.history import assert_history_is_the_row
from tests.workflow.web import scene as stage
from tests.workflow.web.scene import CAST, WORKERS, Scene
from workflow.actions.claim import claim
from workflow.actions.issue import issue, issue_pending
from workflow.actions.report import Written, report
from workflow.actions.submit import submit
from workflow.flows import TaskFlow
from workflow.models import Duty, TaskItem
from workflow.refusals import Refused, Stale
from workflow.states import Node

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return stage.scene()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run the works at the same moment on connections of their own."""
    line = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            line.wait()
            results[place] = work()
        except Refused as refused:
            results[place] = refused
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(place, work))
        for place, work in enumerate(works)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def claiming(duty: Duty, by: Actor) -> Callable[[], Duty]:
    return lambda: claim(duty=duty, version=0, by=by, now=timezone.now())


def race_for_claims(scene: Scene, rows: int) -> None:
    """Let six people of one unit claim each row; one wins, the others hear who."""
    actors = [scene.actor("lead"), scene.actor("lead2")] * 3
    for item in stage.issued_list(scene, rows=rows).items.all():
        duty = stage.open_duty(item, Node.DISPATCH)
        results = at_once(*(claiming(duty, by) for by in actors))
        winners = [one for one in results if isinstance(one, Duty)]
        losers = [one for one in results if isinstance(one, Stale)]
        assert (len(winners), len(losers)) == (1, len(actors) - 1)
        duty.refresh_from_db()
        assert duty.holder is not None
        assert all(
            duty.holder.name in loser.sentence or "您刚才" in loser.sentence
            for loser in losers
        )
        assert_history_is_the_row(item)


def test_one_claim_wins_and_the_others_are_told_the_holder(scene: Scene) -> None:
    race_for_claims(scene, rows=5)


@pytest.mark.deep
def test_many_claims_have_one_winner_each(scene: Scene) -> None:
    race_for_claims(scene, rows=150)


def ready_to_submit(scene: Scene, item: TaskItem) -> list[tuple[Duty, Actor]]:
    """Bring every unit to the moment before it submits."""
    stage.working(scene, item)
    ready = []
    for login in WORKERS:
        by, unit = scene.actor(login), scene.units[CAST[login][0]]
        duty = stage.claimed(scene, stage.open_duty(item, Node.CARRY_OUT, unit), login)
        report(
            duty=duty,
            version=duty.version,
            by=by,
            now=timezone.now(),
            written=Written("完成", 100),
        )
        duty.refresh_from_db()
        ready.append((duty, by))
    return ready


def submitting(duty: Duty, by: Actor) -> Callable[[], Duty]:
    return lambda: submit(duty=duty, version=duty.version, by=by, now=timezone.now())


def race_for_joins(scene: Scene, rows: int) -> None:
    """Let all units submit at once, each twice: the lead is woken exactly once."""
    for item in stage.issued_list(scene, rows=rows).items.all():
        ready = ready_to_submit(scene, item)
        results = at_once(*(submitting(duty, by) for duty, by in ready * 2))
        assert sum(isinstance(one, Duty) for one in results) == len(ready)
        assert Duty.objects.filter(item=item, node=Node.CONCLUDE).count() == 1
        assert item.process is not None or item.refresh_from_db() is None
        joins = item.process.task_set.filter(flow_task=TaskFlow.join)
        assert [join.status for join in joins] == ["DONE"]
        assert_history_is_the_row(item)


def test_a_join_fires_once_however_its_branches_arrive(scene: Scene) -> None:
    race_for_joins(scene, rows=3)


@pytest.mark.deep
def test_many_joins_fire_once_each(scene: Scene) -> None:
    race_for_joins(scene, rows=60)


def test_two_who_issue_one_list_issue_it_once(scene: Scene) -> None:
    task_list = stage.draft_list(scene, rows=8)
    office = [scene.actor("office"), scene.actor("office2")]

    def issuing(by: Actor) -> Callable[[], Any]:
        return lambda: issue(task_list=task_list, by=by, now=timezone.now())

    results = at_once(*(issuing(by) for by in office))
    assert sum(isinstance(one, Stale) for one in results) == 1
    at_once(*(lambda: issue_pending(timezone.now()) for _ in range(3)))
    assert Duty.objects.filter(item__list=task_list).count() == 8
    assert list(flaws()) == []


def test_acts_on_different_rows_do_not_wait_for_each_other_for_ever(
    scene: Scene,
) -> None:
    rows = list(stage.issued_list(scene, rows=6).items.all())
    duties = [stage.open_duty(item, Node.DISPATCH) for item in rows]
    by = scene.actor("lead")
    results = at_once(*(claiming(duty, by) for duty in duties))
    assert all(isinstance(one, Duty) for one in results)
    assert list(flaws()) == []


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Plant the bug: no lock, no version check, an update that holds for anything."""
    from contextlib import nullcontext

    import workflow.act as act

    def change(passage: Any) -> None:
        duty = passage.duty
        getattr(duty, passage.rule.transition)(
            by_id=passage.actor.person_id, now=passage.now
        )
        Duty.objects.filter(pk=duty.pk).update(state=duty.state, holder=duty.holder_id)

    monkeypatch.setattr(TaskFlow, "lock_impl", lambda *given: nullcontext())
    monkeypatch.setattr(TaskFlow, "lock", lambda pk: nullcontext(), raising=False)
    monkeypatch.setattr(act, "change", change)
    monkeypatch.setattr(act, "write", lambda passage: None)
    return


@pytest.mark.usefixtures("unlocked")
def test_the_harness_catches_a_door_without_a_lock(scene: Scene) -> None:
    if connection.vendor == "sqlite":
        pytest.xfail("SQLite writes one after the other, lock or no lock")
    with pytest.raises(AssertionError):
        race_for_claims(scene, rows=30)
