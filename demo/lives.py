"""Rows brought to every stage by the verbs themselves, with times of past weeks.

A life is a generator: it yields the moment of its next act and acts when it is
resumed. ``play`` resumes whichever comes first, so the journal and everybody's news
are written in the order in which things happen.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from django.db.models import Count, Q
from django.utils import timezone

from demo.pace import later
from demo.words import concluding_report, working_report
from orgs.actors import Actor, actor_of
from orgs.models import Person
from orgs.posts import Post
from workflow.actions.claim import claim
from workflow.actions.conclude import conclude
from workflow.actions.countersign import countersign
from workflow.actions.dispatch import dispatch
from workflow.actions.report import Written, report
from workflow.actions.review import accept, return_for_rework
from workflow.actions.sign import decline, sign_off
from workflow.actions.submit import submit
from workflow.lights import planned_percent
from workflow.models import Duty, TaskItem, TaskList
from workflow.states import OPEN_STATES, Node, Role

MOST_PARTS = 5
# The last life begins this long before the end, time enough for the short one it is.
LAST = timedelta(days=5)
ALL = 100

Acts = Iterator[datetime]
Taken = Generator[datetime, None, tuple[Duty, Actor]]


@dataclass(slots=True)
class Life:
    """One row on its way; ``now`` moves on with every act and never past ``end``."""

    item: TaskItem
    now: datetime
    end: datetime
    acts: int = 0

    def next(self) -> datetime:
        """Move on to the moment of the next act and return it."""
        self.acts += 1
        minute = (self.item.position * 7 + self.acts * 13) % 60
        self.now = min(later(self.now, minute=minute), self.end)
        return self.now

    def duties(self, node: Node) -> list[Duty]:
        """Return the open duties at a place of the route."""
        return list(
            Duty.objects.filter(
                item=self.item, node=node, state__in=OPEN_STATES
            ).select_related("item__programme", "unit")
        )

    def claimed(self, duty: Duty) -> Taken:
        """Let the unit's officer claim the duty."""
        by = holder_of(duty)
        yield self.next()
        return claim(duty=duty, version=duty.version, by=by, now=self.now), by

    def dispatch(self) -> Acts:
        """The lead takes the row and sends it out as printed."""
        duty, by = yield from self.claimed(self.duties(Node.DISPATCH)[0])
        yield self.next()
        dispatch(duty=duty, version=duty.version, by=by, now=self.now)

    def work(self, *, leave: int = 0, lead_percent: int = 90) -> Acts:
        """All units but the last ``leave`` report and submit; those only report."""
        duties = self.duties(Node.CARRY_OUT)
        for turn, opened in enumerate(duties):
            duty, by = yield from self.claimed(opened)
            unfinished = turn >= len(duties) - leave
            percent = lead_percent if turn == 0 else 55 if unfinished else 100
            yield from self.report(
                duty, by, working_report(self.item, turn, percent=percent)
            )
            if not unfinished:
                yield self.next()
                submit(duty=duty, version=duty.version, by=by, now=self.now)

    def report(self, duty: Duty, by: Actor, written: Written) -> Acts:
        """The holder reports; the duty is then as it stands after it."""
        yield self.next()
        report(duty=duty, version=duty.version, by=by, now=self.now, written=written)
        duty.refresh_from_db()

    def write_conclusion(self) -> Taken:
        """The lead writes the result, open for signatures."""
        duty, by = yield from self.claimed(self.duties(Node.CONCLUDE)[0])
        yield from self.report(duty, by, concluding_report(self.item))
        return duty, by

    def conclude(self, *, override: str = "") -> Acts:
        """The supports sign, or are passed over with a reason; the lead concludes."""
        duty, by = yield from self.write_conclusion()
        for signer in [] if override else supporters_of(self.item):
            yield self.next()
            countersign(
                duty=duty,
                version=duty.version,
                by=signer,
                now=self.now,
                opinion="同意。",
            )
        yield self.next()
        conclude(
            duty=duty,
            version=duty.version,
            by=by,
            now=self.now,
            override_reason=override,
        )

    def accept(self) -> Acts:
        """The office accepts."""
        yield self.next()
        duty = self.duties(Node.REVIEW)[0]
        accept(
            duty=duty,
            version=duty.version,
            by=holder_of(duty),
            now=self.now,
            opinion="材料齐全，同意办结。",
        )

    def send_back_one(self) -> Acts:
        """The office sends one unit back to work."""
        yield self.next()
        duty = self.duties(Node.REVIEW)[0]
        part = self.item.parts.filter(open=True, unit__isnull=False).last()
        assert part
        return_for_rework(
            duty=duty,
            version=duty.version,
            by=holder_of(duty),
            now=self.now,
            reason="佐证材料不足，请补充现场照片和台账后重新提交。",
            units=[part.answering_unit_id],
        )

    def sign_off(self) -> Acts:
        """Leadership strikes the row off."""
        yield self.next()
        duty = self.duties(Node.SIGN_OFF)[0]
        sign_off(
            duty=duty,
            version=duty.version,
            by=holder_of(duty),
            now=self.now,
            opinion="同意销号。",
        )

    def decline(self) -> Acts:
        """Leadership does not yet agree."""
        yield self.next()
        duty = self.duties(Node.SIGN_OFF)[0]
        decline(
            duty=duty,
            version=duty.version,
            by=holder_of(duty),
            now=self.now,
            reason="请补充第三方核查结论后再报。",
        )

    def lagging_percent(self) -> int:
        """Return a progress some points behind plan on the day the demo is looked at."""
        due, issued = self.item.due_date, self.item.issued_on
        if due is None or issued is None:
            return 20
        return max(planned_percent(due, issued, timezone.localdate(self.end)) - 15, 1)


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


