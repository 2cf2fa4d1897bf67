"""Check the journal's chain; name the first event that does not hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal.models import Head
from journal.verify import Flaw, flaws

SENTENCES = {
    "missing": "第 {number} 号事件缺失：记录被删除或截断。",
    "unlinked": "第 {number} 号事件与前一事件不相连：记录被调换、插入或改写。",
    "changed": "第 {number} 号事件的内容与其校验值不符：记录被改动。",
}


class Command(BaseCommand):
    """Walk the whole chain; exit with an error at the first flaw."""

    help = "校验台账日志的完整性，指出第一处被改动、删除或调换的事件。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many events hold, or fail naming the first that does not."""
        flaw = next(flaws(), None)
        if flaw:
            raise CommandError(sentence(flaw))
        self.stdout.write(f"日志完整：{Head.objects.get(pk=1).number} 条事件全部相符。")


def sentence(flaw: Flaw) -> str:
    """Return the plain sentence for ``flaw``."""
    return SENTENCES[flaw.kind].format(number=flaw.number)
