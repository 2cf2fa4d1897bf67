"""A city whose office imports lists, an officer of a bureau, and a stranger."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.base import ContentFile
from docx import Document as Word

from intake.actions.upload import take_in
from intake.models import Document
from orgs.actions.appoint import appoint
from orgs.actions.units import create_unit
from orgs.actors import Actor, actor_of
from orgs.models import Jurisdiction, Person, Programme, Unit
from orgs.posts import Post

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]
CITY_LIST = ROOT / "demo" / "documents" / "003.docx"
DISTRICT_LIST = ROOT / "demo" / "documents" / "001.docx"

DISTRICTS = [
    f"{name}政府"
    for name in (
        "渝中区",
        "大渡口区",
        "江北区",
        "沙坪坝区",
        "九龙坡区",
        "南岸区",
        "北碚区",
        "渝北区",
        "巴南区",
    )
]
COMMITTEES = ["两江新区管委会", "高新区管委会"]
CENTRAL = "重庆市主城区政府（管委会）"
HEADER = ["序号", "任务", "牵头单位", "配合单位", "责任单位", "完成时限"]


@dataclass
class Scene:
    """The place, its programme, and who there is."""

    place: Jurisdiction
    programme: Programme
    office: Person
    officer: Person
    leader: Person
    stranger: Person

    @property
    def by(self) -> Actor:
        """The office person, with the rights of this moment."""
        return actor_of(self.office)

    def unit(self, name: str) -> Unit:
        """Return the city's unit of that name, made if it is new."""
        found: Unit | None = Unit.objects.filter(
            name=name, jurisdiction=self.place
        ).first()
        return found or create_unit(name=name, jurisdiction=self.place)

    def take_in(self, data: bytes | Path, name: str = "清单.docx") -> Document:
        """Let the office upload a file."""
        content = data.read_bytes() if isinstance(data, Path) else data
        return take_in(
            programme=self.programme,
            file=ContentFile(content, name=name),
            by=self.by,
            now=NOW,
        )


def scene_of(city: str = "重庆市") -> Scene:
    """Return a city with its office, and a stranger from another programme."""
    place = Jurisdiction.objects.create(name=city)
    office = create_unit(name=f"{city}无废办", jurisdiction=place, kind="office")
    leading = create_unit(name=f"{city}领导小组", jurisdiction=place, kind="leadership")
    bureau = create_unit(name="市生态环境局", jurisdiction=place)
    programme = Programme.objects.create(
        name="无废城市", jurisdiction=place, office=office, leadership=leading
    )
    other = Programme.objects.create(
        name="别的工作", jurisdiction=place, office=bureau, leadership=leading
    )
    return Scene(
        place,
        programme,
        office=person("office", office, Post.OFFICE, programme),
        officer=person("officer", bureau, Post.OFFICER, programme),
        leader=person("leader", leading, Post.LEADER, programme),
        stranger=person("stranger", bureau, Post.OFFICE, other),
    )


def person(name: str, unit: Unit, post: Post, programme: Programme) -> Person:
    """Return a new person in a post."""
    made = Person.objects.create(username=name, password="!", name=name)
    appoint(
        person=made, post=post, unit=unit, programme=programme, by={"system": "test"}
    )
    return made


def word_list(
    *rows: list[str], header: list[str] | None = None, title: str = "某市任务清单"
) -> bytes:
    """Return a .docx with one table of tasks: the header, then ``rows`` as printed."""
    word = Word()
    if title:
        word.add_paragraph(title)
    table = word.add_table(rows=0, cols=len(header or HEADER))
    for row in [header or HEADER, *rows]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()
