"""Places, the units in them, and what each unit has been called."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from orgs.posts import Right


class Jurisdiction(models.Model):  # type: ignore[django-manager-missing]  # treebeard untyped
    """A place with a government: 重庆市, 黔江区. Names of units are unique within it."""

    name = models.CharField(_("名称"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    """What sort of body a unit is."""

    BUREAU = "bureau", _("部门")
    GOVERNMENT = "government", _("政府")
    COMMITTEE = "committee", _("管委会")
    TOWNSHIP = "township", _("乡镇（街道）")
    ENTERPRISE = "enterprise", _("企业")
    OFFICE = "office", _("督办办公室")
    LEADERSHIP = "leadership", _("领导小组")


class UnitQuerySet(MP_NodeQuerySet):
    """Questions about units, asked of the tree in its order."""

    def called(
        self, name: str, *, jurisdiction: Jurisdiction, on: date | None = None
    ) -> Self:
        """Return the units that bore ``name`` in that place, ``on`` a day or ever."""
        names = UnitName.objects.filter(name=name, jurisdiction=jurisdiction)
        if on is not None:
            names = names.in_force(on)
        found: Self = self.filter(pk__in=names.values("unit"))
        return found


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    """Keeps the tree's order and answers by name."""

    def get_queryset(self) -> UnitQuerySet:
        """Return the units in the tree's order; treebeard's own names its own class."""
        units: UnitQuerySet = UnitQuerySet(self.model, using=self._db).order_by("path")
        return units


class Unit(MP_Node):
    """One body, whatever it is called: it stays one through every renaming."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="units"
    )
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(
        _("类别"), max_length=20, choices=UnitKind, default=UnitKind.BUREAU
    )
    active = models.BooleanField(_("在用"), default=True)

    node_order_by: list[str] = []
    objects = UnitManager()

    class Meta:
        permissions = [(right.value, right.label) for right in Right]
        indexes = [
            models.Index(fields=["jurisdiction", "name"], name="unit_place_name")
        ]

    def __str__(self) -> str:
        return self.name


class NameKind(models.TextChoices):
    """How a name relates to its unit."""

    OFFICIAL = "official", _("规范名称")
    SHORT = "short", _("简称")
    ALIAS = "alias", _("别名")
    FORMER = "former", _("曾用名")


class UnitNameQuerySet(models.QuerySet["UnitName"]):
    """Questions about names."""

    def in_force(self, on: date) -> Self:
        """Return the names that were valid ``on`` that day."""
        started = Q(valid_from=None) | Q(valid_from__lte=on)
        not_over = Q(valid_until=None) | Q(valid_until__gte=on)
        return self.filter(started & not_over)


class UnitName(models.Model):
    """A name of a unit, within a place, for a time. The key is (place, name)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="unit_names"
    )
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(max_length=20, choices=NameKind, default=NameKind.ALIAS)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    objects = UnitNameQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two bodies may bear one name in turn, never at once.
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                condition=Q(valid_until=None),
                name="one_bearer_of_a_name",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "name"], name="unitname_place_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.jurisdiction_id}）"
