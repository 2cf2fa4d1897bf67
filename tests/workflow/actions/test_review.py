"""审核, 退回, 销号 and 不予销号."""

import pytest

from tests.workflow.actions.row import Row
from tests.workflow.history import assert_history_is_the_row
from tests.workflow.web.scene import claimed
from workflow.actions.conclude import conclude
from workflow.actions.review import accept, return_for_rework
from workflow.actions.sign import decline, sign_off
from workflow.refusals import NotAllowed, NotPossible, Stale
from workflow.states import Node


def concluded_again(row: Row) -> None:
    """Let the lead conclude without waiting for signatures."""
    duty = claimed(row.scene, row.duty(Node.CONCLUDE), "lead")
    row.report(duty, "lead", "已补充。", 100)
    row.do(conclude, duty, "lead", override_reason="已当面核对")


def test_only_the_units_sent_back_work_again_and_rejoin(row: Row) -> None:
    back = [row.unit("support"), row.unit("implementer")]
    row.do(return_for_rework, row.reviewing(), "office", reason="缺台账", units=back)
    assert row.stage == "working"
    assert row.open_units(Node.CARRY_OUT) == {"市城市管理局", "渝中区政府"}
    assert row.duty(Node.CARRY_OUT, "support").note == "缺台账"
    row.handed_in("implementer")
    assert row.stage == "working"
    row.handed_in("support")
    assert row.stage == "concluding"
    concluded_again(row)
    assert row.stage == "reviewing"
    assert_history_is_the_row(row.item)


def test_a_return_without_units_goes_to_the_lead(row: Row) -> None:
    row.do(return_for_rework, row.reviewing(), "office", reason="结论不清")
    assert row.stage == "concluding"
    assert row.duty(Node.CONCLUDE).note == "结论不清"
    assert row.open_units(Node.CARRY_OUT) == set()


def test_a_unit_without_a_part_cannot_be_sent_back(row: Row) -> None:
    duty, stranger = row.reviewing(), [row.unit("outsider")]
    with pytest.raises(NotPossible, match="不在本任务的承办单位中"):
        row.do(return_for_rework, duty, "office", reason="补", units=stranger)
    assert row.stage == "reviewing"


@pytest.mark.parametrize("reason", ["", "   "])
def test_going_back_needs_a_reason(row: Row, reason: str) -> None:
    duty = row.reviewing()
    with pytest.raises(NotPossible, match="请填写理由") as refused:
        row.do(return_for_rework, duty, "office", reason=reason)
    assert refused.value.field == "reason"
    row.do(accept, duty, "office")
    with pytest.raises(NotPossible, match="请填写理由"):
        row.do(decline, row.duty(Node.SIGN_OFF), "leader", reason=reason)
    assert row.stage == "signing"


def test_two_reviewers_decide_once(row: Row) -> None:
    duty = row.reviewing()
    row.do(accept, duty, "office")
    with pytest.raises(Stale, match="office同志"):
        row.do(return_for_rework, duty, "office2", reason="补")
    assert row.stage == "signing"


def test_a_claimed_review_is_its_holders(row: Row) -> None:
    duty = claimed(row.scene, row.reviewing(), "office")
    with pytest.raises(Stale, match="office同志"):
        row.do(accept, duty, "office2")
    row.do(accept, duty, "office")
    assert row.stage == "signing"


def test_sign_off_closes_the_row_with_its_flow_and_parts(row: Row) -> None:
    row.do(sign_off, row.signing(), "leader", opinion="同意")
    row.item.refresh_from_db()
    assert (row.stage, row.item.closed_as) == ("closed", "implemented")
    assert row.item.closed_on is not None
    assert not row.item.parts.filter(open=True).exists()
    assert row.item.process is not None
    assert row.item.process.status == "DONE"
    assert [event.data for event in row.told("item.closed")] == [
        {"kind": "implemented"}
    ]
    assert_history_is_the_row(row.item)


def test_a_closed_row_takes_no_verb(row: Row) -> None:
    duty = row.signing()
    row.do(sign_off, duty, "leader")
    for action, more in ((sign_off, {}), (decline, {"reason": "再看"})):
        with pytest.raises(Stale):
            row.do(action, duty, "leader", **more)


def test_a_declined_row_is_looked_at_again(row: Row) -> None:
    row.do(decline, row.signing(), "leader", reason="数据存疑")
    assert row.stage == "reviewing"
    again = row.duty(Node.REVIEW)
    assert again.note == "数据存疑"
    row.do(accept, again, "office2")
    row.do(sign_off, row.duty(Node.SIGN_OFF), "leader")
    assert row.stage == "closed"
    assert_history_is_the_row(row.item)


def test_who_reviewed_before_a_decline_still_may_not_sign(row: Row) -> None:
    from orgs.actions.appoint import appoint
    from orgs.posts import Post

    duty = row.signing()
    appoint(
        person=row.scene.people["office"],
        post=Post.LEADER,
        unit=row.scene.units["领导小组"],
        programme=row.scene.programme,
        by={"system": "test"},
    )
    with pytest.raises(NotAllowed, match="回避"):
        row.do(sign_off, duty, "office")
    assert row.stage == "signing"
