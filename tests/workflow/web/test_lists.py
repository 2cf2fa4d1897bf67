"""Lists as printed: what they show, what they find, how they are issued."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.workflow.web.scene import (
    Scene,
    concluding,
    draft_list,
    issued_list,
    open_duty,
    signing,
    working,
)
from workflow.actions.issue import issue, issue_pending
from workflow.actions.register import Part
from workflow.models import Duty, TaskItem, TaskList
from workflow.queries.rows import Wanted, page_of
from workflow.states import Colour, DutyState, ListState, Node, Role, Stage


def shown(scene: Scene, login: str, task_list: TaskList, query: str = "") -> str:
    """Return the list's page as the person sees it."""
    address = reverse("workflow:list-detail", args=[task_list.pk]) + query
    return scene.client(login).get(address).content.decode()


def serials(scene: Scene, login: str, wanted: Wanted) -> list[str]:
    """Return the serials of the rows that the person finds."""
    page = page_of(scene.actor(login), wanted, now=timezone.now())
    return [row.item.serial for row in page.rows]


def queries_of(scene: Scene, login: str, address: str) -> int:
    """Return how many statements the page takes."""
    client = scene.client(login)
    client.get(address)
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    return len(taken)


def test_a_list_is_shown_under_its_printed_headings(scene: Scene) -> None:
    page = shown(scene, "office", issued_list(scene, 12))
    for words in ("一、规划引领", "第1组", "第2组", "建成第12座分拣中心", "2026年"):
        assert words in page
    assert page.index("第1组") < page.index("建成第10座") < page.index("第2组")


def test_a_long_set_of_units_is_folded_and_a_vague_one_shown_as_printed(
    scene: Scene,
) -> None:
    set_words = "重庆市主城区政府（管委会），不含两江新区"
    members = ["市城市管理局", "市商务委", "渝中区政府"]
    parts = [Part(Role.LEAD, "市生态环境局", scene.units["市生态环境局"].pk)]
    parts += [
        Part(Role.IMPLEMENTER, set_words, scene.units[name].pk) for name in members
    ]
    parts.append(Part(Role.SUPPORT, "有关区政府"))
    page = shown(scene, "office", issued_list(scene, 1, parts=parts))
    assert "重庆市主城区政府（管委会）等 3 个单位" in page
    assert "有关区政府" in page
    assert "unit-open" in page


def test_a_closed_row_still_shows_its_units(scene: Scene) -> None:
    task_list = issued_list(scene, 1)
    duty = signing(scene, task_list.items.get())
    scene.client("leader").post(
        reverse("workflow:duty-verb", args=[duty.pk, "sign_off"]),
        {"version": duty.version},
    )
    task_list.items.get(stage=Stage.CLOSED)
    page = page_of(scene.actor("office"), Wanted(), now=timezone.now())
    assert [named.units for named in page.rows[0].units["lead"]] == [["市生态环境局"]]
    assert len(page.rows[0].units["support"]) == 2


def test_the_demo_shows_the_year_in_force_beside_the_print(scene: Scene) -> None:
    task_list = issued_list(scene, 1, deadline_raw="2020年")
    TaskList.objects.filter(pk=task_list.pk).update(shifted_years=6)
    page = shown(scene, "office", task_list)
    assert "2026年" in page
    assert "原文 2020年" in page
    assert "12-31" not in page


@pytest.mark.parametrize(("rows", "more_rows"), [(3, 111)])
def test_a_long_list_takes_no_more_statements_than_a_short_one(
    scene: Scene, rows: int, more_rows: int
) -> None:
    address = "workflow:list-detail"
    short = reverse(address, args=[issued_list(scene, rows).pk])
    long = reverse(address, args=[issued_list(scene, more_rows).pk])
    for login in ("office", "lead"):
        taken = queries_of(scene, login, short)
        assert queries_of(scene, login, long) == taken
        assert taken <= 14


