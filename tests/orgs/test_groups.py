"""A collective name is a set, and 不含 takes away from it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from journal.models import Event
from orgs.actions.units import confirm_group, create_unit
from orgs.models import Unit, UnitGroup
from tests.workflow.web.scene import Scene
from tests.workflow.web.scene import scene as make_scene

DISTRICTS = (
    *("渝中区", "大渡口区", "江北区", "沙坪坝区", "九龙坡区", "南岸区"),
    *("北碚区", "渝北区", "巴南区", "两江新区", "高新区"),
)
NAME = "重庆市主城区政府（管委会）"


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


@pytest.fixture
def units(scene: Scene) -> dict[str, Unit]:
    place = scene.programme.jurisdiction
    return {name: create_unit(name=name, jurisdiction=place) for name in DISTRICTS}


def confirmed(scene: Scene, units: list[Unit]) -> UnitGroup:
    return confirm_group(
        name=NAME,
        jurisdiction=scene.programme.jurisdiction,
        units=units,
        by=scene.actor("office"),
        now=timezone.now(),
    )


def test_an_exclusion_is_subtraction(scene: Scene, units: dict[str, Unit]) -> None:
    group = confirmed(scene, list(units.values()))
    left = group.less([units["渝中区"], units["两江新区"]])
    assert [unit.name for unit in left] == [
        name for name in DISTRICTS if name not in ("渝中区", "两江新区")
    ]


def test_excluding_who_is_not_in_it_changes_nothing(
    scene: Scene, units: dict[str, Unit]
) -> None:
    group = confirmed(scene, [units["渝中区"], units["高新区"]])
    assert group.less([units["北碚区"]]) == [units["渝中区"], units["高新区"]]


def test_a_person_answers_for_what_a_group_means(
    scene: Scene, units: dict[str, Unit]
) -> None:
    group = confirmed(scene, [units["渝中区"]])
    assert group.confirmed
    assert group.confirmed_by == scene.people["office"]
    event = Event.objects.get(kind="group.confirmed")
    assert event.data == {"units": [units["渝中区"].pk]}
    assert event.actor["name"] == "office同志"


def test_confirming_again_replaces_the_members(
    scene: Scene, units: dict[str, Unit]
) -> None:
    confirmed(scene, [units["渝中区"], units["高新区"]])
    group = confirmed(scene, [units["高新区"]])
    assert UnitGroup.objects.count() == 1
    assert list(group.units.all()) == [units["高新区"]]


def test_nobody_is_half_confirmed(scene: Scene) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitGroup.objects.create(
            jurisdiction=scene.programme.jurisdiction,
            name=NAME,
            confirmed_at=timezone.now(),
        )
