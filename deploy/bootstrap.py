"""Build the environment in .venv; needs nothing but Python 3.11.

Runs on whatever ``python3`` is there, so it is written for old Pythons too: it has
to be able to say in a plain sentence that they are too old.
"""

import hashlib
import os
import subprocess
import sys
from os.path import abspath, dirname, exists, join

ROOT = dirname(dirname(abspath(__file__)))
VENV = join(ROOT, ".venv")
NEEDED = (3, 11)


class CannotSetUp(Exception):
    """The environment cannot be built; the text says why and what to do."""


def too_old(version):
    """Return the sentence for a Python that is too old, or an empty one."""
    if tuple(version[:2]) >= NEEDED:
        return ""
    return (
        "需要 Python 3.11 或更高版本，当前是 %d.%d。请安装 python3.11 后重试，"
        "或用 make PYTHON=/路径/python3.11 指定。\n"
        "Python 3.11 or newer is needed." % tuple(version[:2])
    )


def check_folder(folder):
    """Raise CannotSetUp when nothing can be written in ``folder``."""
    probe = join(folder, ".can-write")
    try:
        with open(probe, "w"):
            pass
        os.remove(probe)
    except OSError:
        raise CannotSetUp(
            "目录 %s 不能写入，请把项目放到可写的目录，或更换有写权限的用户。\n"
            "The folder is not writable." % folder
        )


def fingerprint(requirements, python):
    """Return what the environment was built from, so that it is built only once."""
    with open(requirements, "rb") as pins:
        content = pins.read()
    return hashlib.sha256(content + repr(python).encode()).hexdigest()


def run(command, sentence):
    """Run ``command``; raise CannotSetUp with ``sentence`` when it fails."""
    if subprocess.call(command) != 0:
        raise CannotSetUp(sentence)


def build(requirements):
    """Make .venv hold exactly the pinned ``requirements``, checked by their hashes."""
    python = join(VENV, "bin", "python")
    if not exists(python):
        run(
            [sys.executable, "-m", "venv", VENV],
            "不能建立虚拟环境：请先安装 python3-venv（Debian：apt-get install python3-venv）。\n"
            "The venv module is missing.",
        )
    run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        + ["--require-hashes", "-r", requirements],
        "安装依赖失败：请检查软件源（pip 的 index 设置）能否访问后重试。\n"
        "Installing the pinned packages failed.",
    )


def stamps_of(names):
    """Return (requirements file, its stamp, its fingerprint) for each name."""
    for name in names:
        requirements = join(ROOT, name)
        stamp = join(VENV, "." + name + ".stamp")
        yield requirements, stamp, fingerprint(requirements, sys.version)


def main(arguments):
    """Set up for running, or for development too with ``--dev``; instant when done."""
    sentence = too_old(sys.version_info)
    if sentence:
        raise CannotSetUp(sentence)
    check_folder(ROOT)
    name = "requirements-dev.txt" if "--dev" in arguments else "requirements.txt"
    for requirements, stamp, made_from in stamps_of([name]):
        if exists(stamp) and open(stamp).read() == made_from:
            continue
        sys.stdout.write("正在准备运行环境（首次约需一两分钟）……\n")
        sys.stdout.flush()
        build(requirements)
        with open(stamp, "w") as out:
            out.write(made_from)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotSetUp as problem:
        sys.stderr.write("%s\n" % problem)
        sys.exit(1)
