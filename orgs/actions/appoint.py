"""Give a person a post, or take it away."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from guardian.shortcuts import assign_perm

from journal.record import Happening, record
from orgs.models import Person, PostGroup, Programme, Unit
from orgs.posts import RIGHTS, Post


@transaction.atomic
def appoint(
    *,
    person: Person,
    post: Post,
    unit: Unit,
    programme: Programme,
    by: dict[str, Any],
    now: datetime | None = None,
) -> PostGroup:
    """Give ``person`` the ``post`` in ``unit`` for ``programme``; recorded.

    ``now`` is the moment that is recorded, left out this one. Doing it again changes
    nothing and records nothing.
    """
    post_group = post_group_of(post=post, unit=unit, programme=programme)
    if not person.groups.filter(pk=post_group.pk).exists():
        person.groups.add(post_group.pk)
        tell("person.appointed", person, post_group, by, now)
    return post_group


@transaction.atomic
def dismiss(*, person: Person, post_group: PostGroup, by: dict[str, Any]) -> None:
    """Take the post away from ``person``; their rights end with the commit."""
    if person.groups.filter(pk=post_group.pk).exists():
        person.groups.remove(post_group.pk)
        tell("person.dismissed", person, post_group, by)


def post_group_of(*, post: Post, unit: Unit, programme: Programme) -> PostGroup:
    """Return the group that holds this post, made with its rights when new."""
    found = PostGroup.objects.filter(post=post, unit=unit, programme=programme).first()
    if found:
        return found
    group = Group.objects.create(name=f"{programme.pk}:{unit.pk}:{post}")
    for right in RIGHTS[post]:
        assign_perm(right.value, group, unit)
    return PostGroup.objects.create(
        group=group, post=post, unit=unit, programme=programme
    )


def tell(
    kind: str,
    person: Person,
    post_group: PostGroup,
    by: dict[str, Any],
    now: datetime | None = None,
) -> None:
    """Record the change in the journal, in the same transaction."""
    data = {
        "person": person.pk,
        "post": post_group.post,
        "unit": post_group.unit_id,
        "programme": post_group.programme_id,
    }
    happening = Happening(kind, f"person:{person.pk}", data)
    record([happening], at=now or timezone.now(), actor=by)
