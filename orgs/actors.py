"""The person who acts, with what they stand for right now."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from orgs.models import Person
from orgs.posts import Post, Right

# Asked at every request and under every lock: in SQL, because making the statement
# from models takes longer than answering it; with subqueries, because planning six
# joined tables takes longer than looking into two of them.
RIGHTS_HELD = """
    SELECT post.post, unit.id, unit.name, unit.path, post.programme_id,
        (SELECT codename FROM auth_permission WHERE id = held.permission_id)
    FROM orgs_person_groups member
    JOIN orgs_postgroup post ON post.group_id = member.group_id
    JOIN orgs_unitgroupobjectpermission held ON held.group_id = member.group_id
    JOIN orgs_unit unit ON unit.id = held.content_object_id
    WHERE member.person_id = %s AND %s =
        (SELECT is_active FROM orgs_person WHERE id = member.person_id)
    ORDER BY member.group_id, unit.id
"""


@dataclass(frozen=True, slots=True)
class Membership:
    """A post held in a unit for a programme, with its rights in force."""

    post: Post
    unit_id: int
    unit_name: str
    unit_path: str
    programme_id: int
    rights: frozenset[Right]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting: a person and every membership they hold at this moment."""

    person_id: int
    person_name: str
    memberships: tuple[Membership, ...]

    def with_right(self, right: Right) -> Iterator[Membership]:
        """Yield the memberships that carry ``right``."""
        return (held for held in self.memberships if right in held.rights)

    def unit_ids(self, *rights: Right) -> set[int]:
        """Return the units on which any of ``rights`` is held."""
        return {
            held.unit_id for held in self.memberships if held.rights & frozenset(rights)
        }

    def as_record(self, standing: Membership | None = None) -> dict[str, Any]:
        """Return who acted and as what, as the journal keeps it."""
        told: dict[str, Any] = {"person": self.person_id, "name": self.person_name}
        if standing:
            told |= {
                "post": standing.post.value,
                "unit": standing.unit_id,
                "unit_name": standing.unit_name,
            }
        return told

    @property
    def main(self) -> Membership | None:
        """The membership shown beside the name, if any."""
        return self.memberships[0] if self.memberships else None


def actor_of(person: Person) -> Actor:
    """Return ``person`` as an actor, with the rights of this moment. One query.

    An inactive person stands for nothing.
    """
    held = memberships_of(person.pk) if person.is_active else ()
    return Actor(person.pk, person.name, held)


def fresh(actor: Actor) -> Actor:
    """Return ``actor`` with the rights of this moment; one query, for use under lock."""
    return Actor(actor.person_id, actor.person_name, memberships_of(actor.person_id))


def memberships_of(person_id: int) -> tuple[Membership, ...]:
    """Return what the active person ``person_id`` stands for, from guardian's table.

    A post without a right in force is no membership: deny by default.
    """
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS_HELD, [person_id, True])
        rows = cursor.fetchall()
    rights: dict[tuple[Any, ...], set[Right]] = defaultdict(set)
    for *standing, codename in rows:
        rights[tuple(standing)].add(Right(codename))
    return tuple(
        Membership(Post(post), unit, name, path, programme, frozenset(held))
        for (post, unit, name, path, programme), held in rights.items()
    )
