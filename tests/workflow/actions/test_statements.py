"""How much each verb asks of the database: bounded, and the same for any number."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orgs.actions.units import create_unit
from tests.workflow.actions.row import Row
from tests.workflow.web.scene import Scene, claimed, issued_list
from workflow.actions.claim import claim
from workflow.actions.dispatch import dispatch
from workflow.actions.report import Written, report
from workflow.actions.submit import submit
from workflow.models import Duty
from workflow.states import Node, Role


def statements(action: Any, duty: Duty, row: Row, login: str, **more: Any) -> int:
    """Return how many statements a verb takes, begin and commit left out."""
    duty = Duty.objects.get(pk=duty.pk)
    given = {"duty": duty, "version": duty.version, "by": row.scene.actor(login)}
    with CaptureQueriesContext(connection) as told:
        action(**given, now=timezone.now(), **more)
    kinds = ("SELECT", "INSERT", "UPDATE", "DELETE")
    return sum(query["sql"].lstrip().startswith(kinds) for query in told)


def test_a_verb_that_does_not_route_costs_a_handful(row: Row) -> None:
    assert statements(claim, row.duty(Node.DISPATCH), row, "lead") <= 8
    row.do(dispatch, row.duty(Node.DISPATCH), "lead")
    duty = claimed(row.scene, row.duty(Node.CARRY_OUT, "support"), "support")
    written = Written("进展", 50)
    assert statements(report, duty, row, "support", written=written) <= 10
    assert statements(submit, duty, row, "support") <= 15


@pytest.fixture
def districts(scene: Scene) -> list[int]:
    place = scene.programme.jurisdiction
    return [create_unit(name=f"第{n}区", jurisdiction=place).pk for n in range(30)]


def test_a_fan_out_costs_the_same_for_any_number_of_units(
    scene: Scene, districts: list[int]
) -> None:
    taken = {}
    for size, item in zip(
        (1, 10, 30), issued_list(scene, rows=3).items.all(), strict=True
    ):
        row = Row(scene, item)
        units = {Role.IMPLEMENTER: districts[:size], Role.SUPPORT: []}
        taken[size] = statements(dispatch, row.dispatching(), row, "lead", units=units)
        assert item.duties.filter(node=Node.CARRY_OUT).count() == size + 1
    # The two parts that the first dispatch of each row ends are the same for all.
    assert len(set(taken.values())) == 1, taken
