"""Rows brought to every stage by the verbs themselves, with times of past weeks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from demo.words import concluding_report, working_report
from orgs.actors import Actor, actor_of
from orgs.models import Person
from orgs.posts import Post
from workflow.actions.claim import claim
from workflow.actions.conclude import conclude
from workflow.actions.countersign import countersign
from workflow.actions.dispatch import dispatch
from workflow.actions.report import report
from workflow.actions.review import accept, return_for_rework
from workflow.actions.sign import decline, sign_off
from workflow.actions.submit import submit
from workflow.models import Duty, TaskItem, TaskList
from workflow.states import OPEN_STATES, Node, Role

STEP = timedelta(hours=5)
MOST_PARTS = 5


@dataclass(slots=True)
class Life:
    """One row on its way; ``now`` moves on with every act and never past ``end``."""

    item: TaskItem
    now: datetime
    end: datetime

    def tick(self) -> datetime:
        """Return the moment of the next act."""
        self.now = min(self.now + STEP, self.end)
        return self.now

    def duties(self, node: Node) -> list[Duty]:
        """Return the open duties at a place of the route."""
        return list(
            Duty.objects.filter(
                item=self.item, node=node, state__in=OPEN_STATES
            ).select_related("item__programme", "unit")
        )

    def claimed(self, duty: Duty) -> tuple[Duty, Actor]:
        """Let the unit's officer claim the duty."""
        by = holder_of(duty)
        now = self.tick()
        return claim(duty=duty, version=duty.version, by=by, now=now), by

    def dispatch(self) -> None:
        """The lead takes the row and sends it out as printed."""
        duty, by = self.claimed(self.duties(Node.DISPATCH)[0])
        dispatch(duty=duty, version=duty.version, by=by, now=self.tick())

    def work(self, *, leave: int = 0) -> None:
        """All units but the last ``leave`` report and submit; those only report."""
        duties = self.duties(Node.CARRY_OUT)
        for turn, opened in enumerate(duties):
            duty, by = self.claimed(opened)
            unfinished = turn >= len(duties) - leave
            written = working_report(self.item, turn, percent=55 if unfinished else 100)
            self.report_and(duty, by, written, None if unfinished else submit)

    def report_and(
        self,
        duty: Duty,
        by: Actor,
        written: object,
        then: Callable[..., Duty] | None,
    ) -> None:
        """Report on a duty, then end it."""
        report(
            duty=duty,
            version=duty.version,
            by=by,
            now=self.tick(),
            written=written,  # type: ignore[arg-type]
        )
        duty.refresh_from_db()
        if then:
            then(duty=duty, version=duty.version, by=by, now=self.tick())

    def write_conclusion(self) -> tuple[Duty, Actor]:
        """The lead writes the result, open for signatures."""
        duty, by = self.claimed(self.duties(Node.CONCLUDE)[0])
        self.report_and(duty, by, concluding_report(self.item), None)
        return duty, by

    def conclude(self, *, override: str = "") -> None:
        """The supports sign, or are passed over with a reason; the lead concludes."""
        duty, by = self.write_conclusion()
        if not override:
            for signer in supporters_of(self.item):
                countersign(
                    duty=duty,
                    version=duty.version,
                    by=signer,
                    now=self.tick(),
                    opinion="同意。",
                )
        conclude(
            duty=duty,
            version=duty.version,
            by=by,
            now=self.tick(),
            override_reason=override,
        )

    def accept(self) -> None:
        """The office accepts."""
        duty = self.duties(Node.REVIEW)[0]
        opinion = "材料齐全，同意办结。"
        accept(
            duty=duty,
            version=duty.version,
            by=holder_of(duty),
            now=self.tick(),
            opinion=opinion,
        )

    def send_back_one(self) -> None:
        """The office sends one unit back to work."""
        duty = self.duties(Node.REVIEW)[0]
        part = self.item.parts.filter(open=True, unit__isnull=False).last()
        assert part
        return_for_rework(
            duty=duty,
            version=duty.version,
            by=holder_of(duty),
            now=self.tick(),
            reason="佐证材料不足，请补充现场照片和台账后重新提交。",
            units=[part.answering_unit_id],
        )

    def sign_off(self) -> None:
        """Leadership strikes the row off."""
        duty = self.duties(Node.SIGN_OFF)[0]
        sign_off(
            duty=duty,
            version=duty.version,
            by=holder_of(duty),
            now=self.tick(),
            opinion="同意销号。",
        )

    def decline(self) -> None:
        """Leadership does not yet agree."""
        duty = self.duties(Node.SIGN_OFF)[0]
        decline(
            duty=duty,
            version=duty.version,
            by=holder_of(duty),
            now=self.tick(),
            reason="请补充第三方核查结论后再报。",
        )


