"""签收 and 退签."""

import pytest

from tests.workflow.actions.row import Row
from workflow.actions.claim import claim
from workflow.actions.release import release
from workflow.refusals import NotAllowed, NotPossible, Stale
from workflow.states import DutyState, Node


def test_whoever_claims_holds_the_duty_and_the_row_stays(row: Row) -> None:
    duty = row.do(claim, row.duty(Node.DISPATCH), "lead")
    assert (duty.state, duty.holder_id) == ("claimed", row.scene.people["lead"].pk)
    assert row.stage == "dispatching"
    (event,) = row.told("duty.claimed")
    assert event.actor["unit_name"] == "市生态环境局"
    assert event.actor["name"] == "lead同志"


def test_second_claim_is_told_the_holder(row: Row) -> None:
    duty = row.dispatching()
    with pytest.raises(Stale, match="lead同志"):
        row.do(claim, duty, "lead2")
    assert len(row.told("duty.claimed")) == 1


def test_a_page_as_it_was_before_is_stale_even_for_the_holder(row: Row) -> None:
    duty = row.dispatching()
    with pytest.raises(Stale, match="lead同志刚刚办理过"):
        row.do(release, duty, "lead", version=duty.version - 1)
    duty.refresh_from_db()
    assert duty.state == DutyState.CLAIMED


def test_a_duty_that_was_given_back_can_be_claimed_by_a_colleague(row: Row) -> None:
    duty = row.dispatching()
    duty = row.do(release, duty, "lead")
    assert (duty.state, duty.holder_id, duty.claimed_at) == ("offered", None, None)
    assert row.do(claim, duty, "lead2").holder_id == row.scene.people["lead2"].pk


def test_a_colleague_cannot_give_back_what_another_holds(row: Row) -> None:
    duty = row.dispatching()
    with pytest.raises(Stale, match="lead同志"):
        row.do(release, duty, "lead2")


@pytest.mark.parametrize("login", ["support", "office", "leader", "outsider"])
def test_another_unit_cannot_claim(row: Row, login: str) -> None:
    with pytest.raises(NotAllowed):
        row.do(claim, row.duty(Node.DISPATCH), login)


@pytest.mark.parametrize("login", ["observer", "stranger", "administrator"])
def test_who_may_not_act_cannot_claim(row: Row, login: str) -> None:
    with pytest.raises(NotAllowed):
        row.do(claim, row.duty(Node.DISPATCH), login)


def test_what_is_not_claimed_cannot_be_given_back(row: Row) -> None:
    with pytest.raises(NotPossible, match="请先签收"):
        row.do(release, row.duty(Node.DISPATCH), "lead")
