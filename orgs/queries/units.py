"""Units with their people, for the pages 单位与人员."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from orgs.actors import Actor
from orgs.models import Jurisdiction, Person, PostGroup, Programme, Unit
from orgs.posts import Post, Right


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post of a unit."""

    person: Person
    post: Post
    post_group: PostGroup


def places_of(actor: Actor) -> QuerySet[Jurisdiction]:
    """Return the places whose directory ``actor`` may read: those of their programmes.

    The places below are part of it: a city's list names its districts' bodies.
    """
    programmes = {held.programme_id for held in actor.memberships}
    own = Programme.objects.filter(pk__in=programmes).values("jurisdiction")
    places = Jurisdiction.objects.filter(pk__in=own)
    return places | Jurisdiction.objects.filter(parent__in=own)


def units_visible_to(actor: Actor) -> QuerySet[Unit]:
    """Return the units in the directory of ``actor``'s places, in the tree's order."""
    visible: QuerySet[Unit] = Unit.objects.filter(jurisdiction__in=places_of(actor))
    return visible.select_related("jurisdiction").order_by("jurisdiction", "path")


def holders_of(units: Iterable[Unit], actor: Actor) -> dict[int, list[Holder]]:
    """Return who holds which post, by unit, in the programmes ``actor`` is part of.

    Two queries for any number of units.
    """
    programmes = {held.programme_id for held in actor.memberships}
    post_groups = PostGroup.objects.filter(
        unit__in=[unit.pk for unit in units], programme__in=programmes
    ).prefetch_related("group__user_set")
    holders: dict[int, list[Holder]] = defaultdict(list)
    for post_group in post_groups:
        for person in post_group.group.user_set.all():
            if person.is_active:
                holder = Holder(person, Post(post_group.post), post_group)
                holders[post_group.unit_id].append(holder)
    order = list(Post)
    for found in holders.values():
        found.sort(key=lambda holder: (order.index(holder.post), holder.person.pk))
    return holders


def programmes_managed(actor: Actor) -> QuerySet[Programme]:
    """Return the programmes whose people ``actor`` appoints: as their office."""
    managed = {held.programme_id for held in actor.with_right(Right.REVIEW)}
    return Programme.objects.filter(pk__in=managed)
