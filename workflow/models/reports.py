"""What units say they have done, and who stands by it."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from files.models import StoredFile
from orgs.models import Unit
from workflow.models.duties import Duty
from workflow.models.items import TaskItem


class Report(models.Model):
    """One report of a unit on its duty; never changed, a newer one follows it."""

    item = models.ForeignKey(TaskItem, on_delete=models.PROTECT, related_name="reports")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    progress = models.TextField(_("进展情况"))
    problems = models.TextField(_("存在问题"), blank=True)
    next_steps = models.TextField(_("下一步措施"), blank=True)
    help_needed = models.TextField(_("需协调事项"), blank=True)
    percent = models.PositiveSmallIntegerField(
        _("完成进度（%）"), validators=[MaxValueValidator(100)]
    )
    figures: "models.JSONField[Any, Any]" = models.JSONField(
        _("完成值"), default=list, blank=True, help_text=_("[{name, value, unit}]")
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="report_to_100"),
        ]
        indexes = [models.Index(fields=["item", "-id"], name="report_item")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.percent}%"


class ReportFile(models.Model):
    """Evidence sent with a report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file)


class Countersignature(models.Model):
    """A supporting unit's word that it stands by one concluding report."""

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="countersignatures"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opinion = models.TextField(_("会签意见"), blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "unit"], name="one_countersignature"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.report_id}"
