"""The socket of one open page. It carries hints; content comes from the database."""

import asyncio
from importlib import import_module
from typing import Any

from channels.auth import get_user
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from notifications.hub import Hint, hub
from notifications.queries.head import number_of

NOT_LOGGED_IN = 4401


class InboxConsumer(AsyncJsonWebsocketConsumer):
    """Answers hello with the head, and sends the head whenever it grows.

    A slow reader gets the newest head once it reads again, not one for each change.
    Whoever has logged out or lost their account is told goodbye.
    """

    person_id: int | None = None
    pending: int | None = None
    in_doubt = False
    sender: "asyncio.Task[None] | None" = None

    async def connect(self) -> None:
        """Let in whoever has logged in."""
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.accept()
            await self.close(NOT_LOGGED_IN)
            return
        self.person_id = user.pk
        await self.accept()
        hub.join(user.pk, self.hint)

    async def disconnect(self, code: int) -> None:
        """Leave the hub."""
        if self.person_id is not None:
            hub.leave(self.person_id, self.hint)
            self.person_id = None

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Answer hello: the page says where it is and is told where the inbox ends."""
        hello = isinstance(content, dict) and content.get("type") == "hello"
        if not hello or not await self.still_in():
            return
        if self.person_id is not None:
            head = await database_sync_to_async(number_of)(self.person_id)
            await self.send_json({"type": "hint", "head": head})

    async def still_in(self) -> bool:
        """Return whether the session is still good; say goodbye where it is not."""
        if self.person_id is None:
            return False
        user = await get_user({"session": reopened(self.scope["session"])})
        if user.pk == self.person_id:
            return True
        await self.disconnect(NOT_LOGGED_IN)
        await self.send_json({"type": "bye", "reason": "logged-out"})
        await self.close(NOT_LOGGED_IN)
        return False

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        """Return what was sent, or nothing for what is no JSON."""
        try:
            return await super().decode_json(text_data)
        except ValueError:
            return None

    def hint(self, head: Hint) -> None:
        """Take a hint from the hub; acted on as soon as the socket takes it."""
        if head is None:
            self.in_doubt = True
        else:
            self.pending = head
        if self.sender is None or self.sender.done():
            self.sender = asyncio.get_running_loop().create_task(self.flush())

    async def flush(self) -> None:
        """Send the newest head until there is none left to send."""
        while self.in_doubt or self.pending is not None:
            if self.in_doubt:
                self.in_doubt = False
                if not await self.still_in():
                    return
            if self.pending is not None:
                head, self.pending = self.pending, None
                await self.send_json({"type": "hint", "head": head})


def reopened(session: SessionBase) -> SessionBase:
    """Return the session as it is stored now; the socket's own is as of its opening."""
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    return store(session.session_key)
