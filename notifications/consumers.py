"""The socket of one open page. It carries hints; content comes from the database."""

import asyncio
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from notifications.hub import hub
from notifications.queries.head import head_of
from orgs.models import Person

NOT_LOGGED_IN = 4401


@database_sync_to_async
def head_for(person_id: int) -> int | None:
    """Return where the person's inbox ends, or None when they may not be told."""
    if not Person.objects.filter(pk=person_id, is_active=True).exists():
        return None
    return head_of(person_id).number


class InboxConsumer(AsyncJsonWebsocketConsumer):
    """Answers hello with the head, and sends the head whenever it grows.

    A slow reader gets the newest head once it reads again, not one for each change.
    """

    person_id: int | None = None
    pending: int | None = None
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
        if not hello or self.person_id is None:
            return
        head = await head_for(self.person_id)
        if head is None:
            await self.send_json({"type": "bye", "reason": "inactive"})
            await self.close(NOT_LOGGED_IN)
        else:
            await self.send_json({"type": "hint", "head": head})

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        """Return what was sent, or nothing for what is no JSON."""
        try:
            return await super().decode_json(text_data)
        except ValueError:
            return None

    def hint(self, head: int) -> None:
        """Take a new head from the hub; sent as soon as the socket takes it."""
        self.pending = head
        if self.sender is None or self.sender.done():
            self.sender = asyncio.get_running_loop().create_task(self.flush())

    async def flush(self) -> None:
        """Send the newest head until there is none left to send."""
        while self.pending is not None:
            head, self.pending = self.pending, None
            await self.send_json({"type": "hint", "head": head})