def holder_of(duty: Duty) -> Actor:
    """Return the demo person who acts for the duty's unit at its place."""
    posts = {Node.REVIEW: Post.OFFICE, Node.SIGN_OFF: Post.LEADER}
    post = posts.get(Node(duty.node), Post.OFFICER)
    return officer_of(duty.unit_id, duty.item.programme_id, post)


def officer_of(unit_id: int, programme_id: int, post: Post = Post.OFFICER) -> Actor:
    """Return the first person in a post of a unit."""
    person = Person.objects.filter(
        groups__post_group__unit=unit_id,
        groups__post_group__programme=programme_id,
        groups__post_group__post=post,
    ).earliest("pk")
    return actor_of(person)


def supporters_of(item: TaskItem) -> list[Actor]:
    """Return an officer of each supporting unit."""
    parts = item.parts.filter(role=Role.SUPPORT, open=True, unit__isnull=False)
    lead = item.parts.filter(role=Role.LEAD).values("unit")
    return [
        officer_of(unit, item.programme_id)
        for unit in parts.exclude(unit__in=lead).values_list("unit", flat=True)
        if unit
    ]


def claimed_only(life: Life) -> None:
    """Claimed by the lead, not sent out yet."""
    life.claimed(life.duties(Node.DISPATCH)[0])


def sent_out(life: Life) -> None:
    """With the units, nobody has begun."""
    life.dispatch()


def under_way(life: Life) -> None:
    """Some units are done, one still works."""
    life.dispatch()
    life.work(leave=1)


def to_be_concluded(life: Life) -> None:
    """All units are done; the lead's turn."""
    life.dispatch()
    life.work()


def to_be_signed_by_supports(life: Life) -> None:
    """The lead has written the result and waits for signatures."""
    to_be_concluded(life)
    life.write_conclusion()


def under_review(life: Life) -> None:
    """The office's turn."""
    to_be_concluded(life)
    life.conclude()


def sent_back(life: Life) -> None:
    """One unit has to do it again."""
    under_review(life)
    life.send_back_one()


def rejoined(life: Life) -> None:
    """Sent back, done again, under review again."""
    sent_back(life)
    life.work()
    life.conclude(override="退回的仅为一家单位，其余配合单位已会签首轮办结报告。")


def before_leadership(life: Life) -> None:
    """Accepted; leadership's turn."""
    under_review(life)
    life.accept()


def declined(life: Life) -> None:
    """Leadership sent it back to the office."""
    before_leadership(life)
    life.decline()


def closed(life: Life) -> None:
    """Struck off the ledger."""
    before_leadership(life)
    life.sign_off()


# Told of the first rows with few parts, one after the other.
STORIES: tuple[Callable[[Life], None], ...] = (
    *(closed, under_way, before_leadership, under_review, closed),
    *(sent_back, to_be_signed_by_supports, claimed_only, sent_out, before_leadership),
    *(rejoined, to_be_concluded, declined, under_way, closed, under_review),
    *(sent_out, closed, claimed_only, under_way, before_leadership, sent_out),
)


def live(task_list: TaskList, *, start: datetime, end: datetime) -> int:
    """Tell the stories on the rows of an issued list; return how many were told."""
    known = Count("parts", filter=Q(parts__unit__isnull=False))
    rows = task_list.items.select_related("programme").annotate(known=known)
    few = rows.filter(known__lte=MOST_PARTS, known__gte=2).order_by("position")
    told = 0
    for item, story in zip(few, STORIES, strict=False):
        story(Life(item, start + timedelta(hours=told * 3), end))
        told += 1
    return told
