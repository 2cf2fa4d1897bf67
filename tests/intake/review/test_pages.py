"""The pages of documents: who sees them, what they cost, what they say."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intake.meanings import Meanings
from intake.models import Answer, Document
from tests.intake.review.scene import CENTRAL, CITY_LIST, Scene, word_list
from workflow.models import TaskList

GETS = ["", "file/", "rows/1/"]
POSTS = {
    "names/": {"name": CENTRAL, "way": "later", "seen": ""},
    "names/new/": {"name": "市教委"},
    "rows/": {"position": "18", "field": "support_units"},
    "rows/all/": {"reason": "以“等”结尾，名单未列全"},
    "rows/1/": {"lead": "市教委", "seen": ""},
    "undo/": {"subject": f"name:{CENTRAL}"},
    "register/": {"title": "清单"},
    "discard/": {},
}


@pytest.fixture
def office(scene: Scene, client: Client) -> Client:
    """Give the office person's browser."""
    client.force_login(scene.office)
    return client


@pytest.mark.parametrize("path", GETS)
@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 403), ("leader", 403), ("stranger", 404), ("office", 200)],
)
def test_who_may_look(
    path: str, who: str, status: int, scene: Scene, city_list: Document, client: Client
) -> None:
    client.force_login(getattr(scene, who))
    assert client.get(f"/import/{city_list.pk}/{path}").status_code == status


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    ("who", "status"), [("officer", 403), ("leader", 403), ("stranger", 404)]
)
def test_who_may_not_answer(
    path: str, who: str, status: int, scene: Scene, city_list: Document, client: Client
) -> None:
    client.force_login(getattr(scene, who))
    answer = client.post(f"/import/{city_list.pk}/{path}", POSTS[path])
    assert answer.status_code == status
    assert not Answer.objects.exists()
    assert Document.objects.get().state == "review"
    assert not TaskList.objects.exists()


@pytest.mark.parametrize("who", ["officer", "leader"])
def test_the_index_is_the_offices(who: str, scene: Scene, client: Client) -> None:
    client.force_login(getattr(scene, who))
    assert client.get("/import/").status_code == 403


def test_a_stranger_does_not_see_that_the_document_is_there(
    scene: Scene, city_list: Document, client: Client
) -> None:
    client.force_login(scene.stranger)
    assert city_list.title not in client.get("/import/").content.decode()


def test_nobody_logged_out_sees_anything(city_list: Document, client: Client) -> None:
    for path in ("/import/", f"/import/{city_list.pk}/"):
        assert client.get(path).headers["Location"].startswith("/login/")


@pytest.mark.parametrize(
    "path", ["/import/999/", "/import/1/rows/0/", "/import/1/rows/9999999999/"]
)
def test_what_is_not_there_is_not_found(
    path: str, office: Client, city_list: Document
) -> None:
    path = path.replace("/1/", f"/{city_list.pk}/", 1)
    assert office.get(path).status_code == 404


def test_the_page_says_first_how_much_is_open(
    office: Client, city_list: Document
) -> None:
    page = text(office, city_list)
    leadless = len(Meanings(city_list).without_lead)
    assert counters(page) == (len(all_open(city_list)), leadless)
    assert leadless > 70
    assert page.index('id="asks"') < page.index('id="understood"')
    assert page.count("cell-lit") > 77
    assert 'id="t111"' in page


