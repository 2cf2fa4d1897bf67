"""Doubts about single rows: leads, columns, inheritance, deadlines, corrections."""

from datetime import date, timedelta
from typing import Any

import pytest

from intake.actions.answer import (
    confirm_all_rows,
    confirm_field,
    correct_row,
    create_units,
    leave_to_lead,
    take_back,
)
from intake.meanings import Meanings
from intake.models import Document
from intake.rows import rows_of
from orgs.models import Unit
from tests.intake.review.scene import DISTRICT_LIST, NOW, Scene, scene_of, word_list
from workflow.actions.register import Row
from workflow.refusals import NotPossible, Stale
from workflow.states import Precision, Role

PLAIN = ["1", "做", "市甲局", "市乙局", "市丙局", "2025年"]


@pytest.fixture
def district(db: None) -> tuple[Scene, Document]:
    """Give the real list of 黔江区, its plain names made units."""
    scene = scene_of("黔江区")
    document = scene.take_in(DISTRICT_LIST, "001.docx")
    names = Meanings(document).creatable
    create_units(document=document, names=names, by=scene.by, now=NOW)
    return scene, document


def test_the_leads_of_six_rows_ask_for_a_principal(
    district: tuple[Scene, Document],
) -> None:
    _scene, document = district
    asked = [one for one in Meanings(document).open_rows if len(one.options) > 1]
    assert [one.serial for one in asked] == ["26", "29", "40", "43", "67", "80"]


def test_the_principal_comes_first_and_all_stay_leads(
    district: tuple[Scene, Document],
) -> None:
    scene, document = district
    [row67] = [one for one in Meanings(document).open_rows if one.serial == "67"]
    printed = row67.options
    answer(scene, document, row67.position, "lead_units", principal=printed[2])
    row = row_at(document, "67")
    leads = [part.raw_text for part in row.parts if part.role == Role.LEAD]
    assert leads == [printed[2], printed[0], printed[1]]


def test_a_principal_is_one_of_the_leads(district: tuple[Scene, Document]) -> None:
    scene, document = district
    [row26] = [one for one in Meanings(document).open_rows if one.serial == "26"]
    for name in ("", "区旅投公司"):
        with pytest.raises(NotPossible, match="总牵头"):
            answer(scene, document, row26.position, "lead_units", principal=name)


def test_several_leads_are_not_confirmed_in_bulk(
    district: tuple[Scene, Document],
) -> None:
    scene, document = district
    [row26] = [one for one in Meanings(document).open_rows if one.serial == "26"]
    done = confirm_all_rows(
        document=document, by=scene.by, now=NOW, reason=row26.reason
    )
    assert done == 0


def test_a_promise_in_the_text_may_become_the_deadline(
    district: tuple[Scene, Document],
) -> None:
    scene, document = district
    [row11] = [one for one in Meanings(document).open_rows if one.serial == "11"]
    assert row11.field == "deadline_date"
    answer(scene, document, row11.position, "deadline_date", due="2022-12-31")
    row = row_at(document, "11")
    assert (row.due_date, row.deadline_precision) == (date(2022, 12, 31), Precision.DAY)
    assert row.deadline_raw == "2025年"


@pytest.mark.parametrize("due", ["2025-02-30", "明年", "0001-01-01"])
def test_a_day_that_is_none_is_refused(
    due: str, district: tuple[Scene, Document]
) -> None:
    scene, document = district
    [row11] = [one for one in Meanings(document).open_rows if one.serial == "11"]
    with pytest.raises(NotPossible, match="日期"):
        answer(scene, document, row11.position, "deadline_date", due=due)


def test_slipped_columns_are_asked_once_and_exchanged_only_on_a_word(
    scene: Scene, city_list: Document
) -> None:
    [slip] = [one for one in Meanings(city_list).open_rows if one.slip]
    assert slip.serial == "18"
    assert roles_of(row_at(city_list, "18"))["渝北区政府"] == Role.SUPPORT
    answer(scene, city_list, slip.position, slip.field, swap=True)
    swapped = roles_of(row_at(city_list, "18"))
    assert swapped["渝北区政府"] == Role.IMPLEMENTER
    assert swapped["市环卫集团"] == Role.SUPPORT
    source = row_at(city_list, "18").source["fields"]
    assert source["support"]["raw"] == "渝北区政府"
    take_back(document=city_list, subject=slip.subject, by=scene.by, now=NOW)
    assert roles_of(row_at(city_list, "18"))["渝北区政府"] == Role.SUPPORT


