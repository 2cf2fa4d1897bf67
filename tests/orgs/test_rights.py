"""What a person stands for, from guardian's grants, at this very moment."""

import pytest
from guardian.shortcuts import remove_perm

from journal.models import Event
from orgs.actions.appoint import appoint, dismiss
from orgs.actors import actor_of, fresh
from orgs.models import PostGroup
from orgs.posts import RIGHTS, Post, Right
from tests.workflow.web.scene import CAST, Scene, person
from tests.workflow.web.scene import scene as make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def group_of(scene: Scene, login: str) -> PostGroup:
    unit, post = CAST[login]
    return PostGroup.objects.get(unit=scene.units[unit], post=post)


@pytest.mark.parametrize("login", CAST)
def test_a_post_carries_its_rights_on_its_unit(scene: Scene, login: str) -> None:
    unit, post = CAST[login]
    (held,) = scene.actor(login).memberships
    assert (held.post, held.unit_name, held.unit_id) == (
        *(post, unit, scene.units[unit].pk),
    )
    assert held.rights == frozenset(RIGHTS[post])
    assert held.programme_id == scene.programme.pk
    assert held.unit_path == scene.units[unit].path


def test_the_grants_are_guardians_own(scene: Scene) -> None:
    unit = scene.units["市生态环境局"]
    lead, observer = scene.people["lead"], scene.people["observer"]
    assert lead.has_perm("orgs.work_for_unit", unit)
    assert not lead.has_perm("orgs.work_for_unit", scene.units["市商务委"])
    assert not lead.has_perm("orgs.sign_off", unit)
    assert observer.has_perm("orgs.observe", unit)
    assert not observer.has_perm("orgs.work_for_unit", unit)


@pytest.mark.parametrize("login", ["stranger", "administrator"])
def test_who_holds_no_post_stands_for_nothing(scene: Scene, login: str) -> None:
    assert scene.actor(login).memberships == ()


def test_a_dismissal_counts_for_an_actor_loaded_before(scene: Scene) -> None:
    before = scene.actor("lead")
    dismiss(person=scene.people["lead"], post_group=group_of(scene, "lead"), by={})
    assert before.memberships
    assert fresh(before).memberships == ()
    (event,) = Event.objects.filter(kind="person.dismissed")
    assert event.data["post"] == "officer"


def test_a_right_taken_from_the_post_is_gone_for_its_people(scene: Scene) -> None:
    group, unit = group_of(scene, "lead").group, scene.units["市生态环境局"]
    remove_perm(Right.WORK.value, group, unit)
    (held,) = scene.actor("lead").memberships
    assert held.rights == {Right.DISPATCH, Right.OBSERVE}
    assert Right.WORK in scene.actor("lead2").memberships[0].rights


def test_somebody_who_left_stands_for_nothing(scene: Scene) -> None:
    before = scene.actor("lead")
    scene.people["lead"].is_active = False
    scene.people["lead"].save()
    assert actor_of(scene.people["lead"]).memberships == ()
    assert fresh(before).memberships == ()


def test_two_posts_are_two_memberships(scene: Scene) -> None:
    appoint(
        person=scene.people["lead"],
        post=Post.OBSERVER,
        unit=scene.units["市商务委"],
        programme=scene.programme,
        by={"system": "test"},
    )
    held = scene.actor("lead")
    assert held.unit_ids(Right.WORK) == {scene.units["市生态环境局"].pk}
    assert held.unit_ids(Right.OBSERVE) == {
        *(scene.units["市生态环境局"].pk, scene.units["市商务委"].pk),
    }


def test_an_appointment_made_twice_is_one(scene: Scene) -> None:
    newcomer = person("newcomer")
    for _ in range(2):
        appoint(
            person=newcomer,
            post=Post.OFFICER,
            unit=scene.units["市教委"],
            programme=scene.programme,
            by={"name": "管理员"},
        )
    assert len(actor_of(newcomer).memberships) == 1
    (event,) = Event.objects.filter(subject=f"person:{newcomer.pk}")
    assert (event.kind, event.actor) == ("person.appointed", {"name": "管理员"})
    assert newcomer.groups.get().post_group == group_of(scene, "outsider")