def test_filters_find_rows_by_words_unit_role_stage_and_due_window(
    scene: Scene,
) -> None:
    task_list = issued_list(scene, 5)
    items = list(task_list.items.all())
    working(scene, items[1])
    today = timezone.localdate()
    soon, past = today + timedelta(days=3), today - timedelta(days=1)
    far = today + timedelta(days=500)
    for item, due in zip(items, (soon, past, far, far, far), strict=True):
        TaskItem.objects.filter(pk=item.pk).update(due_date=due)
    support = scene.units["市城市管理局"].pk
    assert serials(scene, "office", Wanted(words="第4座")) == ["4"]
    assert serials(scene, "office", Wanted(words="3")) == ["3"]
    assert serials(scene, "office", Wanted(stage=Stage.WORKING)) == ["2"]
    assert serials(scene, "office", Wanted(due="overdue")) == ["2"]
    assert serials(scene, "office", Wanted(due="week")) == ["1"]
    assert serials(scene, "office", Wanted(due_on=soon)) == ["1"]
    assert len(serials(scene, "office", Wanted(unit=support))) == 5
    assert serials(scene, "office", Wanted(unit=support, role=Role.LEAD)) == []
    assert serials(scene, "support", Wanted(mine=True)) == ["2"]
    assert serials(scene, "lead", Wanted(mine=True)) == ["1", "2", "3", "4", "5"]


def test_a_light_finds_exactly_the_rows_that_show_it(scene: Scene) -> None:
    items = list(issued_list(scene, 6).items.all())
    signed = signing(scene, items[5])
    scene.client("leader").post(
        reverse("workflow:duty-verb", args=[signed.pk, "sign_off"]),
        {"version": signed.version},
    )
    today = timezone.localdate()
    begun, end = today - timedelta(days=100), today + timedelta(days=100)
    states: list[dict[str, Any]] = [
        {"due_date": today - timedelta(days=1)},
        {"due_date": today + timedelta(days=20), "issued_on": begun - timedelta(200)},
        {"due_date": end, "issued_on": begun, "percent": 30},
        {"due_date": end, "issued_on": begun, "percent": 10},
        {"due_date": end, "issued_on": begun, "percent": 50},
    ]
    for item, state in zip(items, states, strict=False):
        TaskItem.objects.filter(pk=item.pk).update(**state)
    found = {
        colour: serials(scene, "office", Wanted(light=colour)) for colour in Colour
    }
    assert found == {
        Colour.RED: ["1", "4"],
        Colour.BLUE: ["2"],
        Colour.YELLOW: ["3"],
        Colour.GREEN: ["5"],
        Colour.GREY: ["6"],
    }


def test_a_light_is_found_page_by_page_without_loss_or_doubling(scene: Scene) -> None:
    issued_list(scene, 7)
    TaskItem.objects.exclude(serial="4").update(due_date=date(2020, 1, 1))
    found: list[str] = []
    after = 0
    for _page in range(9):
        page = page_of(
            scene.actor("office"),
            Wanted(light=Colour.RED),
            now=timezone.now(),
            after=after,
            size=2,
        )
        found += [row.item.serial for row in page.rows]
        if page.next is None:
            break
        after = page.next
    assert found == ["1", "2", "3", "5", "6", "7"]


@pytest.mark.parametrize(
    "query",
    [
        "?unit=abc&stage=nowhere&light=purple&due=never&role=king&after=x",
        "?unit=99999999999999999999999&after=99999999999999999999999",
        "?q=%00%27%22&due_on=2026-13-45",
        "?unit=²",
    ],
)
def test_a_broken_address_shows_the_list_rather_than_an_error(
    scene: Scene, query: str
) -> None:
    task_list = issued_list(scene)
    address = reverse("workflow:list-detail", args=[task_list.pk]) + query
    assert scene.client("office").get(address).status_code == 200


# ---- issuing ---------------------------------------------------------------


def test_the_office_issues_a_list_and_follows_its_progress(scene: Scene) -> None:
    task_list = draft_list(scene)
    client = scene.client("office")
    progress = reverse("workflow:list-progress", args=[task_list.pk])
    answer = client.post(reverse("workflow:list-issue", args=[task_list.pk]))
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "正在交办，已下达 0 / 3 项" in page
    asked = client.get(progress, headers={"HX-Request": "true"})
    assert "HX-Refresh" not in asked.headers
    issue_pending(timezone.now())
    asked = client.get(progress, headers={"HX-Request": "true"})
    assert asked.headers["HX-Refresh"] == "true"
    assert client.get(progress).status_code == 302
    task_list.refresh_from_db()
    assert task_list.state == ListState.ISSUED
    assert "分拣中心" in shown(scene, "lead", task_list)


def test_a_list_whose_row_has_no_lead_says_which_and_is_not_issued(
    scene: Scene,
) -> None:
    task_list = draft_list(scene, 2, parts=[Part(Role.LEAD, "有关部门")])
    assert "第 1、2 项还没有确定牵头单位" in shown(scene, "office", task_list)
    answer = scene.client("office").post(
        reverse("workflow:list-issue", args=[task_list.pk])
    )
    assert answer.status_code == 422
    assert "还没有确定牵头单位" in answer.content.decode()
    task_list.refresh_from_db()
    assert task_list.state == ListState.DRAFT


