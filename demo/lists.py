"""The two real lists, taken in by the same doors as anybody's."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from demo.places import GROUPS, government_of
from intake.actions.answer import confirm_field, leave_to_lead, mean_units
from intake.actions.register_document import register_document
from intake.actions.upload import take_in as take_document_in
from intake.meanings import Meanings
from intake.models import Document
from intake.reading.read import read
from orgs.actors import Actor
from orgs.models import Programme
from workflow.actions.issue import issue, issue_pending
from workflow.models import TaskList

DOCUMENTS = Path(__file__).parent / "documents"


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the demo; ``year`` is the printed one that becomes this year."""

    file: str
    title: str
    year: int


CITY_LIST = Source(
    "003.docx", "重庆市（主城区）“无废城市”建设试点任务清单及进度安排", 2020
)
DISTRICT_LIST = Source("001.docx", "黔江区“无废城市”建设任务清单及进度安排", 2022)


def names_in(source: Source) -> list[str]:
    """Return every name of a unit in the document, as printed, in order."""
    reading = read((DOCUMENTS / source.file).read_bytes())
    return [
        names.resolved.get(unit, unit)
        for task in reading.tasks
        for names in task.names.values()
        for unit in (*names.units, *names.exclusions)
    ]


def take_in(
    source: Source, programme: Programme, *, by: Actor, now: datetime
) -> TaskList:
    """Upload, read, answer what is asked, register and issue one document."""
    content = (DOCUMENTS / source.file).read_bytes()
    file = ContentFile(content, name=f"{source.title}.docx")
    document = take_document_in(programme=programme, file=file, by=by, now=now)
    document.refresh_from_db()
    answer_all(document, by, now)
    task_list = register_document(
        document=document,
        title=source.title,
        by=by,
        now=now,
        shifted_years=timezone.localdate(now).year - source.year,
    )
    issue(task_list=task_list, by=by, now=now)
    issue_pending(now)
    task_list.refresh_from_db()
    return task_list


def answer_all(document: Document, by: Actor, now: datetime) -> None:
    """Answer as the office would: known sets confirmed, vague names left to the lead."""
    meanings = Meanings(document)
    later = []
    for question in meanings.open_names:
        if question.name in GROUPS:
            wanted = {government_of(place) for place in GROUPS[question.name]}
            units = [
                unit.pk
                for unit in meanings.directory.units.values()
                if unit.name in wanted
            ]
            mean_units(
                document=document, name=question.name, unit_ids=units, by=by, now=now
            )
        else:
            later.append(question.name)
    leave_to_lead(document=document, names=later, by=by, now=now)
    for row in Meanings(document).open_rows:
        confirm_field(
            document=document,
            position=row.position,
            field=row.field,
            by=by,
            now=now,
            principal=row.options[0] if row.options else "",
        )
