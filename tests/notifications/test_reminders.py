"""Deadline reminders: each kind once, the latest only, one message for many rows."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from notifications import reminders as module
from notifications.models import InboxItem, Reminder
from notifications.reminders import DAYS_BEFORE, kind_of, sweep
from tests.workflow.web import scene as stage
from tests.workflow.web.scene import Scene
from workflow.models import TaskItem
from workflow.states import Precision

DUE = date(2026, 12, 31)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def reminders(scene: Scene, login: str) -> list[str]:
    rows = InboxItem.objects.filter(person=scene.people[login], kind="reminder")
    return list(rows.order_by("number").values_list("title", flat=True))


@pytest.mark.parametrize(
    ("left", "kind"),
    [
        (31, None),
        (30, "30"),
        (29, "30"),
        (16, "30"),
        (15, "15"),
        (7, "7"),
        (5, "7"),
        (3, "3"),
        (2, "3"),
        (1, "1"),
        (0, "0"),
        (-1, "late-0"),
        (-7, "late-0"),
        (-8, "late-1"),
        (-15, "late-2"),
    ],
)
def test_the_kind_that_stands_on_a_day(left: int, kind: str | None) -> None:
    assert kind_of(DUE, DUE - timedelta(days=left)) == kind


@given(days=st.integers(-400, 60))
def test_kinds_change_only_on_their_days(days: int) -> None:
    today = DUE - timedelta(days=days)
    changed = kind_of(DUE, today) != kind_of(DUE, today - timedelta(days=1))
    weekly = days < 0 and (-days - 1) % 7 == 0
    assert changed == (days in DAYS_BEFORE or weekly)


def test_each_kind_reminds_once_over_a_year(scene: Scene) -> None:
    stage.issued_list(scene, rows=1)
    day = date(2026, 11, 1)
    while day <= date(2027, 1, 20):
        sweep(at(day))
        sweep(at(day))
        day += timedelta(days=1)
    assert reminders(scene, "lead") == [
        "距完成时限（2026年）还有 30 天",
        "距完成时限（2026年）还有 15 天",
        "距完成时限（2026年）还有 7 天",
        "距完成时限（2026年）还有 3 天",
        "距完成时限（2026年）还有 1 天",
        "今天到期（完成时限 2026年）",
        "已逾期 1 天（完成时限 2026年）",
        "已逾期 8 天（完成时限 2026年）",
        "已逾期 15 天（完成时限 2026年）",
    ]
    assert reminders(scene, "outsider") == []


def test_after_a_pause_only_the_latest_is_sent(scene: Scene) -> None:
    stage.issued_list(scene, rows=1)
    sweep(at(date(2026, 12, 1)))
    sweep(at(date(2026, 12, 29)))
    assert reminders(scene, "lead")[1:] == ["距完成时限（2026年）还有 2 天"]


def test_many_rows_due_on_one_day_are_one_message(scene: Scene) -> None:
    stage.issued_list(scene, rows=94)
    sweep(at(date(2026, 12, 1)))
    row = InboxItem.objects.get(person=scene.people["lead"], kind="reminder")
    assert "共 94 项任务" in row.text
    assert Reminder.objects.filter(person=scene.people["lead"]).count() == 94


def test_rows_of_two_lists_lead_each_to_their_own(scene: Scene) -> None:
    lists = [stage.issued_list(scene, rows=2) for _one in range(2)]
    sweep(at(date(2026, 12, 1)))
    rows = InboxItem.objects.filter(person=scene.people["lead"], kind="reminder")
    assert set(rows.values_list("url", flat=True)) == {
        f"/lists/{one.pk}/?due_on=2026-12-31" for one in lists
    }


def test_a_year_is_not_told_as_its_last_day_nor_the_day_as_a_year(scene: Scene) -> None:
    items = stage.issued_list(scene, rows=4).items.order_by("position")
    for item in items[:2]:
        TaskItem.objects.filter(pk=item.pk).update(deadline_precision=Precision.DAY)
    sweep(at(DUE))
    assert sorted(reminders(scene, "lead")) == [
        "今天到期（完成时限 2026-12-31）",
        "今天到期（完成时限 2026年）",
    ]


def test_a_deadline_moved_during_the_sweep_is_not_told(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    honest = module.wanted_reminders

    def moved_meanwhile(*args: Any) -> list[Reminder]:
        wanted = honest(*args)
        TaskItem.objects.filter(pk=item.pk).update(
            due_date=date(2027, 6, 30), due_version=2
        )
        return wanted

    monkeypatch.setattr(module, "wanted_reminders", moved_meanwhile)
    assert sweep(at(DUE)) == 0
    assert reminders(scene, "lead") == []


def test_the_number_of_statements_does_not_grow_with_the_rows(
    scene: Scene, django_assert_max_num_queries: "pytest.FixtureRequest"
) -> None:
    stage.issued_list(scene, rows=60)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        sweep(at(date(2026, 12, 1)))


def test_a_moved_deadline_reminds_anew_and_never_of_the_old_day(scene: Scene) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    sweep(at(date(2026, 12, 1)))
    TaskItem.objects.filter(pk=item.pk).update(
        due_date=date(2027, 6, 30), deadline_precision=Precision.DAY, due_version=2
    )
    sweep(at(date(2026, 12, 20)))
    assert len(reminders(scene, "lead")) == 1
    sweep(at(date(2027, 5, 31)))
    assert reminders(scene, "lead")[-1] == "距完成时限（2027-06-30）还有 30 天"


def test_drafts_and_closed_rows_remind_nobody(scene: Scene) -> None:
    stage.draft_list(scene, rows=1)
    assert sweep(at(DUE)) == 0


def test_whoever_holds_a_duty_is_reminded_beside_the_lead(scene: Scene) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    stage.working(scene, item)
    sweep(at(DUE))
    for login in ("lead", "support", "support2", "implementer"):
        assert reminders(scene, login) == ["今天到期（完成时限 2026年）"]
    stage.handed_in(scene, item, "support")
    sweep(at(DUE + timedelta(days=1)))
    assert len(reminders(scene, "support")) == 1
    assert len(reminders(scene, "support2")) == 2
