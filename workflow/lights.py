"""The light of a row: from dates and progress, with its reason. Pure, stores nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from workflow.states import Colour

LONG_DAYS, LONG_WARNING = 180, 30
MIDDLE_DAYS, MIDDLE_WARNING = 30, 7
SHORT_WARNING_WORKING_DAYS = 3
BEHIND_YELLOW, BEHIND_RED = 10, 30

SEVERITY = [Colour.GREY, Colour.GREEN, Colour.BLUE, Colour.YELLOW, Colour.RED]

WorkingDays = Callable[[date, date], int]


@dataclass(frozen=True, slots=True)
class Light:
    """A colour with the reason for it."""

    colour: Colour
    reason: str


def light(
    *,
    due: date | None,
    issued: date | None,
    closed: date | None,
    percent: int | None,
    today: date,
    working_days: WorkingDays,
) -> Light:
    """Return the worst of time left and progress against plan, with its reason.

    ``percent`` is the last reported progress (0–100) or None before any report.
    Thresholds after domain practice: 临期 within 30 days for tasks of 180 days and
    more, 7 days from 30, 3 working days below; 滞后 10–30 points behind plan; 逾期
    past due or more than 30 points behind. A task is not overdue on its due day.
    """
    if closed:
        return Light(Colour.GREY, _("已于%(day)s销号") % {"day": closed.isoformat()})
    if due is None:
        return Light(Colour.GREEN, _("未设完成时限"))
    lights = [time_left(due, issued, today, working_days)]
    if issued and percent is not None:
        lights.append(progress(due, issued, percent, today))
    return max(lights, key=lambda one: SEVERITY.index(one.colour))


def time_left(
    due: date, issued: date | None, today: date, working_days: WorkingDays
) -> Light:
    """Return the light of the time that is left."""
    left = (due - today).days
    if left < 0:
        return Light(Colour.RED, _("已逾期%(days)d天") % {"days": -left})
    if left == 0:
        return Light(Colour.BLUE, _("今天到期"))
    near = is_near(due, issued or today, today, working_days)
    colour = Colour.BLUE if near else Colour.GREEN
    return Light(colour, _("距到期还有%(days)d天") % {"days": left})


def is_near(due: date, issued: date, today: date, working_days: WorkingDays) -> bool:
    """Return whether the due day is near, measured by how long the task runs."""
    span, left = (due - issued).days, (due - today).days
    if span >= LONG_DAYS:
        return left <= LONG_WARNING
    if span >= MIDDLE_DAYS:
        return left <= MIDDLE_WARNING
    return left <= 15 and working_days(today, due) <= SHORT_WARNING_WORKING_DAYS


def planned_percent(due: date, issued: date, today: date) -> int:
    """Return the progress due by today if work runs evenly (序时进度), in percent."""
    span = max((due - issued).days, 1)
    return max(0, min(100, (today - issued).days * 100 // span))


def progress(due: date, issued: date, percent: int, today: date) -> Light:
    """Return the light of the reported progress against the plan."""
    planned = planned_percent(due, issued, today)
    behind = planned - percent
    told = {"behind": behind, "planned": planned, "percent": percent}
    if behind > BEHIND_RED:
        return Light(Colour.RED, _("落后序时进度%(behind)d个百分点") % told)
    if behind >= BEHIND_YELLOW:
        return Light(Colour.YELLOW, _("落后序时进度%(behind)d个百分点") % told)
    return Light(Colour.GREEN, _("进度%(percent)d%%，序时应达%(planned)d%%") % told)
