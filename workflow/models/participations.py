"""Which units have a part in a row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orgs.models import Unit
from workflow.models.items import TaskItem
from workflow.states import Role


class Participation(models.Model):
    """One unit's part in one row, beside the words it was read from.

    ``unit`` is empty while nobody has said whom the words mean. ``open`` and
    ``due_date`` are copies of the row's, kept in the same transaction, so that the
    rows of a unit are served from one index.
    """

    item = models.ForeignKey(TaskItem, on_delete=models.PROTECT, related_name="parts")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    raw_text = models.CharField(_("原文"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    open = models.BooleanField(default=True)
    due_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["item", "role", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "unit", "role"],
                condition=Q(unit__isnull=False),
                name="one_part_of_a_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "open", "due_date", "item"], name="part_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.raw_text}"

    @property
    def answering_unit_id(self) -> int:
        """The unit that answers; only for parts whose unit is known."""
        assert self.unit_id is not None, "no work goes out to a name nobody resolved"
        return self.unit_id
