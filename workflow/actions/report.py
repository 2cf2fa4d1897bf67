"""A unit reports on its duty (反馈), with figures and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from files.store import RefusedFile, store
from orgs.actors import Actor
from workflow.act import act
from workflow.models import Duty, Participation, Report, ReportFile
from workflow.passage import Passage
from workflow.refusals import NotPossible
from workflow.states import Node, Role
from workflow.verbs import Verb


@dataclass(frozen=True, slots=True)
class Written:
    """A report as it was typed: texts, percent (0–100), figures, files.

    ``figures`` is a list of {name, value, unit}.
    """

    progress: str
    percent: int
    problems: str = ""
    next_steps: str = ""
    help_needed: str = ""
    figures: Sequence[dict[str, str]] = ()
    files: "Sequence[File[Any]]" = field(default=())


def report(
    *, duty: Duty, version: int, by: Actor, now: datetime, written: Written
) -> Report:
    """Put a report on the duty; the duty stays with its holder.

    Raises:
        NotPossible: no progress text, a percent out of 0–100, a refused file; the
            field is named.
    """
    made: list[Report] = []

    def effect(passage: Passage) -> dict[str, object]:
        check(written)
        made.append(save(passage, written))
        return {"report": made[0].pk, "percent": written.percent}

    act(duty=duty, verb=Verb.REPORT, by=by, version=version, now=now, effect=effect)
    return made[0]


def check(written: Written) -> None:
    """Raise NotPossible for what is missing or out of range."""
    if not written.progress.strip():
        raise NotPossible(_("请填写进展情况。"), field="progress")
    if not 0 <= written.percent <= 100:
        raise NotPossible(_("完成进度应在 0 到 100 之间。"), field="percent")


def save(passage: Passage, written: Written) -> Report:
    """Write the report with its files; the lead's percent becomes the row's."""
    duty, actor = passage.duty, passage.actor
    made = Report.objects.create(
        item=passage.item,
        duty=duty,
        unit_id=duty.unit_id,
        author_id=actor.person_id,
        progress=written.progress.strip(),
        problems=written.problems.strip(),
        next_steps=written.next_steps.strip(),
        help_needed=written.help_needed.strip(),
        percent=written.percent,
        figures=list(written.figures),
        made_at=passage.now,
    )
    attach(made, written, actor.person_id, passage.now)
    if speaks_for_row(duty):
        passage.item.percent = written.percent
        passage.row_changed = True
    return made


def attach(made: Report, written: Written, sender: int, now: datetime) -> None:
    """Keep the files and tie them to the report."""
    for file in written.files:
        try:
            stored = store(file, name=file.name or "", sender=sender, now=now)
        except RefusedFile as refused:
            raise NotPossible(str(refused), field="files") from refused
        ReportFile.objects.create(report=made, file=stored)


def speaks_for_row(duty: Duty) -> bool:
    """Return whether the duty is the lead's, whose percent is the row's."""
    if duty.node == Node.CONCLUDE or duty.part_id is None:
        return duty.node == Node.CONCLUDE
    return Participation.objects.filter(pk=duty.part_id, role=Role.LEAD).exists()
