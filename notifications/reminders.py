"""Deadline reminders, swept from the dates: each kind once, the latest kind only."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journal.record import Happening, record
from notifications.inbox import deliver
from notifications.models import Reminder
from notifications.notices import Notice, about
from orgs.models import UnitGroupObjectPermission
from orgs.posts import Right
from workflow.models import Duty, Participation, TaskItem
from workflow.states import OPEN_STATES, Node, Precision, Role, Stage
from workflow.verbs import RIGHT_AT

DAYS_BEFORE = (30, 15, 7, 3, 1, 0)
HORIZON = timedelta(days=max(DAYS_BEFORE))
OPEN_STAGES = [stage for stage in Stage if stage not in (Stage.DRAFT, Stage.CLOSED)]

# (unit, programme, right): whose people are to be reminded
Post = tuple[int, int, str]


def kind_of(due: date, today: date) -> str | None:
    """Return the kind of reminder that stands on ``today``, or None before the first.

    The latest one only: after a pause nothing older is sent. Past due there is one a
    week, beginning the day after.
    """
    left = (due - today).days
    if left < 0:
        return f"late-{(-left - 1) // 7}"
    return next((str(days) for days in reversed(DAYS_BEFORE) if left <= days), None)


def sweep(now: datetime) -> int:
    """Send what is to be sent by ``now``; return how many reminders were new.

    A handful of statements for any number of rows. The unique reminder rows, the
    news and the event are one commit.
    """
    today = timezone.localdate(now)
    rows = due_rows(today)
    items = {item.pk: item for item in rows}
    if not items:
        return 0
    wanted = wanted_reminders(items, rows, today, now)
    with transaction.atomic():
        new = still_due(unsent(wanted, rows))
        if not new:
            return 0
        Reminder.objects.bulk_create(new)
        data = {"count": len(new), "day": today}
        happening = Happening("reminder.fired", "reminders", data)
        deliver(notices_of(new, items, today), now)
        record([happening], at=now, actor={"system": "reminders"})
    return len(new)


def due_rows(today: date) -> QuerySet[TaskItem]:
    """Return the open rows that are due within the horizon or late."""
    rows = TaskItem.objects.filter(stage__in=OPEN_STAGES)
    return rows.filter(due_date__lte=today + HORIZON).order_by("list", "position")


def wanted_reminders(
    items: dict[int, TaskItem], rows: QuerySet[TaskItem], today: date, now: datetime
) -> list[Reminder]:
    """Return a reminder for everybody of the units that hold each row, and its lead."""
    posts = posts_of(items, rows)
    people = people_in({post for mine in posts.values() for post in mine})
    return [
        Reminder(
            item=item,
            person_id=person,
            kind=kind_of(item.due_date, today) or "",
            due_version=item.due_version,
            fired_at=now,
        )
        for item in items.values()
        if item.due_date
        for person in sorted({one for post in posts[item.pk] for one in people[post]})
    ]


def posts_of(
    items: dict[int, TaskItem], rows: QuerySet[TaskItem]
) -> dict[int, set[Post]]:
    """Return whom each row concerns now: holders of open duties, and the lead.

    ``rows`` go into the statements as a subquery: a statement holds only so many ids.
    """
    posts: dict[int, set[Post]] = defaultdict(set)
    within = rows.order_by().values("pk")
    duties = Duty.objects.filter(item__in=within, state__in=OPEN_STATES)
    held = [
        (item, unit, RIGHT_AT[Node(node)].value)
        for item, unit, node in duties.values_list("item", "unit", "node")
    ]
    leads = Participation.objects.filter(
        item__in=within, role=Role.LEAD, open=True, unit__isnull=False
    )
    held += [
        (item, unit or 0, Right.WORK.value)
        for item, unit in leads.values_list("item", "unit")
    ]
    for item, unit, right in held:
        # A row that came to be due since ``items`` were read waits for the next sweep.
        if item in items:
            posts[item].add((unit, items[item].programme_id, right))
    return posts


def people_in(posts: set[Post]) -> dict[Post, set[int]]:
    """Return the active people who hold each right on each unit. One query."""
    held = UnitGroupObjectPermission.objects.filter(
        content_object__in={unit for unit, _programme, _right in posts},
        group__user__is_active=True,
    )
    people: dict[Post, set[int]] = defaultdict(set)
    for unit, programme, right, person in held.values_list(
        "content_object",
        "group__post_group__programme",
        "permission__codename",
        "group__user",
    ):
        people[unit, programme, right].add(person)
    return people


def unsent(wanted: list[Reminder], rows: QuerySet[TaskItem]) -> list[Reminder]:
    """Return those of ``wanted`` that were not sent before. One query."""
    sent = Reminder.objects.filter(
        item__in=rows.order_by().values("pk"), kind__in={one.kind for one in wanted}
    )
    known = set(sent.values_list("item", "person", "kind", "due_version"))
    return [
        one
        for one in wanted
        if one.kind
        and (one.item_id, one.person_id, one.kind, one.due_version) not in known
    ]


def still_due(new: list[Reminder]) -> list[Reminder]:
    """Return those of ``new`` whose row is open and due as it was read, now locked."""
    locked = TaskItem.objects.select_for_update().filter(
        pk__in={one.item_id for one in new}, stage__in=OPEN_STAGES
    )
    stands = dict(locked.order_by("pk").values_list("pk", "due_version"))
    return [one for one in new if stands.get(one.item_id) == one.due_version]


def notices_of(
    new: Iterable[Reminder], items: dict[int, TaskItem], today: date
) -> list[Notice]:
    """Return one notice a person for each kind, list and deadline, however many rows.

    Ninety-four rows of a list that are due on one day are one message, which leads to
    them. Rows printed with a year and rows printed with its last day stay apart: one
    title could not name both as they were printed.
    """
    batches: dict[tuple[int, str, int, str], list[TaskItem]] = defaultdict(list)
    for one in new:
        item = items[one.item_id]
        batches[one.person_id, one.kind, item.list_id, due_words(item)].append(item)
    return [
        notice_of(person, kind, rows, today)
        for (person, kind, _list, _due), rows in batches.items()
    ]


def notice_of(person: int, kind: str, rows: list[TaskItem], today: date) -> Notice:
    """Return the notice of one row, or of many that fall due together."""
    first = rows[0]
    title = title_of(first, today)
    if len(rows) == 1:
        news = about(first, title, urgent=is_urgent(kind))
        text, url = news.text, news.url
    else:
        due = first.due_date
        text = _("共 %(rows)d 项任务，最前一项：%(first)s") % {
            "rows": len(rows),
            "first": f"{first.serial} {first.content[:40]}",
        }
        url = f"{reverse('workflow:list-detail', args=[first.list_id])}?due_on={due}"
    rows_key = f"{first.pk}v{first.due_version}x{len(rows)}"
    return Notice(
        person_id=person,
        cause=f"due:{kind}:{first.due_date}:{rows_key}",
        kind="reminder",
        title=title,
        text=text,
        url=url,
        urgent=is_urgent(kind),
        item_id=first.pk if len(rows) == 1 else None,
    )


def is_urgent(kind: str) -> bool:
    """Return whether the reminder is for today, tomorrow or a day gone by."""
    return kind in ("0", "1") or kind.startswith("late")


def title_of(item: TaskItem, today: date) -> str:
    """Return how far off the deadline is, named as exactly as it was printed."""
    assert item.due_date is not None
    left = (item.due_date - today).days
    told = {"due": due_words(item), "days": abs(left)}
    if left < 0:
        return _("已逾期 %(days)d 天（完成时限 %(due)s）") % told
    if left == 0:
        return _("今天到期（完成时限 %(due)s）") % told
    return _("距完成时限（%(due)s）还有 %(days)d 天") % told


def due_words(item: TaskItem) -> str:
    """Return the deadline in words: a year that was printed as one stays a year."""
    due = item.due_date
    assert due is not None
    if item.deadline_precision == Precision.YEAR:
        return _("%(year)d年") % {"year": due.year}
    if item.deadline_precision == Precision.MONTH:
        return _("%(year)d年%(month)d月") % {"year": due.year, "month": due.month}
    return due.isoformat()
