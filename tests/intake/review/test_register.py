"""A reviewed document becomes a draft list, whole or not at all."""

import json

import pytest

from intake.actions.answer import (
    confirm_field,
    create_units,
    leave_to_lead,
    mean_units,
)
from intake.actions.discard import discard
from intake.actions.register_document import register_document
from intake.meanings import Meanings
from intake.models import Document
from intake.models.documents import DocumentState
from journal.models import Event
from orgs.models import Unit, UnitGroup, UnitName
from tests.intake.review.scene import (
    CENTRAL,
    COMMITTEES,
    DISTRICTS,
    NOW,
    ROOT,
    Scene,
    word_list,
)
from workflow.models import Participation, TaskItem, TaskList
from workflow.refusals import NotFound, NotPossible, Stale
from workflow.states import ListState, Role

TRUTH = ROOT / "tests" / "intake" / "truth" / "003_tasks.json"


def test_an_unresolved_lead_bars_registration_and_is_named(scene: Scene) -> None:
    scene.unit("市乙局")
    document = scene.take_in(
        word_list(
            ["1", "做", "市乙局", "", "", "2025年"],
            ["7", "做", "市丁局", "", "", "2025年"],
        )
    )
    with pytest.raises(NotPossible, match="7"):
        register(scene, document)
    assert not TaskList.objects.exists()
    assert not TaskItem.objects.exists()


def test_an_open_question_bars_registration(scene: Scene) -> None:
    scene.unit("市乙局")
    document = scene.take_in(
        word_list(["1", "做", "市乙局", "", "有关区政府", "2025年"])
    )
    with pytest.raises(NotPossible, match="1 项"):
        register(scene, document)
    leave_to_lead(document=document, names=["有关区政府"], by=scene.by, now=NOW)
    assert register(scene, document).items.count() == 1


def test_a_set_that_exclusions_empty_bars_registration(scene: Scene) -> None:
    scene.unit("市乙局")
    document = scene.take_in(
        word_list(["3", "做", "市乙局", "", f"{CENTRAL}，不含渝中区", "2025年"])
    )
    unit = scene.unit("渝中区政府")
    for name in (CENTRAL, "渝中区"):
        mean(scene, document, name, unit)
    with pytest.raises(NotPossible, match="第3项"):
        register(scene, document)


def test_the_city_list_is_registered_row_by_row_as_the_truth_has_it(
    scene: Scene, city_list: Document
) -> None:
    settle(scene, city_list)
    task_list = register(scene, city_list)
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))["rows"]
    items = list(task_list.items.order_by("position"))
    assert task_list.state == ListState.DRAFT
    assert [item.serial for item in items] == [str(row["serial"]) for row in truth]
    assert [item.content for item in items] == [row["content"] for row in truth]
    assert [str(item.due_date or "") for item in items] == [
        row["deadline_date"] or "" for row in truth
    ]
    leads = Participation.objects.filter(item__list=task_list, role=Role.LEAD)
    named = leads.order_by("item__position", "position").values_list(
        "raw_text", flat=True
    )
    assert list(named) == [name for row in truth for name in row["lead_units"]]
    assert not leads.filter(unit=None).exists()
    central = Participation.objects.filter(item__list=task_list, raw_text=CENTRAL)
    # 77 rows of 11 units, less what 不含 takes out: 8 × 2, and 1 in row 47.
    assert central.count() == 77 * 11 - 8 * 2 - 1


def test_the_document_and_the_journal_tell_of_the_list(
    scene: Scene, city_list: Document
) -> None:
    settle(scene, city_list)
    task_list = register(scene, city_list)
    city_list.refresh_from_db()
    assert (city_list.state, city_list.task_list) == (
        DocumentState.REGISTERED,
        task_list,
    )
    event = Event.objects.get(kind="document.registered")
    assert event.data == {"list": task_list.pk, "rows": 111}
    source = task_list.items.get(serial="17").source
    assert (source["document"], source["table"], source["row"]) == ("003.docx", 2, 19)
    assert source["excluded"]["responsible"] == ["渝中区", "高新区"]


