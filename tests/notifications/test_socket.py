"""The socket: hints to the right person, from the product's own pages only."""

from collections.abc import AsyncIterator

import pytest
from asgiref.sync import sync_to_async
from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from notifications.consumers import NOT_LOGGED_IN
from notifications.hub import hub
from notifications.inbox import deliver
from notifications.notices import Notice
from notifications.origins import SameOrigin
from notifications.routing import websocket_urlpatterns
from tests.workflow.web.scene import Scene


@pytest.fixture(autouse=True)
async def nothing_left_open() -> AsyncIterator[None]:
    """Close what the sockets' own thread has opened, as the server does at its end."""
    yield
    await sync_to_async(connections.close_all)()


application = SameOrigin(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)))


def socket_of(
    client: Client | None = None, origin: str = "http://testserver"
) -> WebsocketCommunicator:
    headers = [(b"host", b"testserver"), (b"origin", origin.encode())]
    if client:
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        headers.append((b"cookie", cookie.encode()))
    return WebsocketCommunicator(application, "/ws/inbox/", headers=headers)


async def opened(scene: Scene, login: str) -> tuple[WebsocketCommunicator, Client]:
    client = await database_sync_to_async(scene.client)(login)
    socket = socket_of(client)
    assert (await socket.connect())[0]
    return socket, client


def news(person: int, cause: str) -> dict[int, int]:
    from django.db import transaction

    with transaction.atomic():
        return deliver([Notice(person, cause, "test", "t", "", "/")], timezone.now())


@pytest.mark.django_db(transaction=True)
async def test_hello_is_answered_with_the_head_and_news_with_a_hint(
    live_scene: Scene,
) -> None:
    await hub.start()
    mine, _client = await opened(live_scene, "lead")
    theirs, _client = await opened(live_scene, "support")
    try:
        await mine.send_json_to({"type": "hello", "last": 0})
        assert await mine.receive_json_from() == {"type": "hint", "head": 0}
        await database_sync_to_async(news)(live_scene.people["lead"].pk, "one")
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
    socket = socket_of()
    await socket.connect()
    assert (await socket.receive_output())["code"] == NOT_LOGGED_IN
    assert not hub.listeners


@pytest.mark.django_db(transaction=True)
async def test_a_page_of_another_origin_gets_no_socket(live_scene: Scene) -> None:
    client = await database_sync_to_async(live_scene.client)("lead")
    for origin in ("http://elsewhere", "https://testserver", "http://testserver:81"):
        socket = socket_of(client, origin)
        assert not (await socket.connect())[0]
    assert not hub.listeners


@pytest.mark.django_db(transaction=True)
async def test_somebody_who_left_is_told_goodbye(live_scene: Scene) -> None:
    socket, _client = await opened(live_scene, "lead")
    person = live_scene.people["lead"]
    person.is_active = False
    await database_sync_to_async(person.save)()
    await socket.send_json_to({"type": "hello", "last": 0})
    assert (await socket.receive_json_from())["type"] == "bye"
    assert (await socket.receive_output())["code"] == NOT_LOGGED_IN
    assert not hub.listeners


@pytest.mark.django_db(transaction=True)
async def test_logging_out_ends_the_other_pages_of_that_session_at_once(
    live_scene: Scene,
) -> None:
    await hub.start()
    socket, client = await opened(live_scene, "lead")
    elsewhere, _client = await opened(live_scene, "lead")
    try:
        await database_sync_to_async(client.post)("/logout/")
        assert (await socket.receive_json_from())["type"] == "bye"
        assert (await socket.receive_output())["code"] == NOT_LOGGED_IN
        assert await elsewhere.receive_nothing()
        await database_sync_to_async(news)(live_scene.people["lead"].pk, "one")
        assert await elsewhere.receive_json_from() == {"type": "hint", "head": 1}
    finally:
        await elsewhere.disconnect()
        await hub.stop()
    assert not hub.listeners
