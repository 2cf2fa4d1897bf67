"""What the demo's units write: plain reports, each marked as made for the demo."""

from io import BytesIO

from django.core.files.base import ContentFile
from docx import Document as Word

from workflow.actions.report import Written
from workflow.models import TaskItem

MARK = "（演示数据）"

PROGRESS = (
    "已印发工作方案，建立工作台账，完成首轮摸底，涉及重点点位 {n} 处，整改完成 {m} 处。",
    "联合有关单位开展现场检查 {n} 次，发现问题 {m} 个，均已交办并限期整改。",
    "完成设施建设 {m} 座，在建 {n} 座，年度目标总体可控。",
    "组织培训 {m} 场、覆盖 {n} 家单位，完善了收运记录和月报制度。",
)
PROBLEMS = (
    "部分点位用地手续仍在办理。",
    "个别单位报送数据不及时。",
    "",
    "运行经费需进一步落实。",
)
NEXT_STEPS = (
    "下月完成剩余点位整改并组织复核。",
    "按月调度，年底前完成全部建设内容。",
    "加强数据核对，形成长效机制。",
    "会同财政部门落实运行经费。",
)


def working_report(item: TaskItem, turn: int, *, percent: int) -> Written:
    """Return a unit's report on its part; ``turn`` varies the words."""
    pick = (item.position + turn) % len(PROGRESS)
    done = 3 + (item.position * 7 + turn) % 9
    figures = [{"name": "完成点位", "value": str(done), "unit": "处"}]
    return Written(
        progress=PROGRESS[pick].format(n=done + 6, m=done) + MARK,
        percent=percent,
        problems=PROBLEMS[pick],
        next_steps=NEXT_STEPS[pick],
        figures=figures,
        files=[evidence(item)] if turn == 0 else (),
    )


def concluding_report(item: TaskItem) -> Written:
    """Return the lead's report on the whole."""
    return Written(
        progress=f"任务“{item.content[:40]}”已按要求完成，各单位承办情况已汇总核实。{MARK}",
        percent=100,
        next_steps="纳入日常管理，定期开展回头看。",
    )


def evidence(item: TaskItem) -> "ContentFile[bytes]":
    """Return a small Word file as a unit would attach it."""
    word = Word()
    word.add_heading("现场核查记录（演示）", level=1)
    word.add_paragraph(f"任务：{item.serial} {item.content}")
    word.add_paragraph("核查结论：情况属实，整改到位。")
    stream = BytesIO()
    word.save(stream)
    return ContentFile(stream.getvalue(), name=f"核查记录-{item.serial}.docx")
