"""Read a document and print what was found."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intake.reading.errors import ReadingError
from intake.reading.sandbox import read_in_child


class Command(BaseCommand):
    """Print the reading of one file: a summary, or everything with ``--json``."""

    help = "读取清单文件：默认输出摘要，--json 输出全部字段。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether all of it is wanted."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file in a child process.

        Raises:
            CommandError: the file is not there or cannot be read; says why.
        """
        try:
            reading = read_in_child(options["file"].read_bytes())
        except OSError as missing:
            raise CommandError(f"打不开文件 {options['file']}。") from missing
        except ReadingError as refused:
            raise CommandError(refused.sentence) from refused
        if options["as_json"]:
            reading.pop("tables")
            self.stdout.write(json.dumps(reading, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(summary(reading))


def summary(reading: dict[str, Any]) -> str:
    """Return the reading in a few lines."""
    tasks = reading["tasks"]
    doubtful = [task["serial"] for task in tasks if task["to_confirm"]]
    lines = [
        f"标题：{reading['document']['title']}",
        (
            f"任务 {len(tasks)} 项，指标 {len(reading['indicators'])} 项，"
            f"名单 {len(reading['cells'])} 项"
        ),
        f"需要确认 {len(doubtful)} 项：{'、'.join(doubtful) or '无'}",
        *(notice["sentence"] for notice in reading["notices"]),
    ]
    return "\n".join(lines)
