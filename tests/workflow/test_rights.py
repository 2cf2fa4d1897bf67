"""Every verb, every stage, every member of the cast: what is not allowed is refused."""

import pytest
from django.utils import timezone

from tests.workflow.history import assert_history_is_the_row
from tests.workflow.test_state_machine import PEOPLE, UNIT_NAMES, VERBS, perform
from tests.workflow.web import scene as stage
from tests.workflow.web.scene import Scene
from workflow.actions.release import release
from workflow.actions.review import accept, return_for_rework
from workflow.actions.sign import decline
from workflow.models import Duty, TaskItem
from workflow.permissions import verbs_for
from workflow.refusals import NotAllowed, NotPossible, Refused
from workflow.states import OPEN_STATES, Node

BRING = {
    "dispatching": lambda scene, item: None,
    "claimed": lambda scene, item: stage.claimed(
        scene, stage.open_duty(item, Node.DISPATCH), "lead"
    ),
    "working": stage.working,
    "concluding": stage.concluding,
    "reviewing": stage.reviewing,
    "signing": stage.signing,
}

# stage → {verb: who may do it to the open duty (of the lead's unit where several)}
ALLOWED: dict[str, dict[str, set[str]]] = {
    "dispatching": {"claim": {"lead", "lead2"}},
    "claimed": {"release": {"lead"}, "dispatch": {"lead"}},
    "working": {"claim": {"lead", "lead2"}},
    "concluding": {
        "release": {"lead"},
        "report": {"lead"},
        "countersign": {"support", "support2"},
    },
    "reviewing": {
        verb: {"office", "office2"} for verb in ("claim", "accept", "return")
    },
    "signing": {verb: {"leader"} for verb in ("claim", "sign_off", "decline")},
}


@pytest.fixture
def scene(db: None) -> Scene:
    return stage.scene()


def duty_in(item: TaskItem, scene: Scene) -> Duty:
    duties = Duty.objects.filter(item=item, state__in=OPEN_STATES)
    leads = duties.filter(unit=scene.units[UNIT_NAMES["lead"]])
    duty = leads.first() or duties.first()
    assert duty
    return duty


@pytest.mark.parametrize("where", BRING)
def test_what_is_not_allowed_is_refused_and_changes_nothing(
    scene: Scene, where: str
) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    BRING[where](scene, item)
    duty = duty_in(item, scene)
    version = duty.version
    for verb in VERBS:
        for person in (*PEOPLE, "stranger"):
            if person in ALLOWED[where].get(verb, set()):
                continue
            with pytest.raises(Refused):
                perform(scene, verb, duty, scene.actor(person), {"support"})
    duty.refresh_from_db()
    assert duty.version == version
    assert_history_is_the_row(item)


@pytest.mark.parametrize("where", BRING)
def test_buttons_are_exactly_what_the_door_would_let_through(
    scene: Scene, where: str
) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    BRING[where](scene, item)
    duty = duty_in(item, scene)
    for person in (*PEOPLE, "stranger"):
        shown = {verb.value for verb in verbs_for(scene.actor(person), duty)}
        allowed = {verb for verb, who in ALLOWED[where].items() if person in who}
        # conclude is shown while signatures are missing: the form says which.
        assert shown - {"conclude"} == allowed


def test_a_reviewer_cannot_be_who_submitted(scene: Scene) -> None:
    from orgs.actions.appoint import appoint
    from orgs.posts import Post

    appoint(
        person=scene.people["support"],
        post=Post.OFFICE,
        unit=scene.units["无废办"],
        programme=scene.programme,
        by={"system": "test"},
    )
    item = stage.issued_list(scene, rows=1).items.get()
    duty = stage.reviewing(scene, item)
    with pytest.raises(NotAllowed, match="回避"):
        accept(
            duty=duty,
            version=duty.version,
            by=scene.actor("support"),
            now=timezone.now(),
        )


def test_steps_back_need_a_reason(scene: Scene) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    review = stage.reviewing(scene, item)
    with pytest.raises(NotPossible, match="理由"):
        return_for_rework(
            duty=review,
            version=review.version,
            by=scene.actor("office"),
            now=timezone.now(),
            reason="  ",
        )
    accept(
        duty=review,
        version=review.version,
        by=scene.actor("office"),
        now=timezone.now(),
    )
    signing = stage.open_duty(item, Node.SIGN_OFF)
    with pytest.raises(NotPossible, match="理由"):
        decline(
            duty=signing,
            version=signing.version,
            by=scene.actor("leader"),
            now=timezone.now(),
            reason="",
        )


def test_a_right_withdrawn_counts_at_the_next_act(scene: Scene) -> None:
    from orgs.actions.appoint import dismiss
    from orgs.models import PostGroup
    from orgs.posts import Post

    item = stage.issued_list(scene, rows=1).items.get()
    duty = stage.claimed(scene, stage.open_duty(item, Node.DISPATCH), "lead")
    before = scene.actor("lead")
    group = PostGroup.objects.get(unit=scene.units["市生态环境局"], post=Post.OFFICER)
    dismiss(person=scene.people["lead"], post_group=group, by={"system": "test"})
    with pytest.raises(NotAllowed):
        release(duty=duty, version=duty.version, by=before, now=timezone.now())


def test_somebody_who_left_can_do_nothing(scene: Scene) -> None:
    item = stage.issued_list(scene, rows=1).items.get()
    before = scene.actor("lead")
    scene.people["lead"].is_active = False
    scene.people["lead"].save()
    duty = stage.open_duty(item, Node.DISPATCH)
    with pytest.raises(NotAllowed):
        perform(scene, "claim", duty, before, set())
    assert scene.actor("lead").memberships == ()
