"""The hand-checked readings, from every form the document is kept in."""

import json
from pathlib import Path
from typing import Any

import pytest

from intake.reading.as_json import as_json
from intake.reading.read import read

pytestmark = pytest.mark.once

TESTS = Path(__file__).resolve().parents[1]
DEMO = TESTS.parents[1] / "demo" / "documents"
FORMS_OF_003 = [
    DEMO / "003.docx",
    *sorted((TESTS / "documents").glob("003*.txt")),
]


def reading_of(path: Path) -> dict[str, Any]:
    return as_json(read(path.read_bytes()))


def truth(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        (TESTS / "truth" / f"{name}.json").read_text()
    )["rows"]
    return rows


def expected(row: dict[str, Any]) -> dict[str, Any]:
    same = (
        "section",
        "group",
        "group_index",
        "content",
        "lead_units",
        "support_units",
        "responsible_units",
        "exclusions",
        "collective_units",
        "deadline_raw",
        "deadline_date",
        "deadline_precision",
    )
    return {
        **{name: row[name] for name in same},
        "serial": str(row["serial"]),
        "open_ended": [role for role, ends in row["open_ended"].items() if ends],
        "inherits_from": str(row["inherits_from"]) if row["inherits_from"] else None,
    }


@pytest.mark.parametrize("path", FORMS_OF_003, ids=lambda path: path.name)
def test_all_111_rows_of_003_are_exact(path: Path) -> None:
    rows = truth("003_tasks")
    tasks = reading_of(path)["tasks"]
    assert len(tasks) == len(rows) == 111
    for task, row in zip(tasks, rows, strict=True):
        wanted = expected(row)
        assert {name: task[name] for name in wanted} == wanted


@pytest.mark.parametrize("path", FORMS_OF_003, ids=lambda path: path.name)
def test_what_needs_a_person_is_never_silent(path: Path) -> None:
    for task, row in zip(reading_of(path)["tasks"], truth("003_tasks"), strict=True):
        if row["needs_human_resolution"] or row["any_open_ended"]:
            assert task["to_confirm"], row["serial"]


@pytest.mark.parametrize("path", FORMS_OF_003, ids=lambda path: path.name)
def test_all_45_indicators_of_003_are_exact(path: Path) -> None:
    found = reading_of(path)["indicators"]
    rows = truth("003_indicators")
    assert len(found) == len(rows) == 45
    for indicator, row in zip(found, rows, strict=True):
        for name in ("name", "mandatory", "level1", "level2", "current"):
            assert indicator[name] == row[name]
        for target, wanted in zip(indicator["targets"], row["targets"], strict=True):
            assert (target["year"], target["raw"]) == (wanted["year"], wanted["raw"])
            values = [
                (one["op"], one["value"], one["unit"]) for one in target["comparisons"]
            ]
            stated = wanted["parsed"]["comparisons"]
            assert values == [(one["op"], one["value"], one["unit"]) for one in stated]


def test_shared_suffix_is_offered_beside_the_printed_names() -> None:
    eleven = reading_of(DEMO / "003.docx")["tasks"][10]
    assert eleven["responsible_units"] == ["九龙坡区", "渝北区", "巴南区政府"]
    assert eleven["resolved"] == {"九龙坡区": "九龙坡区政府", "渝北区": "渝北区政府"}
    assert "responsible_units" in eleven["to_confirm"]


def test_the_column_slip_of_row_18_is_shown_and_not_repaired() -> None:
    row = reading_of(DEMO / "003.docx")["tasks"][17]
    assert row["support_units"] == ["渝北区政府"]
    assert row["responsible_units"] == ["市环卫集团"]
    assert {"support_units", "responsible_units"} <= set(row["to_confirm"])


def test_sub_rows_say_where_their_units_come_from() -> None:
    rows = reading_of(DEMO / "003.docx")["tasks"]
    for row in rows[103:105]:
        assert row["inherits_from"] == "103"
        assert "103" in row["reasons"]["lead_units"]


class Test001:
    """The second list, which has no 配合 column, gaps and several leads."""

    @pytest.fixture
    def docx(self) -> dict[str, Any]:
        return reading_of(DEMO / "001.docx")

    def test_word_and_text_give_the_same_rows(self, docx: dict[str, Any]) -> None:
        text = reading_of(TESTS / "documents" / "001.txt")
        where = {"places", "raws"}
        for one, other in zip(docx["tasks"], text["tasks"], strict=True):
            assert without(one, where) == without(other, where)
        assert docx["indicators"] == text["indicators"]
        assert docx["cells"] == text["cells"]

    def test_83_rows_40_indicators_and_the_gaps_are_reported(
        self, docx: dict[str, Any]
    ) -> None:
        assert (len(docx["tasks"]), len(docx["indicators"])) == (83, 40)
        assert len({row["group_index"] for row in docx["tasks"]}) == 23
        assert len({row["section"] for row in docx["tasks"]}) == 5
        assert any("28、81" in notice["sentence"] for notice in docx["notices"])

    def test_several_leads_keep_their_order_and_ask_for_the_principal(
        self, docx: dict[str, Any]
    ) -> None:
        several = [row for row in docx["tasks"] if len(row["lead_units"]) > 1]
        assert [row["serial"] for row in several] == [
            "26",
            "29",
            "40",
            "43",
            "67",
            "80",
        ]
        assert all("lead_units" in row["to_confirm"] for row in several)

    def test_debris_is_cut_from_the_value_and_kept_in_the_raw_text(self) -> None:
        row = reading_of(TESTS / "documents" / "001.txt")["tasks"][4]
        assert row["content"].startswith("发挥重庆三峰")
        assert row["raws"]["content"].startswith("[bookmark:")

    def test_a_dated_promise_becomes_a_milestone_under_a_later_deadline(
        self, docx: dict[str, Any]
    ) -> None:
        eleven = next(row for row in docx["tasks"] if row["serial"] == "11")
        assert eleven["deadline_date"] == "2025-12-31"
        assert [one["date"] for one in eleven["milestones"]] == ["2022-12-31"]
        assert "deadline_date" in eleven["to_confirm"]

    def test_a_target_over_two_years_serves_both(self, docx: dict[str, Any]) -> None:
        for serial in ("2", "13", "20", "34"):
            row = next(one for one in docx["indicators"] if one["serial"] == serial)
            assert len({target["raw"] for target in row["targets"]}) == 1
            assert [target["year"] for target in row["targets"]] == [2022, 2025]


def without(row: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
