"""What begins and ends with the server process: the hub and the tick."""

import asyncio
from typing import Any

from django.conf import settings

from notifications.hub import hub
from notifications.tick import TickThread


class Lifespan:
    """The ASGI lifespan: starts the hub on the loop and the tick in a thread."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer the server's start and stop."""
        thread = TickThread(settings.TICK_SECONDS) if settings.EMBEDDED_TICK else None
        await receive()
        await hub.start()
        if thread:
            thread.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if thread:
            await asyncio.to_thread(thread.stop)
        await hub.stop()
        await send({"type": "lifespan.shutdown.complete"})
