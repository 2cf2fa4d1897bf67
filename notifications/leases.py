"""Take and keep a lease by one conditional update."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from notifications.models import Lease


def take(name: str, holder: str, *, now: datetime, seconds: int) -> bool:
    """Return whether ``holder`` has the lease ``name`` for the next ``seconds``.

    A lease is free when it has run out; its holder renews it at any time. Of several
    who ask at once the database lets one update match.
    """
    until = now + timedelta(seconds=seconds)
    mine = Lease.objects.filter(name=name, holder=holder)
    if mine.update(until=until):
        return True
    Lease.objects.bulk_create(
        [Lease(name=name, holder="", until=now)], ignore_conflicts=True
    )
    free = Lease.objects.filter(Q(name=name) & (Q(until__lt=now) | Q(holder="")))
    return bool(free.update(holder=holder, until=until, fence=F("fence") + 1))


def give_back(name: str, holder: str) -> None:
    """Let go of the lease, so that the next process need not wait for its end."""
    Lease.objects.filter(name=name, holder=holder).update(holder="")