def test_sub_rows_are_confirmed_together_and_keep_whom_they_follow(
    scene: Scene, city_list: Document
) -> None:
    asked = [one for one in Meanings(city_list).open_rows if "103" in one.reason]
    assert {one.serial for one in asked} == {"104", "105"}
    reasons = {one.reason for one in asked}
    for reason in reasons:
        confirm_all_rows(document=city_list, by=scene.by, now=NOW, reason=reason)
    assert not [one for one in Meanings(city_list).open_rows if "103" in one.reason]
    assert row_at(city_list, "104").inherits_from == "103"


def test_a_row_without_a_lead_is_only_settled_by_a_lead(scene: Scene) -> None:
    document = scene.take_in(word_list(["1", "做", "", "", "市丙局", "2025年"]))
    [asked] = Meanings(document).open_rows
    assert asked.must_correct
    with pytest.raises(NotPossible, match="牵头单位"):
        answer(scene, document, 1, asked.field)
    correct(scene, document, lead="市甲局", responsible="市丙局")
    assert not Meanings(document).open_rows
    assert Meanings(document).without_lead == ["1"]
    create_units(
        document=document,
        names=Meanings(document).creatable,
        by=scene.by,
        now=NOW,
    )
    assert roles_of(row_at(document, "1")) == {
        "市甲局": Role.LEAD,
        "市丙局": Role.IMPLEMENTER,
    }


def test_a_correction_is_read_like_a_printed_cell_and_can_be_undone(
    scene: Scene,
) -> None:
    document = scene.take_in(word_list(PLAIN))
    correct(scene, document, lead="市甲局、市丁局", support="市乙局、市戊局等")
    meanings = Meanings(document)
    assert set(meanings.mentions) == {"市甲局", "市丁局", "市乙局", "市戊局"}
    assert {one.field for one in meanings.open_rows} == {"lead_units", "support_units"}
    assert rows_of(meanings)[0].source["fields"]["lead"]["raw"] == "市甲局"
    take_back(document=document, subject="row:1:correction", by=scene.by, now=NOW)
    assert set(Meanings(document).mentions) == {"市甲局", "市乙局", "市丙局"}


def test_a_correction_names_a_lead_and_no_novels(scene: Scene) -> None:
    document = scene.take_in(word_list(PLAIN))
    with pytest.raises(NotPossible, match="牵头单位"):
        correct(scene, document, lead=" 无 ")
    with pytest.raises(NotPossible, match="过长"):
        correct(scene, document, lead="市甲局", support="长" * 101)
    assert not document.answers.exists()


def test_a_second_correction_of_the_same_page_is_too_late(scene: Scene) -> None:
    document = scene.take_in(word_list(PLAIN))
    correct(scene, document, lead="市丁局", seen="")
    with pytest.raises(Stale):
        correct(scene, document, lead="市戊局", seen="")


def test_nothing_is_asked_twice_of_a_plain_row(scene: Scene) -> None:
    for name in ("市甲局", "市乙局", "市丙局"):
        scene.unit(name)
    document = scene.take_in(word_list(PLAIN))
    assert Meanings(document).unresolved == 0
    with pytest.raises(NotPossible):
        answer(scene, document, 1, "lead_units")
    with pytest.raises(NotPossible):
        leave_to_lead(document=document, names=["市甲局"], by=scene.by, now=NOW)


def answer(
    scene: Scene, document: Document, position: int, field: str, **said: Any
) -> None:
    """Answer a doubt as the office."""
    confirm_field(
        document=document, position=position, field=field, by=scene.by, now=NOW, **said
    )


def correct(
    scene: Scene, document: Document, seen: str | None = None, **cells: str
) -> None:
    """Correct the first row as the office."""
    later = NOW + timedelta(seconds=1)
    correct_row(
        document=document, position=1, cells=cells, by=scene.by, now=later, seen=seen
    )


def row_at(document: Document, serial: str) -> Row:
    """Return the row as it would be registered."""
    [row] = [row for row in rows_of(Meanings(document)) if row.serial == serial]
    return row


def roles_of(row: Row) -> dict[str, Role]:
    """Return the role of each name of the row."""
    named = {unit.pk: unit.name for unit in Unit.objects.all()}
    return {
        named.get(part.unit_id or 0, part.raw_text): part.role for part in row.parts
    }
