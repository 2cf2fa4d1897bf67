"""Do the background work outside the server process."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from notifications.tick import Tick, TickThread


class Command(BaseCommand):
    """Run one pass, or go on until stopped with ``--loop``."""

    help = "执行一次后台工作（交办、消息、提醒）；--loop 持续运行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to go on."""
        parser.add_argument("--loop", action="store_true")
        parser.add_argument("--seconds", type=int, default=1, help="两次之间的秒数")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tick."""
        if options["loop"]:
            TickThread(options["seconds"]).run()
            return
        tick = Tick()
        well = tick.run(timezone.now())
        tick.end()
        if not well:
            raise CommandError("后台工作没有全部完成，原因见上面的日志。")
