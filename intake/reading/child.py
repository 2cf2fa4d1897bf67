"""The child process: bytes on standard input, a reading or a refusal as JSON out."""

import json
import resource
import sys
from typing import Any

from intake.reading.as_json import as_json
from intake.reading.errors import ReadingError
from intake.reading.read import read

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 25


def limit() -> None:
    """Bound this process; a hostile file may end it, never the server."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(data: bytes) -> dict[str, Any]:
    """Return {"reading": …} or {"refused": sentence, "place": …}."""
    try:
        return {"reading": as_json(read(data))}
    except ReadingError as refused:
        return {"refused": refused.sentence, "place": refused.place}
    except (MemoryError, RecursionError):
        return {"refused": "文件过大或嵌套过深，请拆分后再上传。", "place": ""}


def main() -> None:
    """Read standard input under the limits and print the answer."""
    data = sys.stdin.buffer.read()
    limit()
    sys.stdout.write(json.dumps(answer(data), ensure_ascii=False))


if __name__ == "__main__":
    main()
