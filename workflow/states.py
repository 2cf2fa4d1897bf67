"""Stages, duty states and roles: label, colour and order, once and for all pages."""

from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """Where a row stands on its way, in the order of the way."""

    DRAFT = "draft", _("待交办")
    DISPATCHING = "dispatching", _("待分办")
    WORKING = "working", _("承办中")
    CONCLUDING = "concluding", _("待办结")
    REVIEWING = "reviewing", _("审核中")
    SIGNING = "signing", _("待销号")
    CLOSED = "closed", _("已销号")


class DutyState(models.TextChoices):
    """How far one unit is with one duty."""

    OFFERED = "offered", _("待签收")
    CLAIMED = "claimed", _("办理中")
    SUBMITTED = "submitted", _("已提交")
    RECALLED = "recalled", _("已撤回")


OPEN_STATES = (DutyState.OFFERED, DutyState.CLAIMED)


class Role(models.TextChoices):
    """What a unit is to a row."""

    LEAD = "lead", _("牵头单位")
    SUPPORT = "support", _("配合单位")
    IMPLEMENTER = "implementer", _("责任单位")


class Node(models.TextChoices):
    """A place of the route where people act."""

    DISPATCH = "dispatch", _("签收分办")
    CARRY_OUT = "carry_out", _("承办")
    CONCLUDE = "conclude", _("办结申请")
    REVIEW = "review", _("审核")
    SIGN_OFF = "sign_off", _("核查销号")


class ListState(models.TextChoices):
    """How far a list is on its way to the units."""

    DRAFT = "draft", _("待交办")
    ISSUING = "issuing", _("交办中")
    ISSUED = "issued", _("已交办")


class Precision(models.TextChoices):
    """How exactly a deadline was printed."""

    DAY = "day", _("日")
    MONTH = "month", _("月")
    QUARTER = "quarter", _("季度")
    HALF = "half", _("半年")
    YEAR = "year", _("年")
    RANGE = "range", _("区间")
    RECURRING = "recurring", _("周期")
    STANDING = "standing", _("长期")
    NONE = "none", _("无")


class ClosedAs(models.TextChoices):
    """How a row ended."""

    IMPLEMENTED = "implemented", _("已完成")


class Colour(models.TextChoices):
    """A light. The label is its word; a shape goes with it on the page."""

    GREEN = "green", pgettext_lazy("light", "正常")
    BLUE = "blue", pgettext_lazy("light", "临期")
    YELLOW = "yellow", pgettext_lazy("light", "滞后")
    RED = "red", pgettext_lazy("light", "逾期")
    GREY = "grey", pgettext_lazy("light", "已销号")

    @property
    def shape(self) -> str:
        """The mark shown beside the word."""
        return Shape[self.name].value


class Shape(Enum):
    """The mark of a light, for whoever does not see its colour."""

    GREEN = "●"
    BLUE = "◆"
    YELLOW = "▲"
    RED = "■"
    GREY = "✓"
