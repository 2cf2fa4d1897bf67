"""From events to inboxes: the right people, once, in order, nothing forgotten."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from journal.models import Outgoing
from notifications import expander
from notifications.expander import expand
from notifications.inbox import deliver, mark_done, mark_read
from notifications.models import InboxHead, InboxItem
from notifications.notices import Notice
from notifications.queries.feed import Feed, after, feed_of
from notifications.queries.head import head_of
from notifications.web import home, views
from orgs.actions.appoint import appoint, dismiss
from orgs.models import PostGroup
from orgs.posts import Post
from tests.workflow.web import scene as stage
from tests.workflow.web.scene import Scene
from workflow.actions.issue import issue, issue_pending
from workflow.actions.register import Part, register
from workflow.actions.review import accept, return_for_rework
from workflow.actions.sign import decline
from workflow.states import Node, Role


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


def test_the_lead_hears_what_office_and_leadership_decide(scene: Scene) -> None:
    duty = stage.signing(scene, stage.issued_list(scene, rows=1).items.get())
    drain()
    assert titles(scene, "lead")[-1] == "审核通过，待核查销号"
    decline(
        duty=duty,
        version=duty.version,
        by=scene.actor("leader"),
        now=timezone.now(),
        reason="现场核查未达标",
    )
    drain()
    told = InboxItem.objects.filter(person=scene.people["lead"]).latest("number")
    assert told.title == "核查未通过，退回办公室重新审核"
    assert "现场核查未达标" in told.text


def test_a_person_of_two_units_hears_of_both(scene: Scene) -> None:
    appoint(
        person=scene.people["lead"],
        post=Post.OFFICER,
        unit=scene.units["市教委"],
        programme=scene.programme,
        by={"system": "test"},
    )
    plan = [Part(Role.LEAD, "市教委", scene.units["市教委"].pk)]
    office, now = scene.actor("office"), timezone.now()
    task_list = register(
        programme=scene.programme,
        title="试点任务清单",
        rows=[stage.planned(scene, 1), stage.planned(scene, 2, parts=plan)],
        by=office,
        now=now,
    )
    issue(task_list=task_list, by=office, now=now)
    issue_pending(now)
    drain()
    told = InboxItem.objects.filter(person=scene.people["lead"], kind="list.issued")
    texts = " ".join(told.values_list("text", flat=True))
    assert told.count() == 2
    assert "市教委有 1 项待签收" in texts
    assert "市生态环境局有 1 项待签收" in texts
    assert titles(scene, "outsider").count("新清单待签收") == 1


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
    drain()
    assert titles(scene, "support") == ["您的岗位已更新", "您的岗位已调整"]
    assert titles(scene, "support2")[-1] == "市商务委：待承办"


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


def test_one_notice_that_cannot_be_written_holds_up_no_other(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    stage.working(scene, item)
    honest = expander.notices_of

    def unfit(event: Any) -> list[Notice]:
        told = honest(event)
        if event.kind == "list.issued":
            return [replace(notice, person_id=10**9) for notice in told]
        return told

    monkeypatch.setattr(expander, "notices_of", unfit)
    monkeypatch.setattr(expander, "deliver", checked)
    expand(timezone.now())
    left = Outgoing.objects.get()
    assert left.event.kind == "list.issued"
    assert left.attempts == 1
    assert titles(scene, "support") == ["您的岗位已更新", "市城市管理局：待承办"]


def checked(notices: list[Notice], now: Any) -> None:
    """Deliver, and let the database look at the keys at once, not at the end."""
    deliver(notices, now)
    connection.check_constraints()


def test_an_event_that_fails_for_ever_waits_an_hour_at_most(scene: Scene) -> None:
    outgoing = Outgoing.objects.earliest("event")
    outgoing.attempts = 10_000
    now = timezone.now()
    expander.postpone(outgoing, "planted", now)
    assert outgoing.retry_at == now + timedelta(hours=1)


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


@pytest.mark.django_db(transaction=True)
def test_several_expanders_at_once_tell_each_thing_once(live_scene: Scene) -> None:
    for _turn in range(3):
        stage.working(live_scene, stage.issued_list(live_scene, rows=1).items.get())

    def take_few(_number: int) -> None:
        while expand(timezone.now(), limit=2):
            pass

    in_threads(4, take_few)
    drain()
    assert not Outgoing.objects.exists()
    assert titles(live_scene, "lead").count("新清单待签收") == 3
    assert titles(live_scene, "support").count("市城市管理局：待承办") == 3
    for person in live_scene.people.values():
        rows = InboxItem.objects.filter(person=person).order_by("number")
        numbers = list(rows.values_list("number", flat=True))
        assert numbers == list(range(1, head_of(person.pk).number + 1))


def test_news_that_comes_while_a_page_asks_is_not_passed_over(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = scene.people["lead"].pk
    honest = views.after

    def late(person: int, number: int) -> list[InboxItem]:
        rows = honest(person, number)
        deliver([Notice(lead, "late", "test", "刚到", "", "/")], timezone.now())
        return rows

    monkeypatch.setattr(views, "after", late)
    told = scene.client("lead").get("/inbox/after/0/").json()
    known = max([row["number"] for row in told["rows"]] + [told["head"]])
    assert [row.title for row in honest(lead, known)] == ["刚到"]


def test_the_home_page_fetches_what_came_while_it_was_made(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = scene.people["lead"].pk
    honest = home.feed_of

    def late(person: int, **how: Any) -> Feed:
        feed = honest(person, **how)
        deliver([Notice(lead, "late", "test", "刚到", "", "/")], timezone.now())
        return feed

    monkeypatch.setattr(home, "feed_of", late)
    page = scene.client("lead").get("/").content.decode()
    assert "刚到" not in page
    assert 'data-head="0"' in page


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
    done = client.post("/inbox/mark/", {"number": number, "as": "done"})
    assert done.headers["Location"] == "/inbox/"
    for left, then in (
        ("http://testserver/?x=1", "http://testserver/?x=1"),
        ("http://elsewhere/", "/inbox/"),
    ):
        back = client.post(
            "/inbox/mark/", {"number": number}, headers={"Referer": left}
        )
        assert back.headers["Location"] == then
    assert client.post("/inbox/mark/", {"number": "9" * 40}).status_code == 302
    client.post("/inbox/mark/", {"as": "all-read"})
    assert head_of(scene.people["lead"].pk).unread == 0
