"""Read in a child process with bounds on memory, CPU and time."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from intake.reading.errors import ReadingError
from intake.reading.read import MAX_BYTES

SECONDS = 30
ROOT = Path(__file__).resolve().parents[2]
FAILED = "文件无法读取：内容异常或过于复杂。请用 Word 打开另存后再上传。"


def read_in_child(data: bytes) -> dict[str, Any]:
    """Return the reading of ``data`` as plain values (see ``as_json``).

    At most 512 MB, 25 seconds of CPU and 30 seconds in all.

    Raises:
        ReadingError: the file was refused, or ended the child.
    """
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise ReadingError(f"文件超过 {limit} MB，请拆分或删去图片后再上传。")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "intake.reading.child"],
            input=data,
            capture_output=True,
            cwd=ROOT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise ReadingError("文件过于复杂，30 秒内没有读完；请拆分后再上传。") from slow
    if done.returncode != 0:
        raise ReadingError(FAILED)
    answer = json.loads(done.stdout.decode())
    if "refused" in answer:
        raise ReadingError(answer["refused"], place=answer["place"])
    reading: dict[str, Any] = answer["reading"]
    return reading
