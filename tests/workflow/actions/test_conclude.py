"""会签 and 办结申请."""

import pytest

from tests.workflow.actions.row import Row
from tests.workflow.web.scene import WORKERS, claimed
from workflow.actions.conclude import conclude
from workflow.actions.countersign import countersign
from workflow.models import Countersignature
from workflow.refusals import NotAllowed, NotPossible
from workflow.states import Node


def test_a_row_goes_to_the_office_once_all_supports_have_signed(row: Row) -> None:
    duty = row.concluding()
    for login in ("support", "support2"):
        row.do(countersign, duty, login, opinion="同意")
    row.do(conclude, duty, "lead")
    assert row.stage == "reviewing"
    (event,) = row.told("duty.concluded")
    assert "override_reason" not in event.data


def test_missing_signatures_are_named(row: Row) -> None:
    duty = row.concluding()
    row.do(countersign, duty, "support")
    with pytest.raises(NotPossible, match="市商务委还没有会签") as refused:
        row.do(conclude, duty, "lead")
    assert refused.value.field == "override_reason"
    assert "市城市管理局" not in refused.value.sentence
    assert row.stage == "concluding"


def test_an_override_is_recorded_with_who_was_passed_over(row: Row) -> None:
    duty = row.concluding()
    row.do(countersign, duty, "support")
    row.do(conclude, duty, "lead", override_reason=" 时间紧 ")
    (event,) = row.told("duty.concluded")
    assert event.data["override_reason"] == "时间紧"
    assert event.data["passed_over"] == [row.unit("support2")]


def test_a_newer_report_makes_signatures_void(row: Row) -> None:
    duty = row.concluding()
    for login in ("support", "support2"):
        row.do(countersign, duty, login)
    row.report(duty, "lead", "重新写过。", 100)
    with pytest.raises(NotPossible, match="还没有会签"):
        row.do(conclude, duty, "lead")
    row.do(countersign, duty, "support")
    assert Countersignature.objects.count() == 3


def test_a_unit_signs_a_report_once(row: Row) -> None:
    duty = row.concluding()
    row.do(countersign, duty, "support")
    with pytest.raises(NotPossible, match="已会签过"):
        row.do(countersign, duty, "support")
    assert Countersignature.objects.count() == 1


def test_one_signature_leaves_the_page_of_another_fresh(row: Row) -> None:
    duty = row.concluding()
    row.do(countersign, duty, "support", version=duty.version)
    row.do(countersign, duty, "support2", version=duty.version)
    assert Countersignature.objects.count() == 2


@pytest.mark.parametrize("login", ["lead", "implementer", "office", "outsider"])
def test_only_supports_sign(row: Row, login: str) -> None:
    with pytest.raises(NotAllowed):
        row.do(countersign, row.concluding(), login)


def test_nothing_is_signed_or_concluded_before_there_is_a_text(row: Row) -> None:
    row.working()
    row.handed_in(*WORKERS)
    duty = claimed(row.scene, row.duty(Node.CONCLUDE), "lead")
    with pytest.raises(NotPossible, match="还没有写办结报告"):
        row.do(countersign, duty, "support")
    with pytest.raises(NotPossible, match="先填写办结报告"):
        row.do(conclude, duty, "lead", override_reason="急")
