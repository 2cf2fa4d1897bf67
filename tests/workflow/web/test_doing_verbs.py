"""Every verb through its form, with what goes wrong told in plain words."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journal.models import Event
from tests.workflow.web.scene import (
    Scene,
    claimed,
    concluding,
    handed_in,
    issued_list,
    open_duty,
    reviewing,
    signing,
    working,
)
from workflow.models import Duty, Report, TaskItem
from workflow.states import DutyState, Node, Role, Stage


def post(scene: Scene, login: str, duty: Duty, verb: str, **typed: Any) -> Any:
    """Send the verb's form as the person, with the duty's version of now."""
    duty.refresh_from_db()
    fields = {"version": duty.version} | typed
    address = reverse("workflow:duty-verb", args=[duty.pk, verb])
    return scene.client(login).post(address, fields)


@pytest.fixture
def item(scene: Scene) -> TaskItem:
    """Give a row that waits for its lead."""
    first: TaskItem = issued_list(scene).items.all()[0]
    return first


def stage_of(item: TaskItem) -> str:
    """Return the row's stage as stored."""
    return str(TaskItem.objects.get(pk=item.pk).stage)


def test_a_row_goes_its_whole_way_through_the_pages(
    scene: Scene, item: TaskItem
) -> None:
    duty = open_duty(item, Node.DISPATCH)
    assert post(scene, "lead", duty, "claim").status_code == 302
    assert post(scene, "lead", duty, "release").status_code == 302
    assert post(scene, "lead", duty, "claim").status_code == 302
    support = scene.units["市城市管理局"]
    answer = post(scene, "lead", duty, "dispatch", support=[support.pk])
    assert answer.status_code == 302
    for login, unit in (("lead", "市生态环境局"), ("support", "市城市管理局")):
        duty = open_duty(item, Node.CARRY_OUT, scene.units[unit])
        post(scene, login, duty, "claim")
        post(scene, login, duty, "report", progress="完成一半", percent=50)
        assert post(scene, login, duty, "submit").status_code == 302
    duty = open_duty(item, Node.CONCLUDE)
    post(scene, "lead", duty, "claim")
    post(scene, "lead", duty, "report", progress="全部完成", percent=100)
    assert post(scene, "support", duty, "countersign").status_code == 302
    assert post(scene, "lead", duty, "conclude").status_code == 302
    duty = open_duty(item, Node.REVIEW)
    assert post(scene, "office", duty, "accept", opinion="齐全").status_code == 302
    duty = open_duty(item, Node.SIGN_OFF)
    answer = post(scene, "leader", duty, "decline", reason="请核实数据")
    assert answer.status_code == 302
    duty = open_duty(item, Node.REVIEW)
    assert post(scene, "office", duty, "accept").status_code == 302
    duty = open_duty(item, Node.SIGN_OFF)
    assert post(scene, "leader", duty, "sign_off").status_code == 302
    assert stage_of(item) == Stage.CLOSED


