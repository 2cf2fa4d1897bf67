"""The socket: hints to the right person, from the product's own pages only."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.db import connections
from django.utils import timezone

from notifications.consumers import NOT_LOGGED_IN, InboxConsumer
from notifications.hub import Hub, hub
from notifications.inbox import deliver
from notifications.notices import Notice
from notifications.origins import is_own
from tests.workflow.web.scene import Scene


@pytest.fixture(autouse=True)
async def nothing_left_open() -> AsyncIterator[None]:
    """Close what the sockets' own thread has opened, as the server does at its end."""
    yield
    await sync_to_async(connections.close_all)()


class Nobody:
    is_authenticated = False


def socket_of(user: Any) -> WebsocketCommunicator:
    socket = WebsocketCommunicator(InboxConsumer.as_asgi(), "/ws/inbox/")
    socket.scope["user"] = user
    return socket


def news(person: int, cause: str) -> dict[int, int]:
    from django.db import transaction

    with transaction.atomic():
        return deliver([Notice(person, cause, "test", "t", "", "/")], timezone.now())


@pytest.mark.django_db(transaction=True)
async def test_hello_is_answered_with_the_head_and_news_with_a_hint(
    live_scene: Scene,
) -> None:
    lead, other = live_scene.people["lead"], live_scene.people["support"]
    await hub.start()
    mine, theirs = socket_of(lead), socket_of(other)
    try:
        await mine.connect()
        await theirs.connect()
        await mine.send_json_to({"type": "hello", "last": 0})
        assert await mine.receive_json_from() == {"type": "hint", "head": 0}
        await database_sync_to_async(news)(lead.pk, "one")
        assert await mine.receive_json_from() == {"type": "hint", "head": 1}
        assert await theirs.receive_nothing()
        await mine.send_to(text_data="no json")
        await mine.send_json_to({"type": "hello", "last": 0})
        assert await mine.receive_json_from() == {"type": "hint", "head": 1}
    finally:
        await mine.disconnect()
        await theirs.disconnect()
        await hub.stop()
    assert not hub.listeners


@pytest.mark.django_db(transaction=True)
async def test_a_stranger_is_shown_the_door(live_scene: Scene) -> None:
    socket = socket_of(Nobody())
    await socket.connect()
    closed = await socket.receive_output()
    assert (
        closed
        == {
            "type": "websocket.close",
            "code": NOT_LOGGED_IN,
        }
        or closed.get("code") == NOT_LOGGED_IN
    )


@pytest.mark.django_db(transaction=True)
async def test_somebody_who_left_is_told_goodbye(live_scene: Scene) -> None:
    person = live_scene.people["lead"]
    socket = socket_of(person)
    await socket.connect()
    person.is_active = False
    await database_sync_to_async(person.save)()
    await socket.send_json_to({"type": "hello", "last": 0})
    assert (await socket.receive_json_from())["type"] == "bye"
    assert (await socket.receive_output())["code"] == NOT_LOGGED_IN
    await socket.wait()


@pytest.mark.once
def test_hub_tells_every_page_of_a_person_and_forgets_who_left() -> None:
    heard: list[tuple[str, int]] = []
    own = Hub()

    def first(head: int) -> None:
        heard.append(("first", head))

    def second(head: int) -> None:
        heard.append(("second", head))

    own.join(1, first)
    own.join(1, second)
    own.pass_on({1: 5, 2: 9})
    own.leave(1, first)
    own.pass_on({1: 6})
    assert sorted(heard) == [("first", 5), ("second", 5), ("second", 6)]


@pytest.mark.once
@pytest.mark.parametrize(
    ("origin", "own"),
    [
        ("http://host:8000", True),
        ("https://host:8000", False),
        ("http://host:8001", False),
        ("http://host", False),
        ("http://other:8000", False),
        ("", False),
        ("null", False),
        ("http://host:port", False),
    ],
)
def test_the_whole_origin_is_compared(origin: str, own: bool) -> None:
    assert is_own({"origin": origin, "host": "host:8000"}, "ws") == own