def test_a_longer_document_costs_no_more_queries(
    scene: Scene, office: Client, city_list: Document
) -> None:
    short = scene.take_in(word_list(["1", "做", "市甲局", "", "有关区政府", "2025年"]))
    costs = []
    for document in (short, city_list):
        office.get(f"/import/{document.pk}/")
        with CaptureQueriesContext(connection) as queries:
            office.get(f"/import/{document.pk}/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 14


def test_an_answer_without_scripts_comes_back_to_the_page(
    office: Client, city_list: Document
) -> None:
    before = counters(text(office, city_list))[0]
    answer = say(office, city_list, "names/", name="有关区政府", way="later", seen="")
    assert answer.headers["Location"] == f"/import/{city_list.pk}/"
    assert counters(text(office, city_list))[0] == before - 1


def test_an_answer_with_scripts_brings_only_what_changed(
    office: Client, city_list: Document
) -> None:
    answer = say(
        office, city_list, "names/", name="有关区政府", way="later", seen="", htmx=True
    )
    page = answer.content.decode()
    assert "<html" not in page
    assert page.lstrip().startswith('<div id="asks"')
    assert 'id="understood"' in page
    assert "hx-swap-oob" in page
    assert "autofocus" in page


def test_a_wrong_answer_is_told_at_its_question_and_typed_words_stay(
    office: Client, city_list: Document
) -> None:
    answer = say(
        office, city_list, "names/", name="市教委", way="one", other="市没有局", seen=""
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "目录中没有“市没有局”" in page
    assert 'value="市没有局"' in page
    assert "ask-wrong" in page
    assert not Answer.objects.exists()


def test_an_unknown_unit_is_made_from_its_question(
    office: Client, scene: Scene, city_list: Document
) -> None:
    say(office, city_list, "names/", name="市教委", way="new", seen="")
    assert scene.unit("市教委").kind == "bureau"
    assert "市教委" not in re.findall(
        r'name="name" value="(.*?)"', text(office, city_list)
    )


def test_who_opened_the_page_earlier_is_told_who_was_first(
    office: Client, scene: Scene, city_list: Document
) -> None:
    unit = scene.unit("市教育局")
    say(office, city_list, "names/", name="有关区政府", way="later", seen="")
    answer = say(
        office,
        city_list,
        "names/",
        name="有关区政府",
        way="set",
        units=[unit.pk],
        seen="",
    )
    assert answer.status_code == 409
    assert "office刚刚" in answer.content.decode()
    assert Answer.objects.get().value == {"means": "by_lead"}


def test_the_whole_way_by_forms_alone(office: Client, scene: Scene) -> None:
    document = scene.take_in(
        word_list(
            ["1", "做一", "市甲局、市丁局", "市乙局等", "", "2025年"],
            ["2", "做二", "市甲局", "", "有关区政府", "2025年"],
            ["3", "做三", "", "", "市乙局", "2025年"],
        )
    )
    names = re.findall(
        r'type="checkbox" name="name" value="(.*?)"', text(office, document)
    )
    assert set(names) == {"市甲局", "市丁局", "市乙局"}
    say(office, document, "names/new/", name=names)
    say(office, document, "names/", name="有关区政府", way="later", seen="")
    say(
        office,
        document,
        "rows/",
        position=1,
        field="lead_units",
        principal="市丁局",
        seen="",
    )
    say(office, document, "rows/", position=1, field="support_units", seen="")
    refused = say(office, document, "register/", title="清单")
    assert refused.status_code == 422
    assert "牵头单位：3" in refused.content.decode()
    say(
        office,
        document,
        "rows/3/",
        lead="市甲局",
        support="",
        responsible="市乙局",
        seen="",
    )
    assert counters(text(office, document)) == (0, 0)
    done = say(office, document, "register/", title="某市清单")
    task_list = TaskList.objects.get(title="某市清单")
    assert done.headers["Location"] == f"/lists/{task_list.pk}/"
    first = (
        task_list.items.get(serial="1")
        .parts.filter(role="lead")
        .order_by("position")
        .first()
    )
    assert first and first.unit == scene.unit("市丁局")
    assert "立项" in office.get(f"/import/{document.pk}/").content.decode()
    late = say(office, document, "names/", name="有关区政府", way="later", seen="")
    assert late.status_code == 409


def test_the_file_comes_back_as_it_was_sent(
    office: Client, city_list: Document
) -> None:
    answer = office.get(f"/import/{city_list.pk}/file/")
    assert b"".join(answer.streaming_content) == CITY_LIST.read_bytes()  # type: ignore[attr-defined]


def test_an_empty_title_is_told_at_its_field(office: Client, scene: Scene) -> None:
    scene.unit("市甲局")
    document = scene.take_in(word_list(["1", "做", "市甲局", "", "", "2025年"]))
    answer = say(office, document, "register/", title=" ")
    assert answer.status_code == 422
    assert "请填写清单标题" in answer.content.decode()


def say(
    office: Client, document: Document, path: str, *, htmx: bool = False, **typed: Any
) -> Any:
    """Send a form of the review."""
    headers = {"HX-Request": "true"} if htmx else {}
    return office.post(f"/import/{document.pk}/{path}", typed, headers=headers)


def text(office: Client, document: Document) -> str:
    """Return the review page."""
    return office.get(f"/import/{document.pk}/").content.decode()


def counters(page: str) -> tuple[int, int]:
    """Return the two numbers at the top: open questions, rows without a lead."""
    found = re.findall(r'class="counter[^"]*">.*?<strong>(\d+)</strong>', page)
    return int(found[0]), int(found[1])


def all_open(document: Document) -> list[Any]:
    """Return all that is open, by the rules rather than by the page."""
    meanings = Meanings(document)
    return [*meanings.open_names, *meanings.open_rows]
