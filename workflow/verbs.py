"""What can be done to a duty: one table that feeds both the guard and the buttons."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orgs.posts import Right
from workflow.states import DutyState, Node

OFFERED = frozenset({DutyState.OFFERED})
CLAIMED = frozenset({DutyState.CLAIMED})
EITHER = OFFERED | CLAIMED
WORK_NODES = frozenset({Node.DISPATCH, Node.CARRY_OUT, Node.CONCLUDE})


class Verb(models.TextChoices):
    """A thing a person can do to a duty."""

    CLAIM = "claim", _("签收")
    RELEASE = "release", _("退签")
    DISPATCH = "dispatch", _("分办")
    REPORT = "report", _("反馈")
    SUBMIT = "submit", _("提交")
    COUNTERSIGN = "countersign", _("会签")
    CONCLUDE = "conclude", _("办结申请")
    ACCEPT = "accept", _("审核通过")
    RETURN = "return", _("退回")
    SIGN_OFF = "sign_off", _("销号")
    DECLINE = "decline", _("不予销号")


@dataclass(frozen=True, slots=True)
class Rule:
    """When and by whom a verb may be done, and what it does to the duty.

    ``transition`` names the duty's FSM method, empty where the duty stays as it is;
    ``routes`` says that the flow moves on; ``past`` is the event's name.
    """

    verb: Verb
    nodes: frozenset[Node]
    states: frozenset[DutyState]
    past: str
    transition: str = ""
    routes: bool = False
    needs_reason: bool = False
    by_holder: bool = True
    by_supports: bool = False
    # A signature of one unit must not make the page of another out of date.
    renews: bool = True


def ends(verb: Verb, node: Node, past: str, **more: bool) -> Rule:
    """Return the rule of a verb that ends a duty its holder has claimed."""
    return Rule(verb, frozenset({node}), CLAIMED, past, "submit", routes=True, **more)


def decides(verb: Verb, node: Node, past: str, **more: bool) -> Rule:
    """Return the rule of a decision, which may claim and end a duty in one act."""
    return Rule(verb, frozenset({node}), EITHER, past, "submit", routes=True, **more)


RULES: dict[Verb, Rule] = {
    rule.verb: rule
    for rule in (
        Rule(Verb.CLAIM, frozenset(Node), OFFERED, "claimed", "claim"),
        Rule(Verb.RELEASE, frozenset(Node), CLAIMED, "released", "release"),
        ends(Verb.DISPATCH, Node.DISPATCH, "dispatched"),
        Rule(
            Verb.REPORT, frozenset({Node.CARRY_OUT, Node.CONCLUDE}), CLAIMED, "reported"
        ),
        ends(Verb.SUBMIT, Node.CARRY_OUT, "submitted"),
        Rule(
            Verb.COUNTERSIGN,
            frozenset({Node.CONCLUDE}),
            CLAIMED,
            "countersigned",
            by_holder=False,
            by_supports=True,
            renews=False,
        ),
        ends(Verb.CONCLUDE, Node.CONCLUDE, "concluded"),
        decides(Verb.ACCEPT, Node.REVIEW, "accepted"),
        decides(Verb.RETURN, Node.REVIEW, "returned", needs_reason=True),
        decides(Verb.SIGN_OFF, Node.SIGN_OFF, "signed_off"),
        decides(Verb.DECLINE, Node.SIGN_OFF, "declined", needs_reason=True),
    )
}

# The right a duty asks of whoever works on it, by its place on the route.
RIGHT_AT: dict[Node, Right] = {
    Node.DISPATCH: Right.DISPATCH,
    Node.CARRY_OUT: Right.WORK,
    Node.CONCLUDE: Right.WORK,
    Node.REVIEW: Right.REVIEW,
    Node.SIGN_OFF: Right.SIGN_OFF,
}


def label_of(verb: Verb) -> str | Promise:
    """Return the verb's word for a button."""
    return verb.label
