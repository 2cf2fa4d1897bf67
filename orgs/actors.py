"""The person who acts, with what they stand for right now."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from orgs.models import Person, UnitGroupObjectPermission
from orgs.posts import Post, Right


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
    rows = (
        UnitGroupObjectPermission.objects.filter(
            group__user=person_id,
            group__user__is_active=True,
            group__post_group__isnull=False,
        )
        .order_by("group_id")
        .values_list(
            "permission__codename",
            "group__post_group__post",
            "content_object_id",
            "content_object__name",
            "content_object__path",
            "group__post_group__programme_id",
        )
    )
    rights: dict[tuple[Any, ...], set[Right]] = defaultdict(set)
    for codename, *standing in rows:
        rights[tuple(standing)].add(Right(codename))
    return tuple(
        Membership(Post(post), unit, name, path, programme, frozenset(held))
        for (post, unit, name, path, programme), held in rights.items()
    )
