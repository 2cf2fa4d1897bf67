"""A process killed in the middle: nothing is lost, nothing is told twice."""

import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.services.server import manage

pytestmark = [pytest.mark.once, pytest.mark.deep]

NEWS = """
from orgs.actions.appoint import appoint
from orgs.actions.units import create_unit
from orgs.models import Jurisdiction, Person, Programme
from orgs.posts import Post
place = Jurisdiction.objects.create(name="某市")
unit = create_unit(name="市教委", jurisdiction=place)
programme = Programme.objects.create(
    name="工作", jurisdiction=place, office=unit, leadership=unit
)
for number in range(5):
    appoint(person=Person.objects.create_user(username=str(number)), post=Post.OFFICER,
            unit=unit, programme=programme, by={"system": "test"})
"""
# Expands and is killed with everything written and nothing committed.
KILLED = """
import os, signal
from django.utils import timezone
from notifications import expander
def deliver_and_die(notices, now, deliver=expander.deliver):
    deliver(notices, now)
    print("written", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
expander.deliver = deliver_and_die
expander.expand(timezone.now())
"""
COUNTED = """
from journal.models import Outgoing
from notifications.models import InboxItem
numbers = sorted(InboxItem.objects.values_list("person__username", "number"))
print(Outgoing.objects.count(), numbers)
"""


def counted(folder: Path, **more: str) -> str:
    """Return how many events wait, and what each inbox holds."""
    return manage(folder, "shell", "-v0", "-c", COUNTED, **more).strip()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_a_killed_process_had_begun_is_told_once(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    more = {"EMBEDDED_TICK": "false"}
    if database == "postgresql":
        more["DATABASE_URL"] = emptied(request.getfixturevalue("postgres_url"))
    manage(tmp_path, "migrate", "--no-input", "-v0", **more)
    manage(tmp_path, "shell", "-v0", "-c", NEWS, **more)
    waiting = counted(tmp_path, **more)
    with pytest.raises(subprocess.CalledProcessError) as killed:
        manage(tmp_path, "shell", "-v0", "-c", KILLED, **more)
    assert (killed.value.returncode, killed.value.stdout) == (-9, "written\n")
    assert counted(tmp_path, **more) == waiting
    assert waiting.endswith(" []")
    manage(tmp_path, "tick", **more)
    each_once = [(str(number), 1) for number in range(5)]
    assert counted(tmp_path, **more) == f"0 {each_once}"
    manage(tmp_path, "tick", **more)
    assert counted(tmp_path, **more) == f"0 {each_once}"


def emptied(url: str) -> str:
    """Return the address of a new database on the same server."""
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS killed")
        admin.execute("CREATE DATABASE killed")
    return url.rsplit("/", 1)[0] + "/killed"