def claimed_only(life: Life) -> Acts:
    """Claimed by the lead, not sent out yet."""
    yield from life.claimed(life.duties(Node.DISPATCH)[0])


def sent_out(life: Life) -> Acts:
    """With the units, nobody has begun."""
    yield from life.dispatch()


def under_way(life: Life) -> Acts:
    """Some units are done, one still works."""
    yield from life.dispatch()
    yield from life.work(leave=1)


def behind(life: Life) -> Acts:
    """Everybody works, and the lead is behind plan."""
    yield from life.dispatch()
    yield from life.work(leave=ALL, lead_percent=life.lagging_percent())


def to_be_concluded(life: Life) -> Acts:
    """All units are done; the lead's turn."""
    yield from life.dispatch()
    yield from life.work()


def to_be_signed_by_supports(life: Life) -> Acts:
    """The lead has written the result and waits for signatures."""
    yield from to_be_concluded(life)
    yield from life.write_conclusion()


def under_review(life: Life) -> Acts:
    """The office's turn."""
    yield from to_be_concluded(life)
    yield from life.conclude()


def sent_back(life: Life) -> Acts:
    """One unit has to do it again."""
    yield from under_review(life)
    yield from life.send_back_one()


def rejoined(life: Life) -> Acts:
    """Sent back, done again, under review again."""
    yield from sent_back(life)
    yield from life.work()
    yield from life.conclude(
        override="退回的仅为一家单位，其余配合单位已会签首轮办结报告。"
    )


def before_leadership(life: Life) -> Acts:
    """Accepted; leadership's turn."""
    yield from under_review(life)
    yield from life.accept()


def declined(life: Life) -> Acts:
    """Leadership sent it back to the office."""
    yield from before_leadership(life)
    yield from life.decline()


def closed(life: Life) -> Acts:
    """Struck off the ledger."""
    yield from before_leadership(life)
    yield from life.sign_off()


# Told of the first rows with few parts, one after the other. In the city's list the
# rows of the later ones have supports to sign or to be passed over.
STORIES: tuple[Callable[[Life], Acts], ...] = (
    *(closed, under_way, before_leadership, under_review, closed),
    *(sent_back, to_be_concluded, claimed_only, behind, before_leadership),
    *(under_review, rejoined, declined, under_way, closed, to_be_signed_by_supports),
    *(behind, closed, claimed_only, under_way, before_leadership, sent_out),
)


def lives_of(task_list: TaskList, *, start: datetime, end: datetime) -> list[Acts]:
    """Return the stories of an issued list, each on a row, begun one after the other."""
    known = Count("parts", filter=Q(parts__unit__isnull=False))
    rows = task_list.items.select_related("programme").annotate(known=known)
    few = rows.filter(known__lte=MOST_PARTS, known__gte=2).order_by("position")
    apart = (end - start - LAST) / len(STORIES)
    return [
        story(Life(item, start + told * apart, end))
        for told, (item, story) in enumerate(zip(few, STORIES, strict=False))
    ]


def play(lives: Iterable[Acts]) -> None:
    """Let all lives act, whichever comes first."""
    waiting = [
        (moment, turn, life)
        for turn, life in enumerate(lives)
        if (moment := next(life, None))
    ]
    heapify(waiting)
    while waiting:
        _moment, turn, life = heappop(waiting)
        if moment := next(life, None):
            heappush(waiting, (moment, turn, life))
