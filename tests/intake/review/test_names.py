"""One answer about a name settles every row it stands in; likeness never does."""

from datetime import timedelta

import pytest

from intake.actions.answer import create_units, leave_to_lead, mean_units, take_back
from intake.actions.enter_set import enter_set
from intake.meanings import Meanings
from intake.models import Document
from intake.rows import rows_of
from orgs.actions.units import create_unit
from orgs.models import Jurisdiction, Unit, UnitName
from tests.intake.review.scene import (
    CENTRAL,
    COMMITTEES,
    DISTRICTS,
    NOW,
    Scene,
    word_list,
)
from workflow.refusals import NotAllowed, NotPossible, Stale
from workflow.states import Role


def test_one_answer_settles_the_77_rows_of_the_central_districts(
    scene: Scene, city_list: Document
) -> None:
    settle_central(scene, city_list)
    meanings = Meanings(city_list)
    [question] = [one for one in meanings.name_questions if one.name == CENTRAL]
    assert len(question.positions) == 77
    assert not [one for one in meanings.open_names if one.name == CENTRAL]
    sizes = {row.serial: implementers(row.parts) for row in rows_of(meanings)}
    everybody = {*DISTRICTS, *COMMITTEES}
    assert sizes["1"] == everybody - {"渝中区政府", "两江新区管委会"}
    assert sizes["17"] == everybody - {"渝中区政府", "高新区管委会"}
    assert sizes["47"] == everybody - {"渝中区政府"}
    assert sizes["4"] == everybody


def test_the_words_of_the_set_stay_beside_each_of_its_units(
    scene: Scene, city_list: Document
) -> None:
    settle_central(scene, city_list)
    row = rows_of(Meanings(city_list))[0]
    texts = {part.raw_text for part in row.parts if part.role == Role.IMPLEMENTER}
    assert texts == {CENTRAL}
    assert (
        row.source["fields"]["responsible"]["raw"] == f"{CENTRAL}，不含渝中区、两江新区"
    )
    assert row.source["fields"]["responsible"]["place"]["row"] == 3


def test_a_set_enters_the_members_the_directory_lacks(
    scene: Scene, city_list: Document
) -> None:
    bank = scene.unit("渝中区政府")
    enter_set(
        document=city_list,
        name=CENTRAL,
        unit_ids=[bank.pk],
        new_names=["大渡口区政府", " 渝中区政府 ", ""],
        by=scene.by,
        now=NOW,
    )
    named = [unit.name for unit in Meanings(city_list).units_meant(CENTRAL)]
    assert sorted(named) == ["大渡口区政府", "渝中区政府"]
    assert Unit.objects.filter(name="渝中区政府").count() == 1


def test_unknown_plain_names_become_units_in_one_step(
    scene: Scene, city_list: Document
) -> None:
    names = Meanings(city_list).creatable
    assert len(names) > 35
    assert not {"渝中区", "高新区", CENTRAL, "有关区政府"} & set(names)
    create_units(document=city_list, names=names, by=scene.by, now=NOW)
    meanings = Meanings(city_list)
    assert not meanings.creatable
    assert not meanings.without_lead


def test_a_collective_name_is_never_made_a_unit(
    scene: Scene, city_list: Document
) -> None:
    before = Unit.objects.count()
    with pytest.raises(NotPossible):
        create_units(
            document=city_list, names=["市教委", CENTRAL], by=scene.by, now=NOW
        )
    assert Unit.objects.count() == before


def test_a_similar_unit_is_offered_and_not_taken(scene: Scene) -> None:
    scene.unit("市应急管理局")
    document = scene.take_in(word_list(["1", "做", "市应急局", "", "", "2025年"]))
    [question] = Meanings(document).open_names
    assert [one.unit.name for one in question.candidates] == ["市应急管理局"]
    assert Meanings(document).without_lead == ["1"]


def test_a_unit_of_another_level_is_not_even_offered(scene: Scene) -> None:
    scene.unit("区应急局")
    document = scene.take_in(word_list(["1", "做", "市应急局", "", "", "2025年"]))
    [question] = Meanings(document).open_names
    assert question.candidates == []


def test_the_same_name_in_another_place_is_another_body(scene: Scene) -> None:
    elsewhere = Jurisdiction.objects.create(name="万州区")
    create_unit(name="市应急局", jurisdiction=elsewhere)
    document = scene.take_in(word_list(["1", "做", "市应急局", "", "", "2025年"]))
    assert [one.name for one in Meanings(document).open_names] == ["市应急局"]
    foreign = Unit.objects.get(jurisdiction=elsewhere)
    with pytest.raises(NotPossible, match="本地区"):
        mean(scene, document, "市应急局", foreign)


