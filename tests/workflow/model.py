"""A plain model of a row's life, written from the rules, without a database."""

from dataclasses import dataclass, field

UNITS = ("lead", "support", "support2", "implementer")
SUPPORTS = ("support", "support2")


@dataclass
class PlainDuty:
    """One duty as the rules have it."""

    node: str
    unit: str
    state: str = "offered"
    holder: str | None = None
    reported: bool = False
    barred: frozenset[str] = frozenset()


@dataclass
class PlainRow:
    """One row as the rules have it: stage, open duties, who did what."""

    stage: str = "dispatching"
    duties: list[PlainDuty] = field(default_factory=list)
    workers: set[str] = field(default_factory=set)
    reviewers: set[str] = field(default_factory=set)
    signed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.duties = [PlainDuty("dispatch", "lead")]

    def open(self, node: str, unit: str | None = None) -> PlainDuty | None:
        """Return the open duty at a node."""
        for duty in self.duties:
            if duty.node == node and unit in (None, duty.unit):
                return duty
        return None

    def allows(self, verb: str, duty: PlainDuty, person: str, unit: str) -> bool:
        """Return whether the rules let a person of a unit do the verb now."""
        if verb == "countersign":
            return (
                duty.node == "conclude"
                and duty.state == "claimed"
                and unit in SUPPORTS
                and duty.reported
                and unit not in self.signed
            )
        if unit != duty.unit or person in duty.barred:
            return False
        if duty.node not in NODES[verb]:
            return False
        if verb == "claim":
            return duty.state == "offered"
        mine = duty.state == "claimed" and duty.holder == person
        if verb in DECISIONS:
            return duty.state == "offered" or mine
        if not mine:
            return False
        if verb in ("submit", "conclude") and not duty.reported:
            return False
        return verb != "conclude" or set(SUPPORTS) <= self.signed

    def do(
        self, verb: str, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        """Do the verb as the rules say."""
        getattr(self, f"do_{verb}")(duty, person, unit, back)

    def do_claim(self, duty: PlainDuty, person: str, unit: str, back: set[str]) -> None:
        duty.state, duty.holder = "claimed", person

    def do_release(
        self, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        duty.state, duty.holder = "offered", None

    def do_report(
        self, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        duty.reported = True
        if duty.node == "conclude":
            self.signed = set()

    def do_countersign(
        self, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        self.signed.add(unit)
        self.workers.add(person)

    def do_dispatch(
        self, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        self.workers.add(person)
        self.send_out(set(UNITS))

    def send_out(self, units: set[str]) -> None:
        """Open work for the units."""
        self.stage = "working"
        self.duties = [PlainDuty("carry_out", unit) for unit in UNITS if unit in units]

    def do_submit(
        self, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        self.workers.add(person)
        self.duties.remove(duty)
        if not self.duties:
            self.to_conclude()

    def to_conclude(self) -> None:
        """Let the lead write the result."""
        self.stage, self.signed = "concluding", set()
        self.duties = [PlainDuty("conclude", "lead")]

    def do_conclude(
        self, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        self.workers.add(person)
        self.to_review()

    def to_review(self) -> None:
        """Let the office look."""
        self.stage = "reviewing"
        self.duties = [PlainDuty("review", "office", barred=frozenset(self.workers))]

    def do_accept(
        self, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        self.reviewers.add(person)
        self.stage = "signing"
        barred = frozenset(self.workers | self.reviewers)
        self.duties = [PlainDuty("sign_off", "leader", barred=barred)]

    def do_return(
        self, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        self.reviewers.add(person)
        if back:
            self.send_out(back)
        else:
            self.to_conclude()

    def do_sign_off(
        self, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        self.stage, self.duties = "closed", []

    def do_decline(
        self, duty: PlainDuty, person: str, unit: str, back: set[str]
    ) -> None:
        self.to_review()


ALL = {"dispatch", "carry_out", "conclude", "review", "sign_off"}
NODES = {
    "claim": ALL,
    "release": ALL,
    "dispatch": {"dispatch"},
    "report": {"carry_out", "conclude"},
    "submit": {"carry_out"},
    "countersign": {"conclude"},
    "conclude": {"conclude"},
    "accept": {"review"},
    "return": {"review"},
    "sign_off": {"sign_off"},
    "decline": {"sign_off"},
}
DECISIONS = {"accept", "return", "sign_off", "decline"}
