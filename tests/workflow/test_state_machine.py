"""Any sequence of verbs by anybody, against a plain model; from anywhere it can end."""

import random
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from orgs.actors import Actor
from tests.workflow.history import assert_history_is_the_row
from tests.workflow.model import UNITS, PlainDuty, PlainRow
from tests.workflow.web import scene as stage
from tests.workflow.web.scene import Scene
from workflow.actions.claim import claim
from workflow.actions.conclude import conclude
from workflow.actions.countersign import countersign
from workflow.actions.dispatch import dispatch
from workflow.actions.release import release
from workflow.actions.report import Written, report
from workflow.actions.review import accept, return_for_rework
from workflow.actions.sign import decline, sign_off
from workflow.actions.submit import submit
from workflow.models import Duty, TaskItem
from workflow.refusals import Refused
from workflow.states import OPEN_STATES

PEOPLE = {
    "lead": "lead",
    "lead2": "lead",
    "support": "support",
    "support2": "support2",
    "implementer": "implementer",
    "office": "office",
    "office2": "office",
    "leader": "leader",
    "observer": "none",
    "outsider": "none",
    "administrator": "none",
}
UNIT_NAMES = {
    "lead": "市生态环境局",
    "support": "市城市管理局",
    "support2": "市商务委",
    "implementer": "渝中区政府",
    "office": "无废办",
    "leader": "领导小组",
}
VERBS = ("claim", "release", "dispatch", "report", "submit", "countersign")
VERBS += ("conclude", "accept", "return", "sign_off", "decline")


def perform(scene: Scene, verb: str, duty: Duty, by: Actor, back: set[str]) -> None:
    """Do a verb through its real action."""
    given: dict[str, Any] = {
        "duty": duty,
        "version": duty.version,
        "by": by,
        "now": timezone.now(),
    }
    units = [scene.units[UNIT_NAMES[unit]].pk for unit in back]
    actions = {
        "claim": lambda: claim(**given),
        "release": lambda: release(**given),
        "dispatch": lambda: dispatch(**given),
        "report": lambda: report(**given, written=Written("进展", 50)),
        "submit": lambda: submit(**given),
        "countersign": lambda: countersign(**given),
        "conclude": lambda: conclude(**given),
        "accept": lambda: accept(**given),
        "return": lambda: return_for_rework(**given, reason="补充", units=units),
        "sign_off": lambda: sign_off(**given),
        "decline": lambda: decline(**given, reason="再核"),
    }
    actions[verb]()


