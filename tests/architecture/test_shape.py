"""The shape of the house: arrows, single writers, names, nothing from outside."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["journal", "files", "orgs", "workflow", "intake", "notifications", "demo"]
HEIGHT = {"journal": 0, "files": 0, "orgs": 1, "workflow": 2, "intake": 3}
HEIGHT |= {"notifications": 3, "demo": 4}
OURS = [ROOT / name for name in (*FLOORS, "config")]

pytestmark = pytest.mark.once


def sources() -> list[Path]:
    return [
        path
        for folder in OURS
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts
    ]


def test_imports_go_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_foreign_keys_point_down_too() -> None:
    for name in FLOORS:
        for model in apps.get_app_config(name).get_models():
            for field in model._meta.get_fields():
                target = getattr(field, "related_model", None)
                if not field.concrete or target in (None, "self"):
                    continue
                below = target._meta.app_label
                assert HEIGHT.get(below, -1) <= HEIGHT[name], (model, field)


def test_names_in_the_database_are_short_enough() -> None:
    for name in FLOORS:
        for model in apps.get_app_config(name).get_models():
            meta = model._meta
            names = [index.name for index in meta.indexes]
            names += [constraint.name for constraint in meta.constraints]
            for one in [meta.db_table, *names]:
                assert len(one) <= 30, one


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


WRITERS_OF_DUTIES = {
    "workflow/act.py",
    "workflow/nodes.py",
    "workflow/actions/issue.py",
}


def test_only_the_door_and_the_flow_write_duties() -> None:
    for path in sources():
        text = path.read_text()
        for call in calls(ast.parse(text)):
            written = ast.unparse(call.func)
            creates = written.startswith("Duty.objects.") and written.endswith(
                ("create", "update", "bulk_create", "bulk_update", "delete")
            )
            filtered = "Duty.objects" in written and written.endswith(
                (".update", ".delete")
            )
            if creates or filtered:
                assert str(path.relative_to(ROOT)) in WRITERS_OF_DUTIES, path


@pytest.mark.parametrize(
    "path", sources(), ids=lambda path: str(path.relative_to(ROOT))
)
def test_what_others_call_says_what_it_means(path: Path) -> None:
    tree = ast.parse(path.read_text())
    for node in tree.body:
        named = isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
        if named and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path}:{node.lineno} {node.name}"


def addresses(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns)
        else:
            found.append(pattern)
    return found


FREE = {"login", "logout", "healthz", "readyz", "set_language"}


def test_every_page_asks_for_a_log_in_but_these() -> None:
    for pattern in addresses(get_resolver().url_patterns):
        free = not getattr(pattern.callback, "login_required", True)
        assert free == (pattern.name in FREE - {"logout"}), pattern.name


PAGES = [*(ROOT / "templates").rglob("*.html")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_hold_no_inline_code_and_no_outside_address(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text)
    assert not re.search(r"https?://(?!www\.w3\.org)", text)


def test_requirements_are_pinned_by_hash_and_name_no_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert "--index-url" not in text
        assert "://" not in text
        pins = re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE | re.IGNORECASE)
        hashed = re.findall(
            r"^[a-z0-9._-]+==.*\\\n    --hash=", text, re.MULTILINE | re.IGNORECASE
        )
        assert pins
        assert len(pins) == len(hashed)
