"""Units of the demo: those the documents name, under the places they belong to."""

from demo.places import BELOW, CITY, COMMITTEES, DISTRICT, government_of
from intake.directory import kind_of
from intake.reading.units import is_collective
from orgs.actions.units import add_alias, create_unit
from orgs.models import Jurisdiction, Programme, Unit
from orgs.models.units import NameKind, UnitKind

# Standing short forms of statutory names.
STATUTORY = {
    "市应急局": "市应急管理局",
    "市教委": "市教育委员会",
    "市商务委": "市商务委员会",
    "市卫生健康委": "市卫生健康委员会",
}


def make_places() -> dict[str, Jurisdiction]:
    """Make the city, the places below it, and the body that governs each."""
    city = Jurisdiction.objects.create(name=CITY)
    places = {CITY: city}
    for name in BELOW:
        places[name] = Jurisdiction.objects.create(name=name, parent=city)
        kind = UnitKind.COMMITTEE if name in COMMITTEES else UnitKind.GOVERNMENT
        unit = create_unit(
            name=government_of(name), jurisdiction=places[name], kind=kind
        )
        add_alias(unit=unit, name=name, kind=NameKind.SHORT)
    return places


def make_programmes(places: dict[str, Jurisdiction]) -> dict[str, Programme]:
    """Make the two programmes, each with its office and its leadership."""
    return {
        CITY: programme(places[CITY], "主城区“无废城市”建设试点", "市"),
        DISTRICT: programme(places[DISTRICT], "黔江区“无废城市”建设", "区"),
    }


def programme(place: Jurisdiction, name: str, level: str) -> Programme:
    """Make one programme."""
    leadership = create_unit(
        name=f"{level}“无废城市”建设工作领导小组",
        jurisdiction=place,
        kind=UnitKind.LEADERSHIP,
    )
    office = create_unit(
        name=f"{level}无废办",
        jurisdiction=place,
        kind=UnitKind.OFFICE,
        parent=leadership,
    )
    return Programme.objects.create(
        name=name, jurisdiction=place, office=office, leadership=leadership
    )


def make_named(names: list[str], place: Jurisdiction) -> list[Unit]:
    """Make the plain names of a document that are no place's government yet."""
    governed = {government_of(below) for below in BELOW} | set(BELOW)
    plain = [name for name in names if not is_collective(name) and name not in governed]
    units = []
    for name in dict.fromkeys(plain):
        unit = create_unit(name=name, jurisdiction=place, kind=kind_of(name))
        if name in STATUTORY:
            add_alias(unit=unit, name=STATUTORY[name], kind=NameKind.ALIAS)
        units.append(unit)
    return units
