"""One passage through the door: what it carries from the page to the flow and back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from journal.record import Happening
from orgs.actors import Actor, Membership
from workflow import events
from workflow.models import Duty, Participation, TaskItem
from workflow.verbs import Rule


@dataclass(slots=True)
class Passage:
    """An act under way, inside its transaction and under the lock of its row.

    ``targets`` are the parts the flow shall open work for, set by the verbs that
    fan out. ``standing`` is the membership by which the actor acts.
    """

    duty: Duty
    item: TaskItem
    rule: Rule
    actor: Actor
    standing: Membership | None
    now: datetime
    reason: str = ""
    targets: list[Participation] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    row_changed: bool = False

    def tell(self, *happenings: Happening) -> None:
        """Keep what happened for the journal; written last, in this transaction."""
        self.happenings.extend(happenings)

    def move(self, transition: str) -> None:
        """Take the row to another stage by its FSM, and tell of it."""
        self.row_changed = True
        source = self.item.stage
        getattr(self.item, transition)()
        self.tell(
            events.item_moved(self.item.pk, source=source, target=self.item.stage)
        )

    def opened(self, duties: Iterable[Duty]) -> None:
        """Tell that ``duties`` were laid on their units."""
        self.tell(*(told_open(duty) for duty in duties))


def told_open(duty: Duty, *, quiet: bool = False) -> Happening:
    """Return the event of a newly laid duty; ``quiet`` when a digest will tell of it."""
    return events.duty_opened(
        duty.item_id,
        duty=duty.pk,
        unit=duty.unit_id,
        node=duty.node,
        part=duty.part_id,
        round=duty.round,
        quiet=quiet,
    )
