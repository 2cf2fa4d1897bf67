"""A small place with everybody in it, and rows brought to a stage by the real verbs."""

from dataclasses import dataclass, field
from datetime import date

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from orgs.actions.appoint import appoint
from orgs.actions.units import create_unit
from orgs.actors import Actor, actor_of
from orgs.models import Jurisdiction, Person, Programme, Unit
from orgs.posts import Post
from workflow.actions.claim import claim
from workflow.actions.conclude import conclude
from workflow.actions.countersign import countersign
from workflow.actions.dispatch import dispatch
from workflow.actions.issue import issue, issue_pending
from workflow.actions.register import Part, Row, register
from workflow.actions.report import Written, report
from workflow.actions.review import accept
from workflow.actions.submit import submit
from workflow.models import Duty, TaskItem, TaskList
from workflow.states import OPEN_STATES, Node, Precision, Role

# login → (unit, post); administrators hold no post and so may not act.
CAST: dict[str, tuple[str, Post]] = {
    "office": ("无废办", Post.OFFICE),
    "office2": ("无废办", Post.OFFICE),
    "leader": ("领导小组", Post.LEADER),
    "lead": ("市生态环境局", Post.OFFICER),
    "lead2": ("市生态环境局", Post.HEAD),
    "support": ("市城市管理局", Post.OFFICER),
    "support2": ("市商务委", Post.OFFICER),
    "implementer": ("渝中区政府", Post.OFFICER),
    "observer": ("市生态环境局", Post.OBSERVER),
    "outsider": ("市教委", Post.OFFICER),
}


@dataclass(slots=True)
class Scene:
    """The place: its units, its people and its programme."""

    programme: Programme
    units: dict[str, Unit]
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, login: str) -> Actor:
        """Return the person as an actor."""
        return actor_of(self.people[login])

    def client(self, login: str) -> Client:
        """Return a browser in which the person has logged in."""
        client = Client()
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(self.people[login], backend=backend)
        return client


def scene() -> Scene:
    """Make the place with its cast, a person without a post and an administrator."""
    place = Jurisdiction.objects.create(name="重庆市")
    names = dict.fromkeys(unit for unit, _post in CAST.values())
    units = {name: create_unit(name=name, jurisdiction=place) for name in names}
    programme = Programme.objects.create(
        name="无废城市",
        jurisdiction=place,
        office=units["无废办"],
        leadership=units["领导小组"],
    )
    made = Scene(programme, units)
    for login, (unit, post) in CAST.items():
        made.people[login] = person(login)
        appoint(
            person=made.people[login],
            post=post,
            unit=units[unit],
            programme=programme,
            by={"system": "test"},
        )
    made.people["stranger"] = person("stranger")
    made.people["administrator"] = person("administrator", is_superuser=True)
    return made


def person(login: str, **more: bool) -> Person:
    """Make a person who is named after their log-in."""
    made = Person(username=login, name=f"{login}同志", **more)
    made.set_unusable_password()
    made.save()
    return made


def planned(scene: Scene, serial: int, **more: object) -> Row:
    """Return a row led, supported and carried out by the cast's units."""
    plan = [
        (Role.LEAD, "市生态环境局"),
        (Role.SUPPORT, "市城市管理局"),
        (Role.SUPPORT, "市商务委"),
        (Role.IMPLEMENTER, "渝中区政府"),
    ]
    fields: dict[str, object] = {
        "serial": str(serial),
        "content": f"建成第{serial}座分拣中心",
        "section": "一、规划引领",
        "group": f"第{(serial - 1) // 10 + 1}组",
        "deadline_raw": "2026年",
        "deadline_precision": Precision.YEAR,
        "due_date": date(2026, 12, 31),
        "parts": [Part(role, name, scene.units[name].pk) for role, name in plan],
    }
    return Row(**(fields | more))  # type: ignore[arg-type]


def draft_list(scene: Scene, rows: int = 3, **more: object) -> TaskList:
    """Register a list of that many rows."""
    return register(
        programme=scene.programme,
        title="试点任务清单",
        rows=[planned(scene, serial, **more) for serial in range(1, rows + 1)],
        by=scene.actor("office"),
        now=timezone.now(),
    )


def issued_list(scene: Scene, rows: int = 3, **more: object) -> TaskList:
    """Register a list and issue it."""
    task_list = draft_list(scene, rows, **more)
    issue(task_list=task_list, by=scene.actor("office"), now=timezone.now())
    issue_pending(timezone.now())
    task_list.refresh_from_db()
    return task_list


def open_duty(item: TaskItem, node: Node, unit: Unit | None = None) -> Duty:
    """Return the open duty at that place, of that unit."""
    duties = Duty.objects.filter(item=item, node=node, state__in=OPEN_STATES)
    return duties.filter(**({"unit": unit} if unit else {})).get()


def claimed(scene: Scene, duty: Duty, login: str) -> Duty:
    """Claim the duty."""
    return claim(
        duty=duty, version=duty.version, by=scene.actor(login), now=timezone.now()
    )


def working(scene: Scene, item: TaskItem) -> None:
    """Bring a row from its lead to all its units."""
    duty = claimed(scene, open_duty(item, Node.DISPATCH), "lead")
    dispatch(
        duty=duty,
        version=duty.version,
        by=scene.actor("lead"),
        now=timezone.now(),
    )


WORKERS = ("lead", "support", "support2", "implementer")


def handed_in(scene: Scene, item: TaskItem, login: str) -> None:
    """Let one unit claim, report with a file, and submit its work."""
    now, by = timezone.now(), scene.actor(login)
    unit = scene.units[CAST[login][0]]
    duty = claimed(scene, open_duty(item, Node.CARRY_OUT, unit), login)
    file = ContentFile("现场情况".encode(), name="现场情况.txt")
    written = Written("完成主体工程。", 60, files=[file])
    report(duty=duty, version=duty.version, by=by, now=now, written=written)
    duty.refresh_from_db()
    submit(duty=duty, version=duty.version, by=by, now=now)


def concluding(scene: Scene, item: TaskItem) -> Duty:
    """Bring a row to its lead's conclusion, claimed and reported on."""
    working(scene, item)
    for login in WORKERS:
        handed_in(scene, item, login)
    duty = claimed(scene, open_duty(item, Node.CONCLUDE), "lead")
    report(
        duty=duty,
        version=duty.version,
        by=scene.actor("lead"),
        now=timezone.now(),
        written=Written("全部完成。", 100),
    )
    duty.refresh_from_db()
    return duty


def reviewing(scene: Scene, item: TaskItem) -> Duty:
    """Bring a row to the office, countersigned by both supports."""
    duty = concluding(scene, item)
    now = timezone.now()
    for login in ("support", "support2"):
        countersign(duty=duty, version=duty.version, by=scene.actor(login), now=now)
    conclude(duty=duty, version=duty.version, by=scene.actor("lead"), now=now)
    return open_duty(item, Node.REVIEW)


def signing(scene: Scene, item: TaskItem) -> Duty:
    """Bring a row to leadership."""
    duty = reviewing(scene, item)
    accept(
        duty=duty,
        version=duty.version,
        by=scene.actor("office"),
        now=timezone.now(),
    )
    return open_duty(item, Node.SIGN_OFF)
