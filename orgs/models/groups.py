"""Sets of units that a document calls by one name."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models.units import Jurisdiction, Unit


class UnitGroup(models.Model):
    """A collective name and the units it means, once a person has confirmed it.

    重庆市主城区政府（管委会） is such a name: nine districts and two new areas.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="unit_groups"
    )
    name = models.CharField(_("名称"), max_length=100)
    units: "models.ManyToManyField[Unit, models.Model]" = models.ManyToManyField(
        Unit, related_name="unit_groups"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], name="one_group_of_a_name"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="group_confirmed_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def confirmed(self) -> bool:
        """Whether a person has said that these are the units meant."""
        return self.confirmed_at is not None

    def less(self, excluded: Iterable[Unit]) -> list[Unit]:
        """Return the members without ``excluded``: 不含 is set subtraction."""
        out = {unit.pk for unit in excluded}
        return [unit for unit in self.units.order_by("path") if unit.pk not in out]
