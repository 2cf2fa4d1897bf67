"""Pages load nothing from outside and run nothing that the content policy forbids."""

import re
from pathlib import Path

import pytest

from tests.front.sources import STATIC, templates

pytestmark = pytest.mark.once

INLINE = {
    "script without src": r"<script(?![^>]*\bsrc=)",
    "style element": r"<style\b",
    "style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "event attribute": r"<[a-z][^>]*\son[a-z]+\s*=",
    "javascript address": r"javascript:",
    "outside address": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
}
LOADS = r"(?:url\(\s*[\"']?|@import\s+[\"']|import\s*\(?[\"']|src=[\"'])(?:https?:)?//"


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_inline_and_nothing_outside(what: str) -> None:
    found = [
        str(path)
        for path in templates()
        if re.search(INLINE[what], path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert not found


def texts() -> list[Path]:
    """Return every style sheet and script that pages load."""
    return [path for end in ("css", "js") for path in STATIC.rglob(f"*.{end}")]


def test_assets_load_nothing_from_outside() -> None:
    for path in texts():
        source = path.read_text(encoding="utf-8")
        assert not re.search(LOADS, source), path
        assert "sourceMappingURL" not in source, path


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    sprite = (STATIC / "vendor" / "icons" / "sprite.svg").read_text(encoding="utf-8")
    held = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named = {
        name
        for path in templates()
        for name in re.findall(
            r'(?:c-icon name|icon)="([a-z0-9-]+)"', path.read_text(encoding="utf-8")
        )
    }
    assert named
    assert named <= held


def test_every_vendored_package_brings_its_licence() -> None:
    folders = [path for path in (STATIC / "vendor").iterdir() if path.is_dir()]
    assert folders
    assert not [folder for folder in folders if not (folder / "LICENSE").exists()]


def test_every_static_file_a_template_names_is_there() -> None:
    for path in templates():
        for name in re.findall(
            r"{% static ['\"]([^'\"]+)['\"] %}", path.read_text(encoding="utf-8")
        ):
            assert (STATIC / name).is_file(), f"{path}: {name}"
