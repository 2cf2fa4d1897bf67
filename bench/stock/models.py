"""What the yardsticks write: a stock process with its reports, and two bare tables."""

from django.conf import settings
from django.db import models
from viewflow import jsonstore
from viewflow.workflow.models import Process, Task


class StockProcess(Process):
    """A row as viewflow's own guide keeps it: fields in the process's JSON."""

    progress = jsonstore.CharField(max_length=200, default="")
    units = jsonstore.JSONField(default=dict)

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"stock {self.pk}"


class StockReport(models.Model):
    """One report of a unit, or one signature beside it, as any such product needs."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    progress = models.TextField()
    percent = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"report {self.pk}"


class BareDuty(models.Model):
    """A duty without anything around it."""

    unit = models.BigIntegerField(db_index=True)
    node = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    holder = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"bare {self.pk}"


class BareEvent(models.Model):
    """A line that something happened, without number, hash or outbox."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    duty = models.BigIntegerField(db_index=True)
    actor = models.BigIntegerField()

    def __str__(self) -> str:
        return self.kind
