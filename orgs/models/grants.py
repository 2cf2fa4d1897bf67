"""Grants: a post in a unit for a programme, held as a group with rights on the unit."""

from django.contrib.auth.models import Group
from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from orgs.models.programmes import Programme
from orgs.models.units import Unit
from orgs.posts import Post


class PostGroup(models.Model):
    """One post of one unit in one programme; its people are the group's members."""

    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, primary_key=True, related_name="post_group"
    )
    post = models.CharField(max_length=20, choices=Post)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="post_groups")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="post_groups"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "post", "programme"], name="one_group_of_a_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_post_display()}"


class UnitGroupObjectPermission(GroupObjectPermissionBase):
    """A right on a unit held by a group, with a real foreign key."""

    content_object = models.ForeignKey(Unit, on_delete=models.CASCADE)


class UnitUserObjectPermission(UserObjectPermissionBase):
    """Made only because guardian asks for the pair; grants go to groups."""

    content_object = models.ForeignKey(Unit, on_delete=models.CASCADE)
