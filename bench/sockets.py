"""From a commit to the last of 200 open pages, beside a bare ``websockets`` broadcast.

The product is served by uvicorn in this process with its hub and its tick; the bare
server runs in this process too. Each has its 200 sockets in a process of its own, and
the two take turns, so that both meet the same machine.
"""

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import uvicorn
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from websockets.asyncio.server import broadcast, serve

from bench.ratios import say
from journal.models import Outgoing
from journal.record import record
from notifications.inbox import deliver
from notifications.notices import Notice
from notifications.tick import Tick
from orgs.actions.appoint import appoint
from orgs.models import Person, Programme, Unit
from orgs.posts import Post
from tests.services.processes import free_port, wait_for
from tests.workflow.web.scene import Scene, person
from workflow import events
from workflow.models import TaskList
from workflow.states import ListState

SOCKETS, ROUNDS, WARM = 200, 30, 3
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(slots=True)
class Times:
    """Milliseconds from start to the last of all sockets, round by round."""

    bare: list[float] = field(default_factory=list)
    inbox: list[float] = field(default_factory=list)
    event: list[float] = field(default_factory=list)


def measure_sockets(scene: Scene) -> Times:
    """Return the times of the bare broadcast, from the inbox's and the event's commit."""
    people, task_list = readers(scene), issued(scene)
    cookies = [{"Cookie": cookie_of(one)} for one in people]
    times = Times()
    with product() as address, bare() as (bare_address, send):
        origin = address.replace("ws://", "http://").removesuffix("/ws/inbox/")
        with (
            ears(address, origin, cookies) as ours,
            ears(bare_address, origin, cookies) as theirs,
        ):
            for turn in range(WARM + ROUNDS):
                # Heads start at nothing, so all messages are of the same length.
                found = (
                    waited(theirs, lambda turn=turn: send(turn)),
                    waited(ours, lambda turn=turn: tell(people, turn)),
                    waited(ours, lambda: happen(task_list)),
                )
                if turn >= WARM:
                    times.bare.append(found[0])
                    times.inbox.append(found[1])
                    times.event.append(found[2])
    return times


def readers(scene: Scene) -> list[Person]:
    """Return 200 people of the lead unit, with nothing left to be told."""
    people = []
    for number in range(SOCKETS):
        one = person(f"reader{number}")
        appoint(
            person=one,
            post=Post.OFFICER,
            unit=scene.units["市生态环境局"],
            programme=scene.programme,
            by={"system": "bench"},
        )
        people.append(one)
    Outgoing.objects.all().delete()
    tick = Tick()
    tick.run(timezone.now())
    tick.end()
    return people


def issued(scene: Scene) -> TaskList:
    """Return a list that has been issued to the readers' unit."""
    lists = TaskList.objects.filter(programme=scene.programme, state=ListState.ISSUED)
    return lists.latest("pk")


def cookie_of(reader: Person) -> str:
    """Return the session of a reader who has logged in."""
    client = Client()
    client.force_login(reader, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def tell(people: list[Person], turn: int) -> Callable[[], int]:
    """Put news into every inbox; return when that was committed (ns)."""
    now = timezone.now()
    notices = [
        Notice(one.pk, f"bench:{turn}", "bench", "新消息", "", "/") for one in people
    ]
    return committed(lambda: deliver(notices, now))


def happen(task_list: TaskList) -> Callable[[], int]:
    """Record that the list went out; the tick tells all. Return the commit (ns)."""
    happening = events.list_issued(task_list.pk, rows=1)
    now = timezone.now()
    return committed(lambda: record([happening], at=now, actor={"system": "bench"}))


def committed(work: Callable[[], object]) -> Callable[[], int]:
    """Do ``work`` in a transaction; return what gives the moment of its commit."""
    moment: list[int] = []
    with transaction.atomic():
        # Before the work's own hooks, so the clock starts at the commit itself.
        transaction.on_commit(lambda: moment.append(time.monotonic_ns()))
        work()
    return lambda: moment[0]


def waited(
    ears: "subprocess.Popen[str]", start: Callable[[], Callable[[], int]]
) -> float:
    """Return the milliseconds from the start to the last socket."""
    began = start()
    assert ears.stdout is not None
    return (int(ears.stdout.readline()) - began()) / 1e6


@contextmanager
def ears(
    address: str, origin: str, headers: list[dict[str, str]]
) -> "Iterator[subprocess.Popen[str]]":
    """Keep a process with one open socket for each of ``headers``."""
    command = [sys.executable, "-m", "bench.listeners"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        given = {"address": address, "origin": origin, "headers": headers}
        process.stdin.write(json.dumps(given) + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n", "the sockets did not open"
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def product() -> Iterator[str]:
    """Serve the product from a thread; give the address of its inbox."""
    from config.asgi import application

    port = free_port()
    config = uvicorn.Config(
        application, port=port, lifespan="on", log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        wait_for(lambda: server.started, thread.is_alive)
        yield f"ws://127.0.0.1:{port}/ws/inbox/"
    finally:
        server.should_exit = True
        thread.join(20)


@contextmanager
def bare() -> Iterator[tuple[str, Callable[[int], Callable[[], int]]]]:
    """Serve sockets that are only broadcast to; give the address and the sender."""
    loop, port = asyncio.new_event_loop(), free_port()
    up, down = threading.Event(), asyncio.Event()
    open_sockets: set[Any] = set()

    async def hold(socket: Any) -> None:
        open_sockets.add(socket)
        await socket.wait_closed()
        open_sockets.discard(socket)

    async def run() -> None:
        async with serve(hold, "127.0.0.1", port):
            up.set()
            await down.wait()

    def send(head: int) -> Callable[[], int]:
        message = json.dumps({"type": "hint", "head": head})
        began = time.monotonic_ns()
        loop.call_soon_threadsafe(broadcast, open_sockets, message)
        return lambda: began

    thread = threading.Thread(
        target=lambda: loop.run_until_complete(run()), daemon=True
    )
    thread.start()
    try:
        assert up.wait(20), "the bare server did not start"
        yield f"ws://127.0.0.1:{port}/", send
    finally:
        loop.call_soon_threadsafe(down.set)
        thread.join(20)
        loop.close()


def standing() -> Scene:
    """Return the place as the measurements before this one left it."""
    units = {unit.name: unit for unit in Unit.objects.all()}
    return Scene(Programme.objects.get(), units)


def print_sockets(scene: Scene) -> bool:
    """Print the ratios; return whether the hub's goal is met.

    The goal is the hub's, and counts from the commit of the inbox rows. From the
    event's commit there is also the tick to wake and 200 notices to write, which a
    bare broadcast has nothing to set against; that is told without a goal.
    """
    times = measure_sockets(scene)
    raw, inbox, event = map(median, (times.bare, times.inbox, times.event))
    print(f"—— 提交到 {SOCKETS} 个连接中的最后一个，{ROUNDS} 次，中位数 ——")
    say(
        None,
        f"裸广播 {raw:.1f} ms，收件箱提交起 {inbox:.1f} ms，事件提交起 {event:.1f} ms",
    )
    say(
        None,
        f"事件提交起（含展开、写入收件箱）是裸广播用时的 {event / raw:.2f} 倍（无目标）",
    )
    ratio = inbox / raw
    return say(ratio <= 2.5, f"收件箱提交起是裸广播用时的 {ratio:.2f} 倍（目标 ≤2.5）")
