"""What has to happen by itself: one pass, by one process at a time."""

import logging
import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connections
from django.utils import timezone

from journal import bell
from notifications.expander import BATCH, expand
from notifications.leases import give_back, take
from notifications.reminders import sweep
from workflow.actions.issue import issue_pending

log = logging.getLogger(__name__)
LEASE = "tick"
# How long the deadlines go unswept after their process died.
LEASE_SECONDS = 90


class Tick:
    """One process's part in the background work.

    Issuing and expanding claim what they do under locks, so any process may do them
    as soon as it is woken; the sweep through the deadlines is for one, by its lease.
    """

    def __init__(self) -> None:
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{id(self)}"
        self.swept_at: datetime | None = None

    def run(self, now: datetime) -> bool:
        """Issue, expand, remind; return whether all went well.

        One that fails is logged and holds up no other.
        """
        well = True
        for job in (issue_pending, drain, self.remind):
            try:
                job(now)
            except Exception:
                log.exception("%s failed", job.__name__)
                well = False
        return well

    def remind(self, now: datetime) -> bool:
        """Sweep if it is time and this process's turn; return whether it was."""
        every = timedelta(seconds=settings.SWEEP_SECONDS)
        if self.swept_at is not None and now - self.swept_at < every:
            return False
        if not take(LEASE, self.holder, now=now, seconds=LEASE_SECONDS):
            return False
        sweep(now)
        self.swept_at = now
        return True

    def end(self) -> None:
        """Let another process take over at once."""
        give_back(LEASE, self.holder)


def drain(now: datetime) -> None:
    """Expand until nothing is left that can be expanded."""
    while expand(now) == BATCH:
        pass


class TickThread(threading.Thread):
    """Runs the tick in the server process: at every ring of the bell, or in time."""

    def __init__(self, seconds: int) -> None:
        super().__init__(name="tick", daemon=True)
        self.seconds = seconds
        self.stopping = threading.Event()
        self.tick = Tick()

    def run(self) -> None:
        """Tick until stopped; a pass that fails is logged and tried again."""
        while not self.stopping.is_set():
            self.once(lambda: self.tick.run(timezone.now()))
            bell.wait(self.seconds)
        self.once(self.tick.end)

    def once(self, work: Callable[[], object]) -> None:
        """Do ``work`` and let go of the connection; nothing may end the thread."""
        try:
            work()
        except Exception:
            log.exception("the tick failed")
        finally:
            connections.close_all()

    def stop(self) -> None:
        """End after the pass under way."""
        self.stopping.set()
        bell.ring()
        self.join(timeout=20)