def test_the_short_form_of_a_government_is_one_click_away(scene: Scene) -> None:
    scene.unit("九龙坡区政府")
    document = scene.take_in(word_list(["1", "做", "九龙坡区", "", "", "2025年"]))
    [question] = Meanings(document).open_names
    assert (question.candidates[0].unit.name, question.candidates[0].score) == (
        "九龙坡区政府",
        100,
    )


def test_a_lead_is_not_left_to_itself(scene: Scene) -> None:
    document = scene.take_in(word_list(["1", "做", "有关区政府", "", "", "2025年"]))
    with pytest.raises(NotPossible, match="牵头单位"):
        leave_to_lead(document=document, names=["有关区政府"], by=scene.by, now=NOW)
    assert Meanings(document).without_lead == ["1"]


def test_an_exclusion_is_not_left_open_or_the_work_would_reach_it(
    scene: Scene, city_list: Document
) -> None:
    with pytest.raises(NotPossible, match="不含"):
        leave_to_lead(document=city_list, names=["渝中区"], by=scene.by, now=NOW)
    assert not city_list.answers.exists()


def test_a_vague_name_left_to_the_lead_keeps_its_words_and_no_unit(
    scene: Scene, city_list: Document
) -> None:
    leave_to_lead(document=city_list, names=["有关区政府"], by=scene.by, now=NOW)
    row = rows_of(Meanings(city_list))[24]
    [part] = [part for part in row.parts if part.raw_text == "有关区政府"]
    assert part.unit_id is None


def test_one_plain_name_is_one_unit(scene: Scene) -> None:
    document = scene.take_in(word_list(["1", "做", "市应急局", "", "", "2025年"]))
    one, other = scene.unit("市应急管理局"), scene.unit("市消防局")
    with pytest.raises(NotPossible, match="只能选一个"):
        mean(scene, document, "市应急局", one, other)
    with pytest.raises(NotPossible, match="没有这个名称"):
        mean(scene, document, "市不在局", one)


def test_who_comes_second_is_told_who_answered(scene: Scene) -> None:
    document = scene.take_in(word_list(["1", "做", "市应急局", "", "", "2025年"]))
    one, other = scene.unit("市应急管理局"), scene.unit("市消防局")
    mean(scene, document, "市应急局", one, seen="")
    mean(scene, document, "市应急局", one, seen="")  # the same again: a double click
    with pytest.raises(Stale, match="office"):
        mean(scene, document, "市应急局", other, seen="")
    assert Meanings(document).units_meant("市应急局") == [one]
    seen = Meanings(document).name_questions[0].seen
    mean(scene, document, "市应急局", other, seen=seen)
    assert Meanings(document).units_meant("市应急局") == [other]


def test_an_answer_taken_back_is_asked_again_and_leaves_no_alias(scene: Scene) -> None:
    document = scene.take_in(word_list(["1", "做", "市应急局", "", "", "2025年"]))
    mean(scene, document, "市应急局", scene.unit("市消防局"))
    take_back(document=document, subject="name:市应急局", by=scene.by, now=NOW)
    assert [one.name for one in Meanings(document).open_names] == ["市应急局"]
    assert not UnitName.objects.filter(name="市应急局").exists()


def test_only_the_office_answers(scene: Scene, city_list: Document) -> None:
    from orgs.actors import actor_of

    unit = scene.unit("市教委")
    for who in (scene.officer, scene.leader, scene.stranger):
        with pytest.raises(NotAllowed):
            mean_units(
                document=city_list,
                name="市教委",
                unit_ids=[unit.pk],
                by=actor_of(who),
                now=NOW,
            )
    assert not city_list.answers.exists()


def mean(
    scene: Scene, document: Document, name: str, *units: Unit, seen: str | None = None
) -> None:
    """Answer as the office, a second after the last answer."""
    later = NOW + timedelta(seconds=document.answers.count() + 1)
    mean_units(
        document=document,
        name=name,
        unit_ids=[unit.pk for unit in units],
        by=scene.by,
        now=later,
        seen=seen,
    )


def settle_central(scene: Scene, document: Document) -> None:
    """Say what the central districts are, and what the exclusions are short for."""
    units = [scene.unit(name) for name in (*DISTRICTS, *COMMITTEES)]
    mean(scene, document, CENTRAL, *units)
    for short, full in (
        ("渝中区", "渝中区政府"),
        ("两江新区", "两江新区管委会"),
        ("高新区", "高新区管委会"),
    ):
        mean(scene, document, short, scene.unit(full))


def implementers(parts: object) -> set[str]:
    """Return the names of the responsible units of a row's parts."""
    ids = [
        part.unit_id
        for part in parts  # type: ignore[attr-defined]
        if part.role == Role.IMPLEMENTER and part.unit_id
    ]
    return set(Unit.objects.filter(pk__in=ids).values_list("name", flat=True))
