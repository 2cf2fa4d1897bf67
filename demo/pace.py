"""When the people of the demo act: on working days, in office hours."""

from datetime import datetime, timedelta

from django.utils import timezone

from orgs.calendar import is_working_day

# The hours of the day at which somebody does something, local time.
HOURS = (9, 10, 14, 16)


def later(moment: datetime, *, minute: int) -> datetime:
    """Return the next moment of work after ``moment``, at ``minute`` (0–59)."""
    day = timezone.localtime(moment)
    while True:
        if is_working_day(day.date(), {}):
            for hour in HOURS:
                found = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
                if found > moment:
                    return found
        day = day.replace(hour=0) + timedelta(days=1)
