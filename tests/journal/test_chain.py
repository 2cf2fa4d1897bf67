"""The record: append-only, numbered without gaps, and whole or found out."""

import json
import threading
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journal import guard
from journal.models import Event, Head
from journal.record import Happening, record
from journal.verify import flaws


def write(count: int, kind: str = "test.happened") -> None:
    for turn in range(count):
        with transaction.atomic():
            happening = Happening(kind, f"item:{turn}", {"turn": turn, "文": "字"})
            record([happening], at=timezone.now(), actor={"name": "张三"})


def first_flaw() -> tuple[int, str] | None:
    flaw = next(flaws(), None)
    return (flaw.number, flaw.kind) if flaw else None


@pytest.mark.django_db
def test_a_record_nobody_touched_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    write(20)
    call_command("verify_journal")
    assert "20 条事件全部相符" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"kind": "other"},
        {"subject": "item:99"},
        {"actor": {"name": "李四"}},
        {"data": {"turn": 5, "文": "改"}},
        {"at": timezone.now()},
        {"hash": "0" * 64},
        {"previous_hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_named(change: dict[str, object]) -> None:
    write(10)
    Event.objects.filter(number=6).update(**change)
    assert first_flaw() in ((6, "changed"), (6, "unlinked"))
    with pytest.raises(CommandError, match="第 6 号事件"):
        call_command("verify_journal")


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 6, 10])
def test_a_deleted_event_is_named_at_the_end_too(number: int) -> None:
    write(10)
    raw_delete(number)
    assert first_flaw() == (number, "missing")


def raw_delete(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_outgoing WHERE event_id = %s", [number])
        cursor.execute("DELETE FROM journal_event WHERE number = %s", [number])


@pytest.mark.django_db
def test_swapped_events_are_named() -> None:
    write(10)
    third, seventh = Event.objects.get(number=3), Event.objects.get(number=7)
    body = ("at", "kind", "subject", "actor", "data", "hash", "previous_hash")
    one = {name: getattr(third, name) for name in body}
    other = {name: getattr(seventh, name) for name in body}
    Event.objects.filter(number=3).update(**other)
    Event.objects.filter(number=7).update(**one)
    assert first_flaw() == (3, "unlinked")


@pytest.mark.django_db
def test_a_forged_event_with_a_right_hash_breaks_the_next_link() -> None:
    write(5)
    event = Event.objects.get(number=3)
    event.data = {"turn": 3, "forged": True}
    from journal.verify import rehash

    Event.objects.filter(number=3).update(data=event.data, hash=rehash(event))
    assert first_flaw() == (4, "unlinked")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record([Happening("a", "b")], at=timezone.now(), actor={})


@pytest.mark.django_db
def test_a_long_record_costs_as_few_statements_as_a_short_one() -> None:
    write(1)
    many = [Happening("a", f"item:{n}") for n in range(300)]
    with transaction.atomic(), CaptureQueriesContext(connection) as told:
        record(many, at=timezone.now(), actor={})
    # One look at the head, one write of it; the rows in as few inserts as the
    # database's limit on parameters allows (SQLite needs more than one).
    reads = [query for query in told if query["sql"].startswith(("SELECT", "UPDATE"))]
    assert len(reads) == 2
    assert len(told) <= 8


@pytest.mark.django_db(transaction=True)
def test_numbers_are_dense_whoever_writes_at_once() -> None:
    def work() -> None:
        write(15)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = list(Event.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 61))
    assert first_flaw() is None
    assert Head.objects.get().number == 60


@pytest.fixture
def guarded(db: None) -> Iterator[None]:
    guard.install(connection)
    yield
    guard.remove(connection)


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_outgoing")
        cursor.execute(statement)


STATEMENTS = {
    "update": "UPDATE journal_event SET kind = 'x' WHERE number = 2",
    "delete": "DELETE FROM journal_event WHERE number = 2",
    "replace": (
        "INSERT OR REPLACE INTO journal_event SELECT number, at, 'x', subject, actor,"
        " data, previous_hash, hash FROM journal_event WHERE number = 2"
    ),
}


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("name", STATEMENTS)
def test_the_database_itself_refuses_to_change_the_record(name: str) -> None:
    if name == "replace" and connection.vendor != "sqlite":
        name = "update"
    write(3)
    before = json.dumps(list(Event.objects.values_list("number", "kind", "hash")))
    with pytest.raises(DatabaseError, match="append-only"):
        execute(STATEMENTS[name])
    after = json.dumps(list(Event.objects.values_list("number", "kind", "hash")))
    assert after == before
