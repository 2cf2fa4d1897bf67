"""The tick: one process at a time, everything that waits in one pass."""

from datetime import timedelta

from django.utils import timezone

from journal.models import Outgoing
from notifications.leases import give_back, take
from notifications.models import InboxItem, Lease
from notifications.tick import Tick
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
    assert Tick().run(timezone.now())
    assert TaskList.objects.get().state == ListState.ISSUED
    assert not Outgoing.objects.exists()
    told = InboxItem.objects.filter(person=scene.people["lead"])
    assert told.filter(kind="list.issued").count() == 1


def test_a_second_process_stands_back(scene: Scene) -> None:
    first, second = Tick(), Tick()
    assert first.run(timezone.now())
    assert not second.run(timezone.now())
    first.end()
    assert second.run(timezone.now())
