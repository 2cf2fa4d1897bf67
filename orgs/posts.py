"""The posts a person can hold, and the rights each carries on its unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Post(models.TextChoices):
    """A post in a unit, for one programme."""

    OFFICER = "officer", _("经办")
    HEAD = "head", _("单位负责人")
    OFFICE = "office", _("督办办公室")
    LEADER = "leader", _("分管领导")
    OBSERVER = "observer", _("观察")


class Right(models.TextChoices):
    """What a post may do on behalf of the unit it is granted on."""

    WORK = "work_for_unit", _("承办本单位任务")
    DISPATCH = "dispatch", _("分办本单位牵头的任务")
    REVIEW = "review_for_office", _("办公室交办、审核")
    SIGN_OFF = "sign_off", _("核查销号")
    OBSERVE = "observe", _("查看本单位任务")


RIGHTS: dict[Post, tuple[Right, ...]] = {
    Post.OFFICER: (Right.WORK, Right.DISPATCH, Right.OBSERVE),
    Post.HEAD: (Right.WORK, Right.DISPATCH, Right.OBSERVE),
    Post.OFFICE: (Right.REVIEW, Right.OBSERVE),
    Post.LEADER: (Right.SIGN_OFF, Right.OBSERVE),
    Post.OBSERVER: (Right.OBSERVE,),
}
