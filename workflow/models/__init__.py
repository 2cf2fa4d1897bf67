"""The nouns of the work."""

from workflow.models.duties import Duty
from workflow.models.items import TaskItem
from workflow.models.lists import TaskList
from workflow.models.participations import Participation
from workflow.models.reports import Countersignature, Report, ReportFile

__all__ = [
    "Countersignature",
    "Duty",
    "Participation",
    "Report",
    "ReportFile",
    "TaskItem",
    "TaskList",
]