def test_only_the_office_issues(scene: Scene) -> None:
    task_list = draft_list(scene)
    issuing = reverse("workflow:list-issue", args=[task_list.pk])
    answers = {
        login: scene.client(login).post(issuing).status_code
        for login in ("leader", "lead", "outsider", "stranger", "administrator")
    }
    assert answers == {
        "leader": 403,
        "lead": 404,
        "outsider": 404,
        "stranger": 404,
        "administrator": 404,
    }
    assert "交办全部" not in shown(scene, "leader", task_list)
    task_list.refresh_from_db()
    assert task_list.state == ListState.DRAFT


def test_issuing_twice_is_told(scene: Scene) -> None:
    task_list = draft_list(scene)
    issue(task_list=task_list, by=scene.actor("office"), now=timezone.now())
    answer = scene.client("office2").post(
        reverse("workflow:list-issue", args=[task_list.pk])
    )
    assert answer.status_code == 409
    assert "无需重复交办" in answer.content.decode()


# ---- many at once ----------------------------------------------------------


def test_many_are_claimed_at_once_each_with_its_own_result(scene: Scene) -> None:
    items = list(issued_list(scene, 4).items.all())
    duties = [open_duty(item, Node.DISPATCH) for item in items]
    picked = [f"{duty.pk}:{duty.version}" for duty in duties[:3]]
    claim = reverse("workflow:duty-verb", args=[duties[1].pk, "claim"])
    scene.client("lead2").post(claim, {"version": duties[1].version})
    answer = scene.client("lead").post(
        reverse("workflow:duty-claim-many"), {"duty": [*picked, "x:y", "999999:0"]}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "已签收 2 项" in page
    assert "lead2同志" in page
    holders = Duty.objects.filter(state=DutyState.CLAIMED).order_by("pk")
    assert list(holders.values_list("holder__username", flat=True)) == [
        "lead",
        "lead2",
        "lead",
    ]


def test_nothing_of_a_foreign_row_is_told_when_it_is_picked(scene: Scene) -> None:
    duty = open_duty(issued_list(scene, 1).items.get(), Node.DISPATCH)
    answer = scene.client("outsider").post(
        reverse("workflow:duty-claim-many"), {"duty": [f"{duty.pk}:{duty.version}"]}
    )
    assert "分拣中心" not in answer.content.decode()
    duty.refresh_from_db()
    assert duty.state == DutyState.OFFERED


def test_rows_are_offered_for_picking_only_to_those_who_can_claim_them(
    scene: Scene,
) -> None:
    task_list = issued_list(scene)
    assert "批量签收" in shown(scene, "lead", task_list)
    for login in ("support", "office", "leader", "observer"):
        assert "批量签收" not in shown(scene, login, task_list)


# ---- leadership ------------------------------------------------------------


def test_leadership_sees_three_numbers_lights_by_unit_and_what_to_sign(
    scene: Scene,
) -> None:
    items = list(issued_list(scene, 4).items.all())
    signing(scene, items[0])
    duty = signing(scene, items[1])
    concluding(scene, items[2])
    scene.client("leader").post(
        reverse("workflow:duty-verb", args=[duty.pk, "sign_off"]),
        {"version": duty.version},
    )
    TaskItem.objects.filter(pk=items[3].pk).update(due_date=date(2020, 1, 1))
    draft_list(scene, 2)
    board = scene.client("leader").get(reverse("workflow:leader")).context["board"]
    assert (board.total, board.closed, board.overdue) == (4, 1, 1)
    assert [waiting.duty.item.serial for waiting in board.signing] == ["1"]
    assert board.signing_total == 1
    (unit,) = board.units
    assert unit.unit == scene.units["市生态环境局"]
    assert unit.total == 4
    assert dict(unit.counts)[Colour.RED] == 1
    assert dict(board.lights)[Colour.GREY] == 1


def test_the_board_takes_no_more_statements_for_more_rows(scene: Scene) -> None:
    for item in issued_list(scene, 2).items.all():
        signing(scene, item)
    address = reverse("workflow:leader")
    taken = queries_of(scene, "leader", address)
    for item in issued_list(scene, 5).items.all():
        signing(scene, item)
    assert queries_of(scene, "leader", address) == taken
