"""Which reminders have been sent."""

from django.conf import settings
from django.db import models

from workflow.models import TaskItem


class Reminder(models.Model):
    """A person was reminded of a row's deadline, of one kind, as it then stood.

    ``kind`` is the days that were left (30, 15, 7, 3, 1, 0) or late-N for the Nth week
    past due. A moved deadline has another ``due_version`` and may remind anew.
    """

    item = models.ForeignKey(TaskItem, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12)
    due_version = models.PositiveIntegerField()
    fired_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person", "kind", "due_version"],
                name="one_reminder_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind} → {self.person_id}"
