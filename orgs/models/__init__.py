"""The nouns of who."""

from orgs.models.calendar import CalendarDay
from orgs.models.grants import (
    PostGroup,
    UnitGroupObjectPermission,
    UnitUserObjectPermission,
)
from orgs.models.groups import UnitGroup
from orgs.models.people import Person
from orgs.models.programmes import Programme
from orgs.models.units import Jurisdiction, Unit, UnitName

__all__ = [
    "CalendarDay",
    "Jurisdiction",
    "Person",
    "PostGroup",
    "Programme",
    "Unit",
    "UnitGroup",
    "UnitGroupObjectPermission",
    "UnitName",
    "UnitUserObjectPermission",
]
