"""The rows of a list."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from viewflow.workflow.models import Process

from orgs.models import Programme
from orgs.posts import Right
from workflow.models.lists import TaskList, programmes_run
from workflow.models.protected import Reloadable
from workflow.states import ClosedAs, Precision, Stage

if TYPE_CHECKING:
    from orgs.actors import Actor


class TaskItemQuerySet(models.QuerySet["TaskItem"]):
    """The one scoped door to rows, for lists and details alike."""

    def visible_to(self, actor: "Actor") -> Self:
        """Return the rows ``actor`` may know of; nothing without a membership.

        The office and leadership see their programme, drafts included; a unit sees
        the issued rows it has a part in; an observer those of the unit's subtree.
        """
        shown = Q(programme__in=programmes_run(actor))
        for held in actor.memberships:
            if held.rights & {Right.WORK, Right.OBSERVE} and not (
                held.rights & {Right.REVIEW, Right.SIGN_OFF}
            ):
                shown |= Q(programme=held.programme_id) & part_of(held)
        return self.filter(shown) if actor.memberships else self.none()


def part_of(held: Any) -> Q:
    """Return the condition that a membership's unit, or one below it, has a part."""
    from workflow.models.participations import Participation

    works = Right.WORK in held.rights
    mine = Q(unit=held.unit_id) if works else Q(unit__path__startswith=held.unit_path)
    parts = Participation.objects.filter(mine, item=OuterRef("pk"))
    return ~Q(stage=Stage.DRAFT) & Q(Exists(parts))


class TaskItem(Reloadable):
    """One row: a task with its units and its deadline, as printed and as understood."""

    list = models.ForeignKey(TaskList, on_delete=models.PROTECT, related_name="items")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    process = models.OneToOneField(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="item"
    )
    position = models.PositiveIntegerField()
    serial = models.CharField(_("序号"), max_length=20, blank=True)
    section = models.CharField(_("板块"), max_length=200, blank=True)
    group = models.CharField(_("分组"), max_length=300, blank=True)
    content = models.TextField(_("任务"))
    inherits_from = models.CharField(max_length=20, blank=True)
    deadline_raw = models.CharField(_("完成时限"), max_length=100, blank=True)
    deadline_precision = models.CharField(
        max_length=10, choices=Precision, default=Precision.NONE
    )
    due_date = models.DateField(_("到期日"), null=True, blank=True)
    due_version = models.PositiveIntegerField(default=1)
    source: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    stage = FSMField(
        _("阶段"),
        max_length=20,
        choices=Stage.choices,
        default=Stage.DRAFT,
        protected=True,
    )
    round = models.PositiveIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(_("进度"), null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_as = models.CharField(max_length=20, choices=ClosedAs, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = TaskItemQuerySet.as_manager()

    class Meta:
        ordering = ["list", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "position"], name="one_row_at_a_position"
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="percent_to_100"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "stage", "id"], name="item_stage"),
            models.Index(fields=["stage", "due_date"], name="item_due"),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.content[:30]}"

    @transition(field=stage, source=Stage.DRAFT, target=Stage.DISPATCHING)
    def begin_dispatching(self) -> None:
        """The row is issued and waits for its lead."""

    @transition(
        field=stage, source=[Stage.DISPATCHING, Stage.REVIEWING], target=Stage.WORKING
    )
    def begin_working(self) -> None:
        """The units carry it out, the first time or again."""

    @transition(
        field=stage, source=[Stage.WORKING, Stage.REVIEWING], target=Stage.CONCLUDING
    )
    def begin_concluding(self) -> None:
        """The lead writes the result."""

    @transition(
        field=stage, source=[Stage.CONCLUDING, Stage.SIGNING], target=Stage.REVIEWING
    )
    def begin_reviewing(self) -> None:
        """The office looks at the result."""

    @transition(field=stage, source=Stage.REVIEWING, target=Stage.SIGNING)
    def begin_signing(self) -> None:
        """The result is accepted (办结) and waits for leadership."""

    @transition(field=stage, source=Stage.SIGNING, target=Stage.CLOSED)
    def close(self) -> None:
        """Leadership has struck it off the ledger (销号)."""
