"""The units a document's names may mean: exact names, and likely ones for a person.

The key of a name is (place, name). Likeness is only ever offered, never acted on:
市X and 区X look alike and are different bodies.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import Q
from pypinyin import lazy_pinyin
from rapidfuzz import fuzz

from orgs.models import Jurisdiction, Unit, UnitGroup, UnitName
from orgs.models.units import UnitKind

LEVELS = "省市区县州盟旗"
GOVERNMENT_ENDINGS = ("政府(管委会)", "人民政府", "政府", "管委会", "管理委员会")
LIKELY = 65
NEARLY_SURE = 95
SHOWN = 4

KIND_ENDINGS = (
    (UnitKind.COMMITTEE, ("管委会", "管理委员会")),
    (
        UnitKind.TOWNSHIP,
        ("镇", "乡", "街道", "镇政府", "乡政府", "街道办", "街道办事处"),
    ),
    (UnitKind.GOVERNMENT, ("政府", "区", "县")),
    (UnitKind.ENTERPRISE, ("公司", "集团", "厂")),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit a name may mean; ``score`` from 0 to 100, 100 is the same but for 政府."""

    unit: Unit
    score: int


@dataclass(slots=True)
class Directory:
    """The names in force in a place and, where they name their own, the places below."""

    place: Jurisdiction
    units: dict[int, Unit] = field(default_factory=dict)
    exact: dict[str, Unit] = field(default_factory=dict)
    names: list[tuple[str, Unit]] = field(default_factory=list)
    groups: dict[str, UnitGroup] = field(default_factory=dict)

    def find(self, name: str) -> Unit | None:
        """Return the unit that bears exactly ``name``, if there is one."""
        return self.exact.get(normal(name))

    def candidates(self, name: str) -> list[Candidate]:
        """Return the likely units of the same place and level, the likeliest first."""
        level, core = level_and_core(name, self.place.name)
        best: dict[int, Candidate] = {}
        for known, unit in self.names:
            other_level, other_core = level_and_core(known, self.place.name)
            if level != other_level:
                continue
            score = likeness(core, other_core)
            held = best.get(unit.pk)
            if score >= LIKELY and (held is None or held.score < score):
                best[unit.pk] = Candidate(unit, score)
        return sorted(best.values(), key=lambda one: -one.score)[:SHOWN]

    def whole_set(self, name: str) -> list[Unit]:
        """Return what a collective name meant before, or all units of its kind.

        Empty when nothing is known: a set is never made up.
        """
        if group := self.groups.get(normal(name)):
            return list(group.units.all())
        kinds = kinds_in(name)
        return [unit for unit in self.units.values() if unit.kind in kinds]


def directory_of(place: Jurisdiction, on: date) -> Directory:
    """Return the names in force in ``place`` on a day. Three queries."""
    directory = Directory(place)
    own = Q(jurisdiction=place) | Q(jurisdiction__parent=place)
    names = UnitName.objects.filter(own, unit__active=True).in_force(on)
    for held in names.select_related("unit", "jurisdiction").order_by("unit__path"):
        # A place below names its own bodies in full (渝北区政府), never 区X.
        below = held.jurisdiction_id != place.pk
        if below and not held.name.startswith(held.jurisdiction.name):
            continue
        directory.units[held.unit_id] = held.unit
        directory.names.append((held.name, held.unit))
        if not below:
            directory.exact[normal(held.name)] = held.unit
        else:
            directory.exact.setdefault(normal(held.name), held.unit)
    groups = UnitGroup.objects.filter(jurisdiction=place).prefetch_related("units")
    directory.groups = {normal(group.name): group for group in groups}
    for group in directory.groups.values():
        for unit in group.units.all():
            directory.units.setdefault(unit.pk, unit)
    return directory


def normal(name: str) -> str:
    """Return ``name`` without the accidents of typing: widths and blanks."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@lru_cache(maxsize=8192)
def level_and_core(name: str, place: str) -> tuple[str, str]:
    """Return the level (市, 区 …; empty for none) and the rest of the name.

    The place's own name is its level: 重庆市教委 is 市教委.
    """
    name = normal(name)
    if name.startswith(place) and len(name) > len(place):
        name = place[-1] + name.removeprefix(place)
    level = name[0] if name[:1] and name[0] in LEVELS and len(name) > 2 else ""
    return level, name.removeprefix(level)


def likeness(one: str, other: str) -> int:
    """Return how alike two names are: 100 the same body's name with or without 政府."""
    if bare(one) == bare(other):
        return 100
    if len(one) == len(other) and sound(one) == sound(other):
        return NEARLY_SURE
    return int(fuzz.ratio(one, other))


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """Return the name of a place's government without the word for it."""
    for ending in GOVERNMENT_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)
    return name


@lru_cache(maxsize=8192)
def sound(name: str) -> str:
    """Return how the name is read aloud, for words typed by sound."""
    return " ".join(lazy_pinyin(name))


def kinds_in(name: str) -> set[str]:
    """Return the kinds of unit a collective name speaks of, if it says."""
    kinds = set()
    if any(word in name for word in ("乡", "镇", "街道")):
        kinds.add(UnitKind.TOWNSHIP.value)
    if "部门" in name or "委办局" in name:
        kinds.add(UnitKind.BUREAU.value)
    return kinds


def kind_of(name: str) -> str:
    """Return what sort of body a name says it is; a person may change it later."""
    name = normal(name)
    for kind, endings in KIND_ENDINGS:
        if name.endswith(endings):
            return kind.value
    return UnitKind.BUREAU.value


def in_order(units: Iterable[Unit]) -> list[Unit]:
    """Return units in the order of the tree."""
    return sorted(units, key=lambda unit: unit.path)
