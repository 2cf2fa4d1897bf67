"""待我处理: what waits for a person, in a bounded number of statements."""

from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orgs.actions.appoint import appoint
from orgs.posts import Post
from tests.workflow.web.scene import (
    Scene,
    claimed,
    concluding,
    issued_list,
    open_duty,
    reviewing,
    signing,
    working,
)
from workflow.actions.countersign import countersign
from workflow.models import Duty
from workflow.queries.diagram import diagram_of
from workflow.queries.duties import PAGE, WaitingList, waiting_for
from workflow.states import Node


def waits(scene: Scene, login: str, **after: int) -> WaitingList:
    """Return what waits for the person."""
    return waiting_for(scene.actor(login), now=timezone.now(), after=after)


def serials(section: object) -> list[str]:
    """Return the serials of a block's rows."""
    return [row.duty.item.serial for row in section.rows]  # type: ignore[attr-defined]


def test_each_person_finds_what_is_theirs_in_its_block(scene: Scene) -> None:
    items = list(issued_list(scene, 3).items.all())
    claimed(scene, open_duty(items[0], Node.DISPATCH), "lead")
    mine, colleague = waits(scene, "lead"), waits(scene, "lead2")
    assert serials(mine.held) == ["1"]
    assert serials(mine.offered) == ["2", "3"]
    assert serials(colleague.held) == []
    assert serials(colleague.colleagues) == ["1"]
    assert colleague.total == 2
    for login in ("support", "observer", "outsider", "stranger", "administrator"):
        assert waits(scene, login).total == 0


def test_supports_are_asked_to_countersign_until_they_have(scene: Scene) -> None:
    item = issued_list(scene, 1).items.get()
    duty = concluding(scene, item)
    assert serials(waits(scene, "support").countersign) == ["1"]
    assert serials(waits(scene, "implementer").countersign) == []
    countersign(
        duty=duty,
        version=duty.version,
        by=scene.actor("support"),
        now=timezone.now(),
    )
    assert serials(waits(scene, "support").countersign) == []
    assert serials(waits(scene, "support2").countersign) == ["1"]


def test_who_worked_on_a_row_is_not_offered_its_review_nor_its_sign_off(
    scene: Scene,
) -> None:
    items = list(issued_list(scene, 2).items.all())
    reviewing(scene, items[0])
    signing(scene, items[1])
    for login, unit, post in (
        ("lead", "无废办", Post.OFFICE),
        ("office", "领导小组", Post.LEADER),
    ):
        appoint(
            person=scene.people[login],
            post=post,
            unit=scene.units[unit],
            programme=scene.programme,
            by={"system": "test"},
        )
    assert serials(waits(scene, "lead").offered) == []
    assert serials(waits(scene, "office").offered) == ["1"]
    assert serials(waits(scene, "office2").offered) == ["1"]
    assert serials(waits(scene, "leader").offered) == ["2"]


def test_what_waits_is_read_in_at_most_eight_statements_however_much_it_is(
    scene: Scene,
) -> None:
    items = list(issued_list(scene, 40).items.all())
    for item in items[:3]:
        working(scene, item)
        claimed(
            scene, open_duty(item, Node.CARRY_OUT, scene.units["市商务委"]), "support2"
        )
    concluding(scene, items[3])
    concluding(scene, items[4])
    for login in ("lead", "support", "support2", "office", "leader"):
        actor = scene.actor(login)
        with CaptureQueriesContext(connection) as taken:
            waiting_for(actor, now=timezone.now())
        assert len(taken) <= 8


def test_many_duties_come_page_by_page(scene: Scene) -> None:
    issued_list(scene, PAGE + 7)
    first = waits(scene, "lead").offered
    assert first.next is not None
    second = waits(scene, "lead", offered=first.next).offered
    assert (len(first.rows), len(second.rows)) == (PAGE, 7)
    assert second.next is None
    assert first.total == second.total == PAGE + 7
    assert len({row.duty.pk for row in first.rows + second.rows}) == PAGE + 7


def test_the_part_shows_rows_with_light_and_deadline(scene: Scene) -> None:
    issued_list(scene, 2)
    request = RequestFactory().get("/")
    page = render_to_string(
        "workflow/_duties.html", {"waiting": waits(scene, "lead"), "request": request}
    )
    for words in ("待签收", "建成第2座分拣中心", "2026年", "批量签收"):
        assert words in page
    empty = render_to_string(
        "workflow/_duties.html",
        {"waiting": waits(scene, "outsider"), "request": request},
    )
    assert "现在没有待办" in empty


def test_the_drawing_shows_where_the_token_is(scene: Scene) -> None:
    items = list(issued_list(scene, 3).items.all())
    working(scene, items[0])
    reviewing(scene, items[1])

    def now(place: int) -> tuple[set[str], str]:
        item = items[place]
        item.refresh_from_db()
        drawing = diagram_of(item, Duty.objects.filter(item=item))
        shapes = {shape.name: shape for shape in drawing.shapes}
        holding = {name for name, shape in shapes.items() if shape.look == "now"}
        return holding, shapes["carry_out"].note

    assert now(0) == ({"carry_out"}, "0 / 4")
    assert now(1) == ({"review"}, "4 / 4")
    assert now(2) == ({"dispatch"}, "")


def test_the_drawing_has_a_way_back_for_each_step_back(scene: Scene) -> None:
    item = issued_list(scene, 1).items.get()
    back = [line.label for line in diagram_of(item, []).lines if line.back]
    assert sorted(back) == ["不予销号", "退回", "退回"]
