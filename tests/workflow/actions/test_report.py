"""反馈 and 提交."""

import pytest
from django.core.files.base import ContentFile

from files.models import StoredFile
from files.store import open_file
from tests.workflow.actions.row import Row
from tests.workflow.web.scene import claimed
from workflow.actions.report import Written, report
from workflow.actions.submit import submit
from workflow.models import Duty, Report
from workflow.refusals import NotPossible, Stale
from workflow.states import Node


@pytest.fixture
def duty(row: Row) -> Duty:
    """Give the work of the supporting unit, claimed."""
    row.working()
    return claimed(row.scene, row.duty(Node.CARRY_OUT, "support"), "support")


def test_a_report_keeps_all_that_was_written(row: Row, duty: Duty) -> None:
    figures = [{"name": "分拣中心", "value": "3", "unit": "座"}]
    file = ContentFile("照片".encode(), name="照片.jpg")
    written = Written(" 建成三座 ", 60, "资金不足", "继续", "请协调", figures, [file])
    made: Report = row.do(report, duty, "support", written=written)
    made.refresh_from_db()
    assert (made.progress, made.percent, made.figures) == ("建成三座", 60, figures)
    assert (made.problems, made.next_steps, made.help_needed) == (
        *("资金不足", "继续", "请协调"),
    )
    kept = made.files.get().file
    assert open_file(kept).read() == "照片".encode()
    duty.refresh_from_db()
    assert duty.state == "claimed"


@pytest.mark.parametrize(
    ("written", "field"),
    [
        (Written("  ", 50), "progress"),
        (Written("进展", 101), "percent"),
        (Written("进展", -1), "percent"),
        (Written("进展", 50, files=[ContentFile(b"", name="a.txt")]), "files"),
        (Written("进展", 50, files=[ContentFile(b"x", name="a.exe")]), "files"),
    ],
    ids=["empty", "over", "under", "empty file", "program"],
)
def test_a_report_that_cannot_be_kept_names_its_field(
    row: Row, duty: Duty, written: Written, field: str
) -> None:
    with pytest.raises(NotPossible) as refused:
        row.do(report, duty, "support", written=written)
    assert refused.value.field == field
    assert not Report.objects.exists()
    assert not StoredFile.objects.exists()
    assert not row.told("duty.reported")


def test_only_the_lead_moves_the_percent_of_the_row(row: Row, duty: Duty) -> None:
    row.report(duty, "support", percent=90)
    row.item.refresh_from_db()
    assert row.item.percent is None
    mine = claimed(row.scene, row.duty(Node.CARRY_OUT, "lead"), "lead")
    row.report(mine, "lead", percent=40)
    row.item.refresh_from_db()
    assert row.item.percent == 40


def test_a_second_report_on_the_same_page_is_stale(row: Row, duty: Duty) -> None:
    seen = duty.version
    row.report(duty, "support")
    with pytest.raises(Stale):
        row.do(report, duty, "support", version=seen, written=Written("再报", 60))
    assert Report.objects.count() == 1


def test_nothing_is_handed_in_without_a_report(row: Row, duty: Duty) -> None:
    with pytest.raises(NotPossible, match="先填写反馈"):
        row.do(submit, duty, "support")
    assert row.stage == "working"


def test_pressing_submit_twice_says_it_was_done(row: Row, duty: Duty) -> None:
    row.report(duty, "support")
    row.do(submit, duty, "support")
    with pytest.raises(Stale, match="您刚才已经办理过"):
        row.do(submit, duty, "support")
    assert len(row.told("duty.submitted")) == 1


def test_the_last_to_submit_wakes_the_lead_once(row: Row) -> None:
    row.working()
    row.handed_in("support", "lead", "implementer")
    assert row.stage == "working"
    row.handed_in("support2")
    assert row.stage == "concluding"
    assert row.item.duties.filter(node=Node.CONCLUDE).count() == 1
