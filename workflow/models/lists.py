"""Issued task lists."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Programme
from orgs.posts import Right
from workflow.states import ListState

if TYPE_CHECKING:
    from orgs.actors import Actor


class TaskListQuerySet(models.QuerySet["TaskList"]):
    """Questions about lists."""

    def visible_to(self, actor: "Actor") -> Self:
        """Return the lists in which ``actor`` may see something."""
        from workflow.models.items import TaskItem

        rows = TaskItem.objects.visible_to(actor).filter(list=models.OuterRef("pk"))
        return self.filter(
            models.Q(programme__in=programmes_run(actor)) | models.Exists(rows)
        )


def programmes_run(actor: "Actor") -> set[int]:
    """Return the programmes whose office or leadership ``actor`` belongs to."""
    running = frozenset({Right.REVIEW, Right.SIGN_OFF})
    return {held.programme_id for held in actor.memberships if held.rights & running}


class TaskList(models.Model):
    """One issued list: a title, an issuer, and its rows in the printed order."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="lists"
    )
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    issuer = models.CharField(_("发文单位"), max_length=100, blank=True)
    issued_on = models.DateField(_("交办日期"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=ListState, default=ListState.DRAFT)
    rows_issued = models.PositiveIntegerField(default=0)
    # A demo list is moved by whole years so that today falls inside it.
    shifted_years = models.IntegerField(_("演示顺延年数"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TaskListQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