def test_the_place_remembers_what_was_confirmed(
    scene: Scene, city_list: Document
) -> None:
    settle(scene, city_list)
    assert not UnitGroup.objects.exists()
    register(scene, city_list)
    group = UnitGroup.objects.get(name=CENTRAL)
    assert group.confirmed_by == scene.office
    assert group.units.count() == 11
    assert UnitName.objects.get(name="高新区").unit.name == "高新区管委会"
    again = scene.take_in(
        word_list(["1", "做", "市教委", "", f"{CENTRAL}，不含高新区", "2025年"])
    )
    [asked] = Meanings(again).open_names
    assert asked.name == CENTRAL
    assert len(asked.offered) == 11


def test_a_document_is_registered_once(scene: Scene, city_list: Document) -> None:
    settle(scene, city_list)
    register(scene, city_list)
    with pytest.raises(Stale):
        register(scene, city_list)
    with pytest.raises(Stale):
        mean(scene, city_list, CENTRAL, scene.unit("渝中区政府"))
    with pytest.raises(Stale):
        discard(document=city_list, by=scene.by, now=NOW)
    assert TaskList.objects.count() == 1


def test_a_mistaken_document_goes_with_its_answers_and_the_journal_knows(
    scene: Scene, city_list: Document
) -> None:
    mean(scene, city_list, CENTRAL, scene.unit("渝中区政府"))
    gone = Document.objects.get(pk=city_list.pk)
    discard(document=city_list, by=scene.by, now=NOW)
    assert not Document.objects.exists()
    assert Event.objects.filter(kind="document.discarded").count() == 1
    with pytest.raises(NotFound):
        discard(document=gone, by=scene.by, now=NOW)


def test_a_leap_day_moved_by_years_stays_in_february(scene: Scene) -> None:
    scene.unit("市乙局")
    document = scene.take_in(
        word_list(["1", "做", "市乙局", "", "", "2024年2月29日前"])
    )
    task_list = register(scene, document, shifted_years=1)
    item = task_list.items.get()
    assert str(item.due_date) == "2025-02-28"
    assert item.deadline_raw == "2024年2月29日前"


def register(scene: Scene, document: Document, *, shifted_years: int = 0) -> TaskList:
    """Register as the office."""
    return register_document(
        document=document,
        title="清单",
        by=scene.by,
        now=NOW,
        shifted_years=shifted_years,
    )


def mean(scene: Scene, document: Document, name: str, *units: Unit) -> None:
    """Answer as the office."""
    mean_units(
        document=document,
        name=name,
        unit_ids=[unit.pk for unit in units],
        by=scene.by,
        now=NOW,
    )


def settle(scene: Scene, document: Document) -> None:
    """Answer everything the city's list asks, as a careful office would."""
    names = Meanings(document).creatable
    create_units(document=document, names=names, by=scene.by, now=NOW)
    units = [scene.unit(name) for name in (*DISTRICTS, *COMMITTEES)]
    mean(scene, document, CENTRAL, *units)
    mean(scene, document, "主城各区政府", *units[:9])
    for short, full in (
        ("渝中区", "渝中区政府"),
        ("两江新区", "两江新区管委会"),
        ("高新区", "高新区管委会"),
    ):
        mean(scene, document, short, scene.unit(full))
    for question in Meanings(document).open_names:
        if question.kind == "unit":
            mean(scene, document, question.name, scene.unit(question.name))
        else:
            leave_to_lead(
                document=document, names=[question.name], by=scene.by, now=NOW
            )
    for row in Meanings(document).open_rows:
        confirm_field(
            document=document,
            position=row.position,
            field=row.field,
            by=scene.by,
            now=NOW,
        )
