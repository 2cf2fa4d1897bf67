"""The tick: one process at a time, everything that waits in one pass."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from journal.models import Outgoing
from notifications import tick as module
from notifications.hub import hub
from notifications.leases import give_back, take
from notifications.lifespan import Lifespan
from notifications.models import InboxItem, Lease
from notifications.tick import LEASE_SECONDS, Tick, TickThread
from tests.workflow.web import scene as stage
from tests.workflow.web.scene import Scene
from workflow.actions.issue import issue
from workflow.models import TaskList
from workflow.states import ListState


def test_a_lease_has_one_holder_until_it_runs_out(db: None) -> None:
    now = timezone.now()
    assert take("tick", "a", now=now, seconds=60)
    assert not take("tick", "b", now=now, seconds=60)
    assert take("tick", "a", now=now, seconds=60)
    assert take("tick", "b", now=now + timedelta(seconds=61), seconds=60)
    assert not take("tick", "a", now=now + timedelta(seconds=62), seconds=60)
    assert Lease.objects.get().fence == 2


def test_a_lease_given_back_is_free_at_once(db: None) -> None:
    now = timezone.now()
    take("tick", "a", now=now, seconds=60)
    give_back("tick", "a")
    assert take("tick", "b", now=now, seconds=60)


def test_one_pass_issues_expands_and_reminds(scene: Scene) -> None:
    task_list = stage.draft_list(scene, rows=3)
    issue(task_list=task_list, by=scene.actor("office"), now=timezone.now())
    Tick().run(timezone.now())
    assert TaskList.objects.get().state == ListState.ISSUED
    assert not Outgoing.objects.exists()
    told = InboxItem.objects.filter(person=scene.people["lead"])
    assert told.filter(kind="list.issued").count() == 1


def test_a_second_process_leaves_the_deadlines_to_the_first(scene: Scene) -> None:
    first, second, now = Tick(), Tick(), timezone.now()
    assert first.remind(now)
    assert not second.remind(now)
    first.end()
    assert second.remind(now)


def test_a_process_that_died_keeps_nobody_waiting_for_news(scene: Scene) -> None:
    died, next_one, now = Tick(), Tick(), timezone.now()
    died.run(now)
    stage.issued_list(scene, rows=1)
    next_one.run(now)
    assert not Outgoing.objects.exists()
    assert next_one.remind(now + timedelta(seconds=LEASE_SECONDS + 1))


def test_deadlines_are_looked_through_no_more_often_than_set(
    scene: Scene, settings: Any
) -> None:
    settings.SWEEP_SECONDS = 60
    tick, now = Tick(), timezone.now()
    assert tick.remind(now)
    assert not tick.remind(now + timedelta(seconds=59))
    assert tick.remind(now + timedelta(seconds=60))


def test_a_list_that_cannot_be_issued_holds_up_no_news(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(now: object) -> None:
        raise ValueError("planted")

    failing.__name__ = "issue_pending"
    monkeypatch.setattr(module, "issue_pending", failing)
    with pytest.raises(CommandError):
        call_command("tick")
    assert not Outgoing.objects.exists()
    monkeypatch.undo()
    call_command("tick")


@pytest.mark.django_db(transaction=True)
def test_of_several_who_ask_for_a_lease_at_once_one_gets_it() -> None:
    now, gate, got = timezone.now(), threading.Barrier(4), []

    def ask(holder: str) -> None:
        try:
            gate.wait()
            if take("race", holder, now=now, seconds=60):
                got.append(holder)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [Lease.objects.get().holder] == got


@pytest.mark.django_db(transaction=True)
async def test_the_server_starts_the_tick_and_ends_it(
    live_scene: Scene, settings: Any
) -> None:
    settings.EMBEDDED_TICK, settings.TICK_SECONDS = True, 1
    server: Any = ApplicationCommunicator(Lifespan(), {"type": "lifespan"})
    await server.send_input({"type": "lifespan.startup"})
    assert await server.receive_output() == {"type": "lifespan.startup.complete"}
    running = [one for one in threading.enumerate() if isinstance(one, TickThread)]
    assert len(running) == 1
    assert hub.loop is not None
    await server.send_input({"type": "lifespan.shutdown"})
    assert await server.receive_output(30) == {"type": "lifespan.shutdown.complete"}
    assert not running[0].is_alive()
    assert hub.loop is None
