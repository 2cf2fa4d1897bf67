"""Days on which the State Council's calendar differs from the library's."""

from django.db import models


class CalendarDay(models.Model):
    """One day set by hand as working or free; it outweighs the holiday library."""

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
