"""What to tell whom of each kind of event; one builder a kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from journal.models import Event
from orgs.posts import Right
from workflow.models import Duty, TaskItem, TaskList
from workflow.permissions import audience, watchers
from workflow.states import Node, Role
from workflow.verbs import RIGHT_AT


@dataclass(frozen=True, slots=True)
class Notice:
    """One piece of news for one person, not yet delivered; ``at`` is when it happened."""

    person_id: int
    cause: str
    kind: str
    title: str
    text: str
    url: str
    urgent: bool = False
    item_id: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What is told; to whom is decided beside it.

    ``part`` tells apart several pieces of news that one event has for one person.
    """

    title: str
    text: str
    url: str
    urgent: bool = False
    item_id: int | None = None
    part: str = ""


def notices_of(event: Event) -> list[Notice]:
    """Return whom to tell what of ``event``, by the rights of this moment.

    Nobody is told of what they did themselves.
    """
    builder = BUILDERS.get(event.kind)
    if builder is None or event.data.get("quiet"):
        return []
    actor = event.actor.get("person")
    return [
        Notice(
            person_id=person,
            cause=f"event:{event.number}{news.part}",
            kind=event.kind,
            title=news.title,
            text=news.text,
            url=news.url,
            urgent=news.urgent,
            item_id=news.item_id,
            at=event.at,
        )
        for person, news in builder(event)
        if person != actor
    ]


Told = Iterable[tuple[int, News]]


def to_all(people: Iterable[int], news: News) -> Told:
    """Tell everybody the same."""
    return [(person, news) for person in people]


def about(item: TaskItem, title: str, text: str = "", *, urgent: bool = False) -> News:
    """Return news of a row, with its words and a way to it."""
    words = f"{item.serial} {item.content[:60]}".strip()
    return News(
        title=title,
        text="\n".join(filter(None, (words, text))),
        url=reverse("workflow:item-detail", args=[item.pk]),
        urgent=urgent,
        item_id=item.pk,
    )


def item_of(event: Event) -> TaskItem:
    """Return the row the event is about."""
    pk = int(event.subject.partition(":")[2])
    return TaskItem.objects.select_related("programme", "list").get(pk=pk)


def workers(item: TaskItem, unit_ids: Iterable[int]) -> list[int]:
    """Return the people who work on the row for one of the units."""
    return audience(unit_ids=unit_ids, programme_id=item.programme_id, right=Right.WORK)


def lead_units(item: TaskItem) -> list[int]:
    """Return the row's lead units."""
    leads = item.parts.filter(role=Role.LEAD, unit__isnull=False)
    return list(leads.values_list("unit", flat=True))


def duty_opened(event: Event) -> Told:
    """A duty was laid on a unit: its people are asked to act."""
    duty = Duty.objects.select_related("unit", "item").get(pk=event.data["duty"])
    people = audience(
        unit_ids=[duty.unit_id],
        programme_id=duty.item.programme_id,
        right=RIGHT_AT[Node(duty.node)],
    )
    name = {"unit": duty.unit.name, "node": duty.get_node_display()}
    title = _("%(unit)s：待%(node)s") % name
    # The note that reaches leadership is the office's opinion on what it accepted.
    sent_back = bool(duty.note) and duty.node != Node.SIGN_OFF
    if sent_back:
        title = _("%(unit)s：退回，待%(node)s") % name
    news = about(duty.item, title, duty.note, urgent=sent_back)
    return to_all((one for one in people if one not in duty.barred), news)


def duty_reported(event: Event) -> Told:
    """The lead wrote its conclusion: the supporting units are asked to countersign."""
    if event.data["node"] != Node.CONCLUDE:
        return []
    item = item_of(event)
    supports = item.parts.filter(role=Role.SUPPORT, open=True, unit__isnull=False)
    units = supports.values_list("unit", flat=True)
    return to_all(workers(item, units), about(item, _("请会签办结报告")))


def duty_countersigned(event: Event) -> Told:
    """A support signed: the lead sees it coming."""
    item = item_of(event)
    signer = event.actor.get("unit_name", "")
    title = _("%(unit)s已会签") % {"unit": signer}
    return to_all(workers(item, lead_units(item)), about(item, title))


def duty_returned(event: Event) -> Told:
    """The office sent units back to work: the lead knows why."""
    if not event.data.get("units"):
        return []
    item = item_of(event)
    news = about(item, _("审核退回，由有关单位补充"), event.data.get("reason", ""))
    return to_all(workers(item, lead_units(item)), news)


def duty_accepted(event: Event) -> Told:
    """The office accepted the result: the lead hears that leadership has it now."""
    item = item_of(event)
    opinion = event.data.get("reason", "")
    news = about(item, _("审核通过，待核查销号"), opinion)
    return to_all(workers(item, lead_units(item)), news)


def duty_declined(event: Event) -> Told:
    """Leadership would not sign: the lead hears why; the office is asked to act."""
    item = item_of(event)
    news = about(
        item, _("核查未通过，退回办公室重新审核"), event.data.get("reason", "")
    )
    return to_all(workers(item, lead_units(item)), news)


def item_closed(event: Event) -> Told:
    """A row was struck off: everybody who had a part hears of it."""
    item = item_of(event)
    return to_all(watchers(item), about(item, _("任务已销号")))


def list_issued(event: Event) -> Told:
    """A whole list went out: each person hears once for each unit, with the count."""
    pk = int(event.subject.partition(":")[2])
    task_list = TaskList.objects.get(pk=pk)
    first = Duty.objects.filter(item__list=task_list, node=Node.DISPATCH)
    counts = first.values("unit", "unit__name").annotate(rows=Count("pk")).order_by()
    url = reverse("workflow:list-detail", args=[pk])
    for row in counts:
        people = audience(
            unit_ids=[row["unit"]],
            programme_id=task_list.programme_id,
            right=Right.DISPATCH,
        )
        text = _("《%(title)s》已交办：%(unit)s有 %(rows)d 项待签收。") % {
            "title": task_list.title,
            "unit": row["unit__name"],
            "rows": row["rows"],
        }
        news = News(_("新清单待签收"), text, url, part=f":{row['unit']}")
        yield from to_all(people, news)


def person_appointed(event: Event) -> Told:
    """A person was given a post."""
    news = News(_("您的岗位已更新"), _("请在工作台查看待办。"), reverse("home"))
    return [(event.data["person"], news)]


def person_dismissed(event: Event) -> Told:
    """A post was taken away: the person's open pages show at once what is left."""
    news = News(_("您的岗位已调整"), _("您不再承担原岗位的工作。"), reverse("home"))
    return [(event.data["person"], news)]


BUILDERS: dict[str, Callable[[Event], Told]] = {
    "duty.opened": duty_opened,
    "duty.reported": duty_reported,
    "duty.countersigned": duty_countersigned,
    "duty.returned": duty_returned,
    "duty.accepted": duty_accepted,
    "duty.declined": duty_declined,
    "item.closed": item_closed,
    "list.issued": list_issued,
    "person.appointed": person_appointed,
    "person.dismissed": person_dismissed,
}