def test_a_report_keeps_texts_figures_and_files(scene: Scene, item: TaskItem) -> None:
    working(scene, item)
    duty = open_duty(item, Node.CARRY_OUT, scene.units["市商务委"])
    claimed(scene, duty, "support2")
    post(
        scene,
        "support2",
        duty,
        "report",
        progress="建成两座",
        percent=40,
        problems="用地不足",
        next_steps="十二月前选址",
        help_needed="请协调用地",
        figure_name=["建成数", ""],
        figure_value=["2", ""],
        figure_unit=["座", ""],
        files=[SimpleUploadedFile("一.txt", b"1"), SimpleUploadedFile("二.txt", b"2")],
    )
    made = Report.objects.get()
    assert (made.progress, made.percent, made.problems) == ("建成两座", 40, "用地不足")
    assert (made.next_steps, made.help_needed) == ("十二月前选址", "请协调用地")
    assert made.figures == [{"name": "建成数", "value": "2", "unit": "座"}]
    assert [one.file.name for one in made.files.order_by("pk")] == ["一.txt", "二.txt"]
    page = scene.client("office").get(reverse("workflow:item-detail", args=[item.pk]))
    for words in ("建成两座", "用地不足", "十二月前选址", "请协调用地", "建成数 2座"):
        assert words in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"progress": "", "percent": "30", "problems": "缺资金"}, "请填写进展情况"),
        (
            {"progress": "写了很多", "percent": "", "problems": "缺资金"},
            "请填写完成进度",
        ),
        ({"progress": "写了很多", "percent": "130", "problems": "缺资金"}, "0 到 100"),
        ({"progress": "写了很多", "percent": "三成", "problems": "缺资金"}, "0 到 100"),
        (
            {
                "progress": "写了很多",
                "percent": "30",
                "problems": "缺资金",
                "figure_name": "产量",
                "figure_value": "",
                "figure_unit": "吨",
            },
            "同时填写名称和数值",
        ),
    ],
)
def test_a_report_that_lacks_something_is_told_and_keeps_what_was_typed(
    scene: Scene, item: TaskItem, typed: dict[str, str], told: str
) -> None:
    working(scene, item)
    duty = open_duty(item, Node.CARRY_OUT, scene.units["市商务委"])
    claimed(scene, duty, "support2")
    answer = post(scene, "support2", duty, "report", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "缺资金" in page
    assert typed["progress"] in page
    assert not Report.objects.exists()


def test_a_program_sent_as_evidence_is_refused_with_nothing_written(
    scene: Scene, item: TaskItem
) -> None:
    working(scene, item)
    duty = open_duty(item, Node.CARRY_OUT, scene.units["市商务委"])
    claimed(scene, duty, "support2")
    files = [SimpleUploadedFile("好.txt", b"1"), SimpleUploadedFile("坏.exe", b"2")]
    answer = post(
        scene, "support2", duty, "report", progress="写了", percent=1, files=files
    )
    assert answer.status_code == 422
    assert "不能作为附件" in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize("verb", ["return", "decline"])
def test_a_step_back_without_a_reason_is_refused_at_its_field(
    scene: Scene, item: TaskItem, verb: str
) -> None:
    login, duty = (
        ("office", reviewing(scene, item))
        if verb == "return"
        else ("leader", signing(scene, item))
    )
    before = stage_of(item)
    answer = post(scene, login, duty, verb, to="lead", reason="  ")
    assert answer.status_code == 422
    assert "请填写理由" in answer.content.decode()
    assert stage_of(item) == before


def test_the_office_returns_a_row_to_the_units_it_ticks(
    scene: Scene, item: TaskItem
) -> None:
    duty = reviewing(scene, item)
    support = scene.units["市城市管理局"]
    answer = post(
        scene, "office", duty, "return", to="units", units=[support.pk], reason="补照片"
    )
    assert answer.status_code == 302
    assert open_duty(item, Node.CARRY_OUT).unit == support
    page = scene.client("support").get(reverse("workflow:item-detail", args=[item.pk]))
    assert "补照片" in page.content.decode()


def test_returning_to_units_without_ticking_one_is_told(
    scene: Scene, item: TaskItem
) -> None:
    duty = reviewing(scene, item)
    answer = post(scene, "office", duty, "return", to="units", reason="补充材料")
    assert answer.status_code == 422
    assert "请勾选要退回的单位" in answer.content.decode()
    assert "补充材料" in answer.content.decode()
    assert stage_of(item) == Stage.REVIEWING


def test_a_unit_with_no_part_in_the_row_cannot_be_ticked(
    scene: Scene, item: TaskItem
) -> None:
    duty = reviewing(scene, item)
    foreign = scene.units["市教委"].pk
    answer = post(
        scene, "office", duty, "return", to="units", units=[foreign], reason="补"
    )
    assert answer.status_code == 422
    assert "不在本任务的承办单位中" in answer.content.decode()


@pytest.mark.parametrize("unknown", ["987654", "甲"])
def test_dispatching_to_an_unknown_unit_is_told_and_nothing_is_sent(
    scene: Scene, item: TaskItem, unknown: str
) -> None:
    duty = claimed(scene, open_duty(item, Node.DISPATCH), "lead")
    answer = post(scene, "lead", duty, "dispatch", support=[unknown])
    assert answer.status_code == 422
    assert "请重新选择" in answer.content.decode()
    assert stage_of(item) == Stage.DISPATCHING


def test_dispatching_changes_who_supports(scene: Scene, item: TaskItem) -> None:
    duty = claimed(scene, open_duty(item, Node.DISPATCH), "lead")
    chosen = [scene.units["市商务委"].pk, scene.units["市教委"].pk]
    post(scene, "lead", duty, "dispatch", support=chosen, implementer=[])
    supports = item.parts.filter(role=Role.SUPPORT, open=True)
    assert sorted(supports.values_list("unit", flat=True)) == sorted(chosen)
    assert not item.parts.filter(role=Role.IMPLEMENTER, open=True).exists()


def test_concluding_without_all_signatures_names_who_is_missing(
    scene: Scene, item: TaskItem
) -> None:
    duty = concluding(scene, item)
    post(scene, "support", duty, "countersign", opinion="同意")
    answer = post(scene, "lead", duty, "conclude")
    assert answer.status_code == 422
    assert "市商务委" in answer.content.decode()
    told = post(scene, "lead", duty, "conclude", override_reason="已电话确认")
    assert told.status_code == 302
    page = scene.client("lead").get(reverse("workflow:item-detail", args=[item.pk]))
    assert "已电话确认" in page.content.decode()


def test_whoever_comes_too_late_is_told_the_holder_and_keeps_the_text(
    scene: Scene, item: TaskItem
) -> None:
    duty = open_duty(item, Node.DISPATCH)
    seen = duty.version
    claimed(scene, duty, "lead")
    late = post(scene, "lead2", duty, "claim", version=seen)
    assert late.status_code == 409
    assert "lead同志" in late.content.decode()
    duty = reviewing(scene, TaskItem.objects.get(pk=item.pk + 1))
    seen = duty.version
    claimed(scene, duty, "office2")
    late = post(
        scene,
        "office",
        duty,
        "return",
        version=seen,
        to="lead",
        reason="写了很久的理由",
    )
    assert late.status_code == 409
    assert "office2同志" in late.content.decode()
    assert "写了很久的理由" in late.content.decode()
    assert "<dt>理由</dt>" in late.content.decode()


def test_pressing_twice_does_it_once(scene: Scene, item: TaskItem) -> None:
    duty = signing(scene, item)
    version = duty.version
    first = post(scene, "leader", duty, "sign_off", version=version)
    second = post(scene, "leader", duty, "sign_off", version=version)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "无需重复提交" in second.content.decode()
    assert Event.objects.filter(kind="duty.signed_off").count() == 1


def test_sending_a_report_twice_keeps_one(scene: Scene, item: TaskItem) -> None:
    working(scene, item)
    duty = claimed(
        scene, open_duty(item, Node.CARRY_OUT, scene.units["市商务委"]), "support2"
    )
    seen = duty.version
    for _time in range(2):
        post(
            scene, "support2", duty, "report", version=seen, progress="写了", percent=5
        )
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("lead2", 302),
        ("observer", 403),
        ("support", 403),
        ("implementer", 403),
        ("office", 403),
        ("leader", 403),
        ("outsider", 404),
        ("stranger", 404),
        ("administrator", 404),
    ],
)
def test_only_the_unit_of_a_duty_claims_it(
    scene: Scene, item: TaskItem, login: str, status: int
) -> None:
    duty = open_duty(item, Node.DISPATCH)
    assert post(scene, login, duty, "claim").status_code == status
    duty.refresh_from_db()
    held = DutyState.CLAIMED if status == 302 else DutyState.OFFERED
    assert duty.state == held


