"""One hub a server process: it knows which open pages belong to whom.

The channel layer has one member a process, not one a socket: a broadcast costs a
message a process, and the hub fans it out in memory. Hints only: a lost one is made
good by the page's next hello.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextvars import Context
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings

log = logging.getLogger(__name__)
GROUP = "hub"
# A head; None asks the page's socket to look whether its session is still good.
Hint = int | None
Listener = Callable[[Hint], None]


class Hub:
    """The open pages of this process: person → whoever wants to hear their head."""

    def __init__(self) -> None:
        self.listeners: dict[int, set[Listener]] = defaultdict(set)
        self.loop: asyncio.AbstractEventLoop | None = None
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to hear on the running loop; through the layer too where it is Redis."""
        self.loop = asyncio.get_running_loop()
        if settings.REDIS_URL:
            self.task = self.loop.create_task(self.hear())

    async def stop(self) -> None:
        """Stop hearing."""
        self.loop = None
        if self.task:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

    async def hear(self) -> None:
        """Take what other processes announce; begin anew when the layer is lost."""
        while True:
            try:
                await self.listen()
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("the channel layer is lost")
                await asyncio.sleep(1)

    async def listen(self) -> None:
        """Join the layer as this process's one member and pass on what comes."""
        layer: Any = get_channel_layer()
        channel = await layer.new_channel()
        await layer.group_add(GROUP, channel)
        while True:
            message = await layer.receive(channel)
            self.pass_on({int(one): head for one, head in message["heads"].items()})

    def join(self, person_id: int, listener: Listener) -> None:
        """Let ``listener`` hear the person's heads; on the hub's loop."""
        self.listeners[person_id].add(listener)

    def leave(self, person_id: int, listener: Listener) -> None:
        """Stop telling ``listener``."""
        self.listeners[person_id].discard(listener)
        if not self.listeners[person_id]:
            del self.listeners[person_id]

    def pass_on(self, heads: Mapping[int, Hint]) -> None:
        """Tell the open pages of these people; on the hub's loop."""
        for person, head in heads.items():
            for listener in tuple(self.listeners.get(person, ())):
                listener(head)


hub = Hub()


def announce(heads: Mapping[int, Hint]) -> None:
    """Tell every open page of these people where its inbox ends now.

    For use after a commit, from any thread. Nothing is lost when it fails: pages ask
    again by themselves.
    """
    if not heads:
        return
    if settings.REDIS_URL:
        announce_to_all(heads)
    elif hub.loop is not None:
        # In a context of its own: what the caller's thread waits for is not ours.
        hub.loop.call_soon_threadsafe(hub.pass_on, dict(heads), context=Context())


def announce_to_all(heads: Mapping[int, Hint]) -> None:
    """Send one message through the layer; every process's hub hears it."""
    message = {
        "type": "heads",
        "heads": {str(one): head for one, head in heads.items()},
    }
    layer: Any = get_channel_layer()

    async def send() -> None:
        try:
            await layer.group_send(GROUP, message)
        except Exception:
            log.exception("a hint could not be sent")

    if hub.loop is not None:
        asyncio.run_coroutine_threadsafe(send(), hub.loop)
    else:
        async_to_sync(send)()
