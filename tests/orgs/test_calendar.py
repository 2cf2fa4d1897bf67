"""Working days by the State Council's calendar."""

from datetime import date

import pytest

from orgs.calendar import is_working_day, set_by_hand, working_days_until
from orgs.models import CalendarDay


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        # 调休: a Sunday before and a Saturday after are worked.
        (date(2026, 9, 20), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
    ],
    ids=str,
)
def test_the_national_day_of_2026_with_its_shifted_days(
    day: date, working: bool
) -> None:
    assert is_working_day(day, {}) is working


def test_a_span_over_the_holiday_counts_working_days_only() -> None:
    assert working_days_until(date(2026, 9, 30), date(2026, 10, 7), {}) == 0
    assert working_days_until(date(2026, 9, 30), date(2026, 10, 10), {}) == 3


def test_the_first_day_does_not_count_and_the_last_does() -> None:
    monday = date(2026, 11, 23)
    assert working_days_until(monday, date(2026, 11, 24), {}) == 1
    assert working_days_until(monday, monday, {}) == 0
    assert working_days_until(monday, date(2026, 11, 20), {}) == 0


@pytest.mark.django_db
def test_what_a_person_sets_outweighs_the_library() -> None:
    CalendarDay.objects.create(day=date(2026, 11, 24), working=False, name="市运会")
    CalendarDay.objects.create(day=date(2026, 11, 28), working=True)
    changed = set_by_hand()
    assert not is_working_day(date(2026, 11, 24), changed)
    assert is_working_day(date(2026, 11, 28), changed)
    assert working_days_until(date(2026, 11, 23), date(2026, 11, 25), changed) == 1
