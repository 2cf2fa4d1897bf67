"""Each page for each post: what one may not know of is not there."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.workflow.web.scene import (
    WORKERS,
    Scene,
    draft_list,
    handed_in,
    issued_list,
    working,
)
from workflow.models import ReportFile, TaskItem

EVERYBODY = [
    "office",
    "leader",
    "lead",
    "support",
    "implementer",
    "observer",
    "outsider",
    "stranger",
    "administrator",
]
INVOLVED = {"office", "leader", "lead", "support", "implementer", "observer"}
RUNNING = {"office", "leader"}


def addresses(scene: Scene) -> dict[str, tuple[str, set[str]]]:
    """Return page → (address, who may see it) for an issued and a draft list."""
    issued, draft = issued_list(scene), draft_list(scene)
    item: TaskItem = issued.items.all()[0]
    unseen: TaskItem = draft.items.all()[0]
    working(scene, item)
    handed_in(scene, item, WORKERS[1])
    file = ReportFile.objects.get()
    everybody = set(EVERYBODY)
    return {
        "index": (reverse("workflow:list-index"), everybody),
        "list": (reverse("workflow:list-detail", args=[issued.pk]), INVOLVED),
        "draft": (reverse("workflow:list-detail", args=[draft.pk]), RUNNING),
        "item": (reverse("workflow:item-detail", args=[item.pk]), INVOLVED),
        "drawing": (reverse("workflow:item-diagram", args=[item.pk]), INVOLVED),
        "draft item": (reverse("workflow:item-detail", args=[unseen.pk]), RUNNING),
        "file": (reverse("workflow:file-download", args=[file.pk]), INVOLVED),
        "route": (reverse("workflow:bpmn"), everybody),
        "leader": (reverse("workflow:leader"), RUNNING),
    }


def test_each_page_is_there_for_those_who_may_know_of_it_and_for_nobody_else(
    scene: Scene,
) -> None:
    wrong = []
    for page, (address, allowed) in addresses(scene).items():
        for login in EVERYBODY:
            status = scene.client(login).get(address).status_code
            if status != (200 if login in allowed else 404):
                wrong.append((page, login, status))
    assert wrong == []


def test_whoever_has_not_logged_in_is_sent_to_the_log_in_page(scene: Scene) -> None:
    for address, _allowed in addresses(scene).values():
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("login", ["outsider", "stranger", "administrator"])
def test_the_index_shows_nothing_of_lists_one_has_no_part_in(
    scene: Scene, login: str
) -> None:
    issued_list(scene)
    for query in ("", "?q=分拣", "?stage=dispatching"):
        page = scene.client(login).get(reverse("workflow:list-index") + query)
        assert "分拣中心" not in page.content.decode()
        assert "试点任务清单" not in page.content.decode()


def test_a_downloaded_file_is_whole_and_never_opened_in_the_browser(
    scene: Scene,
) -> None:
    item = issued_list(scene).items.all()[0]
    working(scene, item)
    handed_in(scene, item, "support")
    file = ReportFile.objects.get()
    answer = scene.client("office").get(
        reverse("workflow:file-download", args=[file.pk])
    )
    assert answer.getvalue().decode() == "现场情况"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
