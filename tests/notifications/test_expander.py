"""From events to inboxes: the right people, once, in order, nothing forgotten."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from journal.models import Outgoing
from notifications import expander
from notifications.expander import expand
from notifications.inbox import deliver, mark_done, mark_read
from notifications.models import InboxHead, InboxItem
from notifications.notices import Notice
from notifications.queries.feed import after, feed_of
from notifications.queries.head import head_of
from orgs.actions.appoint import dismiss
from orgs.models import PostGroup
from orgs.posts import Post
from tests.workflow.web import scene as stage
from tests.workflow.web.scene import Scene
from workflow.actions.review import accept, return_for_rework
from workflow.states import Node


def drain() -> None:
    while expand(timezone.now()):
        pass


def titles(scene: Scene, login: str) -> list[str]:
    rows = InboxItem.objects.filter(person=scene.people[login]).order_by("number")
    return list(rows.values_list("title", flat=True))


def test_a_whole_list_is_one_notice_with_the_count(scene: Scene) -> None:
    stage.issued_list(scene, rows=12)
    drain()
    rows = InboxItem.objects.filter(kind="list.issued")
    assert {row.person_id for row in rows} == {
        scene.people["lead"].pk,
        scene.people["lead2"].pk,
    }
    assert all("12 项待签收" in row.text for row in rows)


def test_each_unit_hears_of_its_own_duty_and_nobody_of_their_own_act(
    scene: Scene,
) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    drain()
    before = len(titles(scene, "lead"))
    stage.working(scene, item)
    drain()
    assert titles(scene, "support")[-1] == "市城市管理局：待承办"
    assert titles(scene, "implementer")[-1] == "渝中区政府：待承办"
    assert titles(scene, "outsider") == ["您的岗位已更新"]
    # The lead's own dispatch laid a duty on the lead's unit: a colleague hears, the
    # person who did it does not.
    assert len(titles(scene, "lead")) == before
    assert titles(scene, "lead2")[-1] == "市生态环境局：待承办"


def test_a_return_tells_the_unit_why_and_the_lead_that(scene: Scene) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    duty = stage.reviewing(scene, item)
    drain()
    return_for_rework(
        duty=duty,
        version=duty.version,
        by=scene.actor("office"),
        now=timezone.now(),
        reason="请补充台账",
        units=[scene.units["市城市管理局"].pk],
    )
    drain()
    told = InboxItem.objects.filter(person=scene.people["support"]).latest("number")
    assert told.title == "市城市管理局：退回，待承办"
    assert "请补充台账" in told.text
    assert told.urgent
    assert titles(scene, "lead")[-1] == "审核退回，由有关单位补充"


def test_an_accepted_result_reaches_leadership_as_no_return(scene: Scene) -> None:
    duty = stage.reviewing(scene, stage.issued_list(scene, rows=1).items.get())
    accept(
        duty=duty,
        version=duty.version,
        by=scene.actor("office"),
        now=timezone.now(),
        opinion="材料齐全，同意办结。",
    )
    drain()
    told = InboxItem.objects.filter(person=scene.people["leader"]).latest("number")
    assert "退回" not in told.title
    assert told.title.endswith("：待核查销号")
    assert "材料齐全，同意办结。" in told.text
    assert not told.urgent


def test_supports_are_asked_to_countersign_and_closing_is_told_to_all(
    scene: Scene,
) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    stage.concluding(scene, item)
    drain()
    assert titles(scene, "support")[-1] == "请会签办结报告"
    assert "请会签办结报告" not in titles(scene, "implementer")


def test_rights_of_this_moment_decide_who_hears(scene: Scene) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    drain()
    stage.working(scene, item)
    group = PostGroup.objects.get(unit=scene.units["市城市管理局"], post=Post.OFFICER)
    dismiss(person=scene.people["support"], post_group=group, by={"system": "test"})
    before = titles(scene, "support")
    drain()
    assert titles(scene, "support") == before


def test_expanding_twice_tells_once(scene: Scene) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    stage.working(scene, item)
    waiting = [outgoing.event_id for outgoing in Outgoing.objects.all()]
    drain()
    count = InboxItem.objects.count()
    Outgoing.objects.bulk_create([Outgoing(event_id=number) for number in waiting])
    drain()
    assert InboxItem.objects.count() == count
    assert not Outgoing.objects.exists()


def test_one_event_that_cannot_be_expanded_holds_up_no_other(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    stage.working(scene, item)
    honest = expander.notices_of

    def failing(event: Any) -> list[Notice]:
        if event.kind == "list.issued":
            raise ValueError("planted")
        return honest(event)

    monkeypatch.setattr(expander, "notices_of", failing)
    expand(timezone.now())
    left = Outgoing.objects.get()
    assert left.event.kind == "list.issued"
    assert (left.attempts, "planted" in left.problem) == (1, True)
    assert titles(scene, "support")[-1] == "市城市管理局：待承办"
    monkeypatch.undo()
    expand(timezone.now() + timedelta(hours=2))
    assert "新清单待签收" in titles(scene, "lead")


@pytest.mark.django_db(transaction=True)
def test_a_crash_before_the_commit_loses_and_doubles_nothing(
    live_scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.issued_list(live_scene, rows=2)
    waiting = Outgoing.objects.count()

    def crash(*args: Any) -> None:
        deliver(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(expander, "deliver", crash)
    with pytest.raises(KeyboardInterrupt):
        expand(timezone.now())
    assert Outgoing.objects.count() == waiting
    assert not InboxItem.objects.exists()
    monkeypatch.undo()
    drain()
    assert titles(live_scene, "lead").count("新清单待签收") == 1


def in_threads(count: int, work: Callable[[int], None]) -> None:
    def run(number: int) -> None:
        try:
            work(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_numbers_are_dense_whoever_writes(live_scene: Scene) -> None:
    people = [person.pk for person in live_scene.people.values()]

    def write(writer: int) -> None:
        from django.db import transaction

        for turn in range(10):
            notices = [
                Notice(person, f"{writer}:{turn}", "test", "t", "", "/")
                for person in people
            ]
            with transaction.atomic():
                deliver(notices, timezone.now())

    in_threads(4, write)
    for person in people:
        rows = InboxItem.objects.filter(person=person).order_by("number")
        assert list(rows.values_list("number", flat=True)) == list(range(1, 41))
        assert InboxHead.objects.get(person=person).number == 40


def test_a_page_that_was_away_gets_exactly_what_it_missed(scene: Scene) -> None:
    drain()
    lead = scene.people["lead"].pk
    seen = head_of(lead).number
    stage.issued_list(scene, rows=1)
    drain()
    missed = after(lead, seen)
    assert [row.number for row in missed] == list(
        range(seen + 1, head_of(lead).number + 1)
    )
    client = scene.client("lead")
    news = client.get(f"/inbox/after/{seen}/").json()
    assert [row["number"] for row in news["rows"]] == [row.number for row in missed]
    assert client.get(f"/inbox/after/{news['head']}/").json()["rows"] == []


def test_reading_and_putting_away(scene: Scene) -> None:
    stage.issued_list(scene, rows=1)
    drain()
    lead = scene.people["lead"].pk
    newest = feed_of(lead).rows[0]
    mark_read(person_id=lead, numbers=[newest.number])
    mark_done(person_id=lead, numbers=[newest.number])
    assert newest.number not in [row.number for row in feed_of(lead).rows]
    assert newest.number in [row.number for row in feed_of(lead, shown="done").rows]
    mark_read(person_id=lead)
    assert head_of(lead).unread == 0


def test_nobody_reads_another_persons_inbox(scene: Scene) -> None:
    stage.issued_list(scene, rows=1)
    drain()
    number = feed_of(scene.people["lead"].pk).rows[0].number
    assert scene.client("lead").get(f"/inbox/{number}/").status_code == 302
    assert scene.client("outsider").get(f"/inbox/{number}/").status_code == 404


def test_the_pages_of_news_show(scene: Scene) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    stage.open_duty(item, Node.DISPATCH)
    drain()
    client = scene.client("lead")
    assert "新清单待签收" in client.get("/").content.decode()
    for shown in ("open", "unread", "done", "all"):
        assert client.get("/inbox/", {"show": shown}).status_code == 200
    assert client.get("/inbox/", {"show": "x"}).status_code == 404
    number = feed_of(scene.people["lead"].pk).rows[0].number
    client.post("/inbox/mark/", {"number": number, "as": "done"})
    client.post("/inbox/mark/", {"as": "all-read"})
    assert head_of(scene.people["lead"].pk).unread == 0
