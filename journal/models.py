"""Events, the head of their chain, and the outbox."""

from typing import Any

from django.db import models


class Event(models.Model):
    """One thing that happened, numbered without gaps in the order of commits.

    ``number`` comes from the locked head, so it is dense and commit-ordered: a
    reader of "all after N" never misses a row that commits late.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    actor: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    data: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["subject", "number"], name="event_subject_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.subject}"


class Head(models.Model):
    """The end of the chain: one row, locked by whoever appends."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_journal_head"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"


class Outgoing(models.Model):
    """An event that has not been expanded into notices yet; gone once it has."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="outgoing"
    )
    attempts = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return f"outgoing {self.event_id}"
