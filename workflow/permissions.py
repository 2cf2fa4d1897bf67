"""Who may do what to a duty; deny by default.

Pure once the actor's memberships are loaded: fifty rows cost no query here.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from orgs.actors import Actor, Membership
from orgs.models import Person
from orgs.posts import Right
from workflow.models import Duty, TaskItem
from workflow.refusals import NotAllowed, NotPossible, Refused, Stale
from workflow.states import DutyState, Node, Role
from workflow.verbs import RIGHT_AT, RULES, Rule, Verb


def standing(
    actor: Actor, *, unit_ids: Iterable[int], programme_id: int, right: Right
) -> Membership | None:
    """Return the membership by which ``actor`` holds ``right`` on one of the units."""
    units = set(unit_ids)
    for held in actor.with_right(right):
        if held.unit_id in units and held.programme_id == programme_id:
            return held
    return None


def units_answering(rule: Rule, duty: Duty) -> list[int]:
    """Return the units whose people may do the verb to ``duty``."""
    if not rule.by_supports:
        return [duty.unit_id]
    return [
        part.unit_id
        for part in duty.item.parts.all()
        if part.role == Role.SUPPORT and part.open and part.unit_id
    ]


def standing_for(actor: Actor, rule: Rule, duty: Duty) -> Membership | None:
    """Return the membership by which ``actor`` may do the verb, or None."""
    return standing(
        actor,
        unit_ids=units_answering(rule, duty),
        programme_id=duty.item.programme_id,
        right=RIGHT_AT[Node(duty.node)],
    )


def refusal(actor: Actor, rule: Rule, duty: Duty) -> Refused | None:
    """Return why ``actor`` may not do the verb to ``duty`` now, or None if they may."""
    if duty.node not in rule.nodes:
        return NotPossible(_("此环节不能“%(verb)s”。") % {"verb": rule.verb.label})
    if standing_for(actor, rule, duty) is None:
        return NotAllowed(
            _("您没有代表该单位“%(verb)s”的权限。") % {"verb": rule.verb.label}
        )
    if actor.person_id in duty.barred:
        return NotAllowed(
            _("您已办理过本任务的前面环节，按回避要求须由他人“%(verb)s”。")
            % {"verb": rule.verb.label}
        )
    if duty.state not in rule.states:
        return out_of_state(duty)
    if held_by_another(actor, rule, duty):
        return Stale(_("本任务已由%(holder)s签收办理。") % {"holder": holder_of(duty)})
    return None


def held_by_another(actor: Actor, rule: Rule, duty: Duty) -> bool:
    """Return whether the verb is the holder's and somebody else holds the duty."""
    held = duty.state == DutyState.CLAIMED
    return held and rule.by_holder and duty.holder_id != actor.person_id


def out_of_state(duty: Duty) -> Refused:
    """Return the refusal for a duty that has moved on, with who moved it."""
    if duty.state == DutyState.OFFERED:
        return NotPossible(_("本任务还没有签收，请先签收。"))
    return Stale(
        _("本任务已由%(holder)s办理，当前状态为“%(state)s”。")
        % {"holder": holder_of(duty), "state": DutyState(duty.state).label}
    )


def holder_of(duty: Duty) -> str:
    """Return the name of whoever holds or ended the duty."""
    return duty.holder.name if duty.holder else str(duty.unit)


def may(actor: Actor, verb: Verb, duty: Duty) -> bool:
    """Return whether ``actor`` may do ``verb`` to ``duty`` now."""
    return refusal(actor, RULES[verb], duty) is None


def verbs_for(actor: Actor, duty: Duty) -> list[Verb]:
    """Return the verbs ``actor`` may do to ``duty`` now, in the table's order.

    No query for a duty loaded with its item; one for the parts while it concludes.
    """
    return [verb for verb in RULES if may(actor, verb, duty)]


def may_issue(actor: Actor, programme_id: int, office_id: int) -> Membership | None:
    """Return the office membership by which ``actor`` may register and issue."""
    return standing(
        actor, unit_ids=[office_id], programme_id=programme_id, right=Right.REVIEW
    )


def audience(*, unit_ids: Iterable[int], programme_id: int, right: Right) -> list[int]:
    """Return the active people who hold ``right`` on one of the units right now."""
    holders = Person.objects.filter(
        is_active=True,
        groups__post_group__programme=programme_id,
        groups__unitgroupobjectpermission__permission__codename=right.value,
        groups__unitgroupobjectpermission__content_object__in=list(unit_ids),
    )
    return sorted(set(holders.values_list("pk", flat=True)))


def watchers(item: TaskItem) -> list[int]:
    """Return the active people of the row's units that may see it, holders or not."""
    return audience(
        unit_ids=item.parts.filter(unit__isnull=False).values_list("unit", flat=True),
        programme_id=item.programme_id,
        right=Right.OBSERVE,
    )