class Life(RuleBasedStateMachine):
    """A row in a real database beside the plain model."""

    @initialize()
    def begin(self) -> None:
        self.scene = Life.shared_scene
        task_list = stage.issued_list(self.scene, rows=1)
        self.item: TaskItem = task_list.items.get()
        self.plain = PlainRow()

    def real(self, duty: PlainDuty) -> Duty:
        unit = self.scene.units[UNIT_NAMES[duty.unit]]
        return Duty.objects.get(
            item=self.item, node=duty.node, unit=unit, state__in=OPEN_STATES
        )

    @rule(
        verb=st.sampled_from(VERBS),
        person=st.sampled_from(sorted(PEOPLE)),
        place=st.integers(0, 3),
        back=st.sets(st.sampled_from(UNITS), max_size=3),
    )
    def anybody_does_anything(
        self, verb: str, person: str, place: int, back: set[str]
    ) -> None:
        if not self.plain.duties:
            return
        plain = self.plain.duties[place % len(self.plain.duties)]
        self.attempt(verb, plain, person, back)

    @rule(
        verb=st.sampled_from(VERBS),
        place=st.integers(0, 3),
        back=st.sets(st.sampled_from(UNITS), max_size=2),
    )
    def the_holder_does_anything(self, verb: str, place: int, back: set[str]) -> None:
        if self.plain.duties:
            plain = self.plain.duties[place % len(self.plain.duties)]
            self.attempt(verb, plain, plain.holder or plain.unit, back)

    @rule(place=st.integers(0, 3), back=st.sets(st.sampled_from(UNITS), max_size=2))
    def somebody_does_what_is_next(self, place: int, back: set[str]) -> None:
        if self.plain.duties:
            self.go_on(self.plain.duties[place % len(self.plain.duties)], back)

    def attempt(self, verb: str, plain: PlainDuty, person: str, back: set[str]) -> None:
        """Do it in both; they must agree on whether it may be done."""
        allowed = self.plain.allows(verb, plain, person, PEOPLE[person])
        duty, by = self.real(plain), self.scene.actor(person)
        try:
            perform(self.scene, verb, duty, by, back)
        except Refused:
            assert not allowed, f"{verb} by {person} at {plain} should be allowed"
        else:
            assert allowed, f"{verb} by {person} at {plain} should be refused"
            self.plain.do(verb, plain, person, PEOPLE[person], back)

    def go_on(self, plain: PlainDuty, back: set[str]) -> None:
        """Do the next verb that brings the row forward (or back, with ``back``)."""
        verb, person = self.next_step(plain, bool(back))
        self.attempt(verb, plain, person, back)

    def next_step(self, plain: PlainDuty, again: bool) -> tuple[str, str]:
        """Return a verb and somebody who may do it, as the rules have it."""
        worker = plain.holder or ("office" if plain.unit == "office" else plain.unit)
        if plain.unit in ("office", "leader"):
            decided = {"review": "accept", "sign_off": "sign_off"}[plain.node]
            if again and plain.unit == "office":
                decided = "return"
            return decided, worker
        if plain.state == "offered":
            return "claim", worker
        if plain.node == "dispatch":
            return "dispatch", worker
        if not plain.reported:
            return "report", worker
        if plain.node == "carry_out":
            return "submit", worker
        unsigned = {"support", "support2"} - self.plain.signed
        if unsigned:
            return "countersign", min(unsigned)
        return "conclude", worker

    @invariant()
    def the_row_is_what_the_model_says(self) -> None:
        if not hasattr(self, "item"):
            return
        assert_history_is_the_row(self.item)
        assert self.item.stage == self.plain.stage
        real = Duty.objects.filter(item=self.item, state__in=OPEN_STATES)
        found = sorted(
            (
                duty.node,
                duty.unit.name,
                duty.state,
                duty.holder and duty.holder.username,
            )
            for duty in real.select_related("unit", "holder")
        )
        wanted = sorted(
            (duty.node, UNIT_NAMES[duty.unit], duty.state, duty.holder)
            for duty in self.plain.duties
        )
        assert found == wanted

    def teardown(self) -> None:
        """From wherever it got to, the row can still be closed."""
        if not hasattr(self, "item"):
            return
        for _ in range(60):
            if self.plain.stage == "closed":
                break
            self.go_on(self.plain.duties[0], set())
        assert self.plain.stage == "closed"
        assert_history_is_the_row(self.item)


Life.shared_scene = None  # type: ignore[attr-defined]


def run(scene: Scene, examples: int, steps: int, **more: Any) -> None:
    Life.shared_scene = scene  # type: ignore[attr-defined]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


@pytest.fixture
def scene(db: None) -> Scene:
    return stage.scene()


def test_any_life_agrees_with_the_plain_model(scene: Scene) -> None:
    run(scene, examples=8, steps=30)


@pytest.mark.deep
def test_many_lives_agree_with_the_plain_model(scene: Scene) -> None:
    run(scene, examples=80, steps=60)


def walk(scene: Scene, seed: int, steps: int) -> None:
    """Let holders do anything, in an order that depends on ``seed`` alone."""
    chance = random.Random(seed)
    Life.shared_scene = scene  # type: ignore[attr-defined]
    life = Life()  # type: ignore[no-untyped-call]
    life.begin()
    for _ in range(steps):
        if not life.plain.duties:
            return
        plain = chance.choice(life.plain.duties)
        if chance.random() < 0.5:
            life.go_on(plain, set())
        else:
            verb = chance.choice(VERBS)
            life.attempt(verb, plain, plain.holder or plain.unit, set())


@pytest.mark.parametrize("seed", range(3))
def test_a_walk_of_holders_agrees_with_the_plain_model(scene: Scene, seed: int) -> None:
    walk(scene, seed, steps=60)


def test_the_harness_catches_a_planted_bug(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflow.actions.submit.reported", lambda passage: {})
    with pytest.raises(AssertionError, match="should be refused"):
        walk_until_caught(scene)


def walk_until_caught(scene: Scene) -> None:
    """Walk with one seed after the other; a bug ends the first walk that meets it."""
    for seed in range(20):
        walk(scene, seed, steps=60)
