"""Invented people, marked as such: an officer and a head for every unit."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from pypinyin import lazy_pinyin

from orgs.actions.appoint import appoint
from orgs.models import Person, Programme, Unit
from orgs.posts import Post

BY = {"system": "demo"}
MARK = "演示·"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = (
    "明",
    "芳",
    "伟",
    "敏",
    "静",
    "强",
    "磊",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "丽",
)

# Short log-ins for the units the first ten minutes go through.
SHORT = {"市生态环境局": "shengtai", "市城市管理局": "chengguan", "市商务委": "shangwu"}


class Cast:
    """Makes people one after the other; the same ones every time."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.count = 0
        # One hash for all: the password is public, and 200 hashes take a minute.
        self.password = make_password(settings.DEMO_PASSWORD)

    def person(self, username: str) -> Person:
        """Make the next person."""
        surname = SURNAMES[self.count % len(SURNAMES)]
        given = GIVEN[(self.count * 5 + self.count // len(SURNAMES)) % len(GIVEN)]
        self.count += 1
        return Person.objects.create(
            username=username,
            name=f"{MARK}{surname}{given}",
            password=self.password,
            demo=True,
        )

    def appoint(
        self, username: str, post: Post, unit: Unit, programme: Programme
    ) -> Person:
        """Make the next person and give them a post."""
        person = self.person(username)
        appoint(
            person=person,
            post=post,
            unit=unit,
            programme=programme,
            by=BY,
            now=self.now,
        )
        return person

    def fill(self, units: list[Unit], programme: Programme) -> None:
        """Give every unit an officer and a head."""
        for unit in units:
            username = username_of(unit)
            self.appoint(username, Post.OFFICER, unit, programme)
            self.appoint(f"{username}_head", Post.HEAD, unit, programme)

    def fill_office(self, programme: Programme, prefix: str = "") -> None:
        """Give the office two people, and leadership a leader and an observer."""
        office, leadership = programme.office, programme.leadership
        self.appoint(f"{prefix}office", Post.OFFICE, office, programme)
        self.appoint(f"{prefix}office2", Post.OFFICE, office, programme)
        self.appoint(f"{prefix}leader", Post.LEADER, leadership, programme)
        self.appoint(f"{prefix}observer", Post.OBSERVER, leadership, programme)


def username_of(unit: Unit) -> str:
    """Return the log-in of a unit's officer: its name in pinyin."""
    if unit.name in SHORT:
        return SHORT[unit.name]
    letters = "".join(lazy_pinyin(unit.name))
    plain = "".join(
        letter for letter in letters if letter.isascii() and letter.isalpha()
    )
    return f"{plain}{unit.jurisdiction_id if unit.name.startswith('区') else ''}"[:100]
