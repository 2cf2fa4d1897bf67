"""One body through every renaming; one bearer of a name in a place at a time."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from journal.models import Event
from orgs.actions.units import add_alias, create_unit, rename
from orgs.models import Jurisdiction, Unit
from orgs.models.units import NameKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Jurisdiction:
    return Jurisdiction.objects.create(name="重庆市")


def called(name: str, city: Jurisdiction, on: date | None = None) -> list[Unit]:
    return list(Unit.objects.called(name, jurisdiction=city, on=on))


def test_a_renamed_unit_stays_one_body_under_both_names(city: Jurisdiction) -> None:
    unit = create_unit(name="市环保局", jurisdiction=city)
    rename(unit=unit, name="市生态环境局", since=date(2018, 10, 1))
    assert called("市环保局", city) == called("市生态环境局", city) == [unit]
    assert unit.names.get(name="市环保局").kind == NameKind.FORMER
    assert Unit.objects.get().name == "市生态环境局"


def test_a_name_means_a_unit_only_while_it_was_in_force(city: Jurisdiction) -> None:
    unit = create_unit(name="市环保局", jurisdiction=city)
    rename(unit=unit, name="市生态环境局", since=date(2018, 10, 1))
    assert called("市环保局", city, date(2017, 5, 1)) == [unit]
    assert called("市环保局", city, date(2020, 5, 1)) == []
    assert called("市生态环境局", city, date(2017, 5, 1)) == []
    assert called("市生态环境局", city, date(2020, 5, 1)) == [unit]


def test_a_new_body_may_take_a_name_that_was_given_up(city: Jurisdiction) -> None:
    old = create_unit(name="市环保局", jurisdiction=city)
    rename(unit=old, name="市生态环境局", since=date(2018, 10, 1))
    new = create_unit(name="市环保局", jurisdiction=city)
    assert called("市环保局", city) == [old, new]


def test_two_bodies_of_a_place_never_bear_one_name_at_once(city: Jurisdiction) -> None:
    one = create_unit(name="市商务委", jurisdiction=city)
    create_unit(name="市教委", jurisdiction=city)
    with pytest.raises(IntegrityError), transaction.atomic():
        add_alias(unit=one, name="市教委")
    with pytest.raises(IntegrityError), transaction.atomic():
        create_unit(name="市教委", jurisdiction=city)
    assert Unit.objects.count() == 2


def test_the_same_name_in_another_place_is_another_body(city: Jurisdiction) -> None:
    district = Jurisdiction.objects.create(name="黔江区", parent=city)
    one = create_unit(name="生态环境局", jurisdiction=city)
    other = create_unit(name="生态环境局", jurisdiction=district)
    assert called("生态环境局", city) == [one]
    assert called("生态环境局", district) == [other]


def test_an_alias_means_its_unit_and_is_recorded(city: Jurisdiction) -> None:
    unit = create_unit(name="市邮政管理局一分局", jurisdiction=city)
    add_alias(unit=unit, name="市邮管二分局", by={"name": "张三"})
    assert called("市邮管二分局", city) == [unit]
    event = Event.objects.get(kind="unit.alias_added")
    assert (event.subject, event.actor) == (f"unit:{unit.pk}", {"name": "张三"})