def test_whoever_may_not_act_is_told_so_before_any_field_is(
    scene: Scene, item: TaskItem
) -> None:
    duty = reviewing(scene, item)
    assert post(scene, "lead", duty, "return", reason="").status_code == 403


def test_a_verb_that_does_not_exist_is_not_found(scene: Scene, item: TaskItem) -> None:
    duty = open_duty(item, Node.DISPATCH)
    assert post(scene, "lead", duty, "explode").status_code == 404


def test_a_form_without_its_version_is_told_to_be_loaded_again(
    scene: Scene, item: TaskItem
) -> None:
    duty = open_duty(item, Node.DISPATCH)
    answer = post(scene, "lead", duty, "claim", version="")
    assert answer.status_code == 422
    assert "请刷新" in answer.content.decode()


def test_each_form_has_a_page_of_its_own_without_scripts(
    scene: Scene, item: TaskItem
) -> None:
    duty = claimed(scene, open_duty(item, Node.DISPATCH), "lead")
    address = reverse("workflow:duty-verb", args=[duty.pk, "dispatch"])
    page = scene.client("lead").get(address)
    assert page.status_code == 200
    printed = page.context["form"]["support"].initial
    assert sorted(printed) == sorted(
        scene.units[name].pk for name in ("市城市管理局", "市商务委")
    )
    assert scene.client("support").get(address).status_code == 403


def test_a_row_offers_each_person_just_what_they_may_do(
    scene: Scene, item: TaskItem
) -> None:
    working(scene, item)
    handed_in(scene, item, "implementer")
    offered = {}
    for login in ("lead", "support", "implementer", "office", "observer"):
        page = scene.client(login).get(reverse("workflow:item-detail", args=[item.pk]))
        offered[login] = [
            form["verb"].value
            for desk in page.context["desk"]
            for form in desk["forms"]
        ]
    assert offered == {
        "lead": ["claim"],
        "support": ["claim"],
        "implementer": [],
        "office": [],
        "observer": [],
    }


def test_an_open_desk_is_answered_again_only_when_it_changed(
    scene: Scene, item: TaskItem
) -> None:
    duty = claimed(scene, open_duty(item, Node.DISPATCH), "lead")
    browser = scene.client("lead")
    address = reverse("workflow:item-detail", args=[item.pk])
    state = browser.get(address).context["state"]
    asked = {"part": "desk", "state": state}
    assert browser.get(address, asked).status_code == 204
    post(scene, "lead", duty, "release")
    assert browser.get(address, asked).status_code == 200


def test_an_address_of_another_site_is_never_gone_to(
    scene: Scene, item: TaskItem
) -> None:
    duty = open_duty(item, Node.DISPATCH)
    answer = post(scene, "lead", duty, "claim", next="https://evil.example/")
    assert answer["Location"] == reverse("workflow:item-detail", args=[item.pk])
