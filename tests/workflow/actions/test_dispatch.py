"""分办: who gets the row."""

import pytest

from tests.workflow.actions.row import Row
from workflow.actions.dispatch import dispatch
from workflow.refusals import NotPossible
from workflow.states import Node, Role


def test_the_printed_units_and_the_lead_each_get_a_duty(row: Row) -> None:
    row.do(dispatch, row.dispatching(), "lead")
    assert row.stage == "working"
    units = {"市生态环境局", "市城市管理局", "市商务委", "渝中区政府"}
    assert row.open_units(Node.CARRY_OUT) == units
    assert len(row.told("duty.opened")) == 5
    assert row.item.round == 1


def test_the_lead_may_leave_out_a_support_and_name_another(row: Row) -> None:
    support, outsider = row.unit("support"), row.unit("outsider")
    wanted = {Role.SUPPORT: [support, outsider], Role.IMPLEMENTER: []}
    row.do(dispatch, row.dispatching(), "lead", units=wanted)
    assert row.open_units(Node.CARRY_OUT) == {"市生态环境局", "市城市管理局", "市教委"}
    ended = {event.data["unit"] for event in row.told("participation.ended")}
    assert ended == {row.unit("support2"), row.unit("implementer")}
    (added,) = row.told("participation.added")
    assert (added.data["unit"], added.data["role"]) == (outsider, "support")


def test_the_words_that_were_printed_stay_beside_a_part_that_ended(row: Row) -> None:
    wanted = {Role.SUPPORT: [], Role.IMPLEMENTER: []}
    row.do(dispatch, row.dispatching(), "lead", units=wanted)
    ended = row.item.parts.get(unit=row.unit("support"))
    assert (ended.open, ended.raw_text) == (False, "市城市管理局")


def test_a_unit_that_is_not_there_is_refused_and_nothing_is_kept(row: Row) -> None:
    duty = row.dispatching()
    wanted = {Role.SUPPORT: [row.unit("outsider"), 987654], Role.IMPLEMENTER: []}
    with pytest.raises(NotPossible, match="987654") as refused:
        row.do(dispatch, duty, "lead", units=wanted)
    assert refused.value.field == "support"
    assert row.stage == "dispatching"
    assert row.item.parts.filter(open=True).count() == 4
    assert not row.told("participation.ended")
    assert not row.told("duty.dispatched")


def test_a_unit_with_two_parts_works_once(row: Row) -> None:
    wanted = {
        Role.SUPPORT: [row.unit("support")],
        Role.IMPLEMENTER: [row.unit("support"), row.unit("lead")],
    }
    row.do(dispatch, row.dispatching(), "lead", units=wanted)
    assert row.open_units(Node.CARRY_OUT) == {"市生态环境局", "市城市管理局"}
    assert row.item.duties.filter(node=Node.CARRY_OUT).count() == 2


def test_a_lead_alone_does_the_whole_work(row: Row) -> None:
    wanted: dict[Role, list[int]] = {Role.SUPPORT: [], Role.IMPLEMENTER: []}
    row.do(dispatch, row.dispatching(), "lead", units=wanted)
    row.handed_in("lead")
    assert row.stage == "concluding"
