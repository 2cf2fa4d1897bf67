"""The demo: two real lists, every stage, people marked as invented, loaded once."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from demo.load import load, load_once
from demo.pace import HOURS
from demo.people import MARK
from journal.models import Event
from journal.verify import flaws
from orgs.models import Person
from workflow.models import Duty, Report, TaskItem, TaskList
from workflow.states import ListState, Stage


@pytest.fixture
def demo(db: None) -> None:
    load(timezone.now())


@pytest.mark.usefixtures("demo")
def test_the_demo_is_whole() -> None:
    lists = TaskList.objects.order_by("pk")
    assert [one.items.count() for one in lists] == [111, 83]
    assert {one.state for one in lists} == {ListState.ISSUED}
    found = set(TaskItem.objects.values_list("stage", flat=True))
    assert found == set(Stage.values) - {Stage.DRAFT}
    assert list(flaws()) == []
    assert not Event.objects.filter(at__gt=timezone.now()).exists()
    # The printed text stays, the day moves so that today falls inside.
    row = TaskItem.objects.get(list=lists[0], serial="1")
    year = timezone.localdate().year
    assert (row.deadline_raw, row.due_date and row.due_date.year) == ("2020年", year)
    assert row.parts.filter(role="implementer").count() == 9
    assert not Person.objects.exclude(demo=True, name__startswith=MARK).exists()
    assert not Report.objects.exclude(progress__contains="演示").exists()
    assert Duty.objects.exclude(note="").exists()
    assert Duty.objects.filter(round__gt=1).exists()
    told = Event.objects.exclude(kind__startswith="unit.").order_by("number")
    moments = list(told.values_list("at", flat=True))
    assert moments == sorted(moments)
    hours = {timezone.localtime(moment).hour for moment in moments[:-1]}
    assert hours <= {*HOURS, timezone.localtime(moments[-1]).hour}
    overriding = Event.objects.filter(kind="duty.concluded")
    assert any("override_reason" in event.data for event in overriding)
    assert Event.objects.filter(kind="duty.declined").exists()
    before = Event.objects.count()
    assert load_once() is False
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_loading_over_real_data_is_refused() -> None:
    Person.objects.create(username="real", name="张三")
    assert load_once() is False
    assert not TaskList.objects.exists()


@pytest.mark.once
@pytest.mark.usefixtures("demo")
def test_the_command_names_who_can_be_tried_and_they_can_log_in(
    capsys: pytest.CaptureFixture[str], settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    call_command("load_demo")
    printed = capsys.readouterr().out
    page = Client().get("/login/").content.decode()
    for username in ("office", "shengtai", "chengguan", "leader"):
        assert username in printed
        assert username in page
    browser = Client()
    typed = {"username": "leader", "password": "qingdan-demo"}
    assert browser.post("/login/", typed).status_code == 302
    assert "演示系统" in browser.get("/").content.decode()
