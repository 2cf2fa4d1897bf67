"""Who holds what right now."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from viewflow.workflow.models import Process, Task

from orgs.models import Unit
from workflow.models.items import TaskItem
from workflow.models.participations import Participation
from workflow.models.protected import Reloadable
from workflow.states import OPEN_STATES, DutyState, Node


class Duty(Reloadable):
    """One visit of one unit at one place of the route; only the one door changes it.

    ``barred`` are the people who may not act on it because of what they did before
    on this row: who submitted may not review, who reviewed may not sign off.
    """

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="duty")
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="duties"
    )
    item = models.ForeignKey(TaskItem, on_delete=models.PROTECT, related_name="duties")
    part = models.ForeignKey(
        Participation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duties")
    node = models.CharField(_("环节"), max_length=12, choices=Node)
    state = FSMField(
        _("状态"),
        max_length=12,
        choices=DutyState.choices,
        default=DutyState.OFFERED,
        protected=True,
    )
    round = models.PositiveIntegerField(default=0)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held_duties",
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    barred: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    note = models.TextField(_("退回意见"), blank=True)
    opened_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=DutyState.CLAIMED)
                | models.Q(holder__isnull=False),
                name="claimed_has_holder",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "id"], name="duty_unit_state"),
            models.Index(fields=["holder", "state", "id"], name="duty_holder_state"),
            models.Index(fields=["item", "id"], name="duty_item"),
        ]

    def __str__(self) -> str:
        return f"{self.get_node_display()} {self.unit_id} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act on it."""
        return self.state in OPEN_STATES

    @transition(field=state, source=DutyState.OFFERED, target=DutyState.CLAIMED)
    def claim(self, *, by_id: int, now: Any) -> None:
        """A person takes it for their unit."""
        self.holder_id, self.claimed_at = by_id, now

    @transition(field=state, source=DutyState.CLAIMED, target=DutyState.OFFERED)
    def release(self, *, by_id: int, now: Any) -> None:
        """The holder gives it back to the unit."""
        self.holder_id, self.claimed_at = None, None

    @transition(
        field=state,
        source=[DutyState.OFFERED, DutyState.CLAIMED],
        target=DutyState.SUBMITTED,
    )
    def submit(self, *, by_id: int, now: Any) -> None:
        """It is done; the flow moves on."""
        self.holder_id = self.submitted_by_id = by_id
        self.claimed_at = self.claimed_at or now
        self.ended_at = now

    @transition(
        field=state,
        source=[DutyState.OFFERED, DutyState.CLAIMED],
        target=DutyState.RECALLED,
    )
    def recall(self, *, by_id: int, now: Any) -> None:
        """It is taken back before it was done."""
        self.ended_at = now
