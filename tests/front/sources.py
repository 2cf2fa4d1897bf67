"""The product's own source files and the sentences they hold for translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
APPS = [
    "config",
    "demo",
    "files",
    "indicators",
    "intake",
    "journal",
    "notifications",
    "orgs",
    "reports",
    "workflow",
]
TRANSLATION = "django.utils.translation"
QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
CALL = rf"\b(?:(n?p?gettext)|_)\(((?:u?(?:{QUOTED}),?\s*)+)"
# Which of a call's arguments are sentences: singular, plural.
SENTENCES = {"gettext": [0], "ngettext": [0, 1], "pgettext": [1], "npgettext": [1, 2]}


def templates() -> list[Path]:
    """Return every template."""
    return sorted(TEMPLATES.rglob("*.html"))


def modules() -> Iterator[Path]:
    """Yield every Python module of the product."""
    for app in APPS:
        yield from sorted((ROOT / app).rglob("*.py"))


def sentences() -> Iterator[tuple[str, Path]]:
    """Yield each sentence to be translated with the file it stands in."""
    for path in templates():
        for text in of_template(path.read_text(encoding="utf-8")):
            yield text, path
    for path in modules():
        for text in of_module(path.read_text(encoding="utf-8")):
            yield text, path


def of_template(source: str) -> Iterator[str]:
    """Yield the sentences of a template, as Django hands them to gettext."""
    for name, inside in re.findall(CALL, templatize(source)):
        texts = [ast.literal_eval(one) for one in re.findall(QUOTED, inside)]
        yield from (texts[place] for place in SENTENCES[name or "gettext"])


def of_module(source: str) -> Iterator[str]:
    """Yield the sentences of a module's gettext calls, whatever name they go by."""
    tree = ast.parse(source)
    names = dict(imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for place in SENTENCES.get(names.get(node.func.id, ""), []):
                argument = node.args[place] if place < len(node.args) else None
                if isinstance(argument, ast.Constant) and isinstance(
                    argument.value, str
                ):
                    yield argument.value


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield (name in the module, gettext function) for what it imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION:
            for one in node.names:
                yield one.asname or one.name, one.name.removesuffix("_lazy")
