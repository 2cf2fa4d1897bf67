"""A process with many open sockets: says when the last one has heard each message.

Used by ``bench.sockets``. On the first line of its input it is given, as JSON, the
address, the origin and the headers of each socket. It prints ``ready`` once all are
open, then a line a message: when the last socket had it (ns of the monotonic clock,
which all processes of a machine share).
"""

import asyncio
import json
import sys
import time
from typing import Any

from websockets.asyncio.client import connect

AT_ONCE = 20  # connections opened at a time


class Ear:
    """Counts who has heard; every message goes to all, one message at a time."""

    def __init__(self, sockets: int) -> None:
        self.sockets, self.heard = sockets, 0

    def hear(self) -> None:
        """Note one arrival; print the time of the last of all."""
        self.heard += 1
        if self.heard % self.sockets == 0:
            print(time.monotonic_ns(), flush=True)


async def listen(given: dict[str, Any]) -> None:
    """Open every socket, then hear until the server goes away."""
    ear, gate = Ear(len(given["headers"])), asyncio.Semaphore(AT_ONCE)

    async def opened(headers: dict[str, str]) -> Any:
        async with gate:
            return await connect(
                given["address"],
                origin=given["origin"],
                additional_headers=headers,
                proxy=None,
            )

    async def hear(socket: Any) -> None:
        async for _message in socket:
            ear.hear()

    sockets = await asyncio.gather(*map(opened, given["headers"]))
    print("ready", flush=True)
    await asyncio.gather(*map(hear, sockets), return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(listen(json.loads(sys.stdin.readline())))
