"""Who switches to English finds no Chinese sentence that was forgotten."""

import gettext
import re
from pathlib import Path

import pytest

from tests.front.sources import ROOT, of_module, of_template, sentences

pytestmark = pytest.mark.once

CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES"
CHINESE = re.compile("[\u4e00-\u9fff]")
HOLES = re.compile(r"%\((\w+)\)([sd])")


@pytest.fixture(scope="module")
def compiled() -> dict[str | tuple[str, int], str]:
    """Return the catalogue as gettext holds it, plural forms apart."""
    with (CATALOGUE / "django.mo").open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def english(compiled: dict[str | tuple[str, int], str]) -> dict[str, str]:
    """Return source sentence → English, as a page would show it."""
    return {bare(key): words for key, words in compiled.items() if bare(key)}


def bare(key: str | tuple[str, int]) -> str:
    """Return the sentence of a catalogue key, without plural number and context."""
    text = key[0] if isinstance(key, tuple) else key
    return text.split("\x04")[-1]


def test_every_sentence_of_the_sources_has_its_english(english: dict[str, str]) -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {text}"
        for text, path in sentences()
        if CHINESE.search(text) and not english.get(text)
    }
    assert not missing, "run `make messages` and fill in django.po:\n" + "\n".join(
        sorted(missing)
    )


def test_english_keeps_the_holes_of_the_sentence(english: dict[str, str]) -> None:
    torn = {
        text: words
        for text, words in english.items()
        if not set(HOLES.findall(words)) <= set(HOLES.findall(text))
    }
    assert not torn


def test_english_is_not_chinese(english: dict[str, str]) -> None:
    assert not [words for words in english.values() if CHINESE.search(words)]


def test_the_compiled_words_are_those_of_the_catalogue(
    compiled: dict[str | tuple[str, int], str],
) -> None:
    written = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    said = set(re.findall(r'^msgstr(?:\[\d\])? "(.+)"$', written, re.MULTILINE))
    spoken = {
        words.replace("\\", "\\\\").replace('"', '\\"') for words in compiled.values()
    }
    assert said <= spoken, "run `make messages` to compile"


def test_a_forgotten_sentence_would_be_seen(tmp_path: Path) -> None:
    page = '{% load i18n %}<p title="{% translate "标题" %}">{% blocktranslate %}共 {{ n }} 项{% endblocktranslate %}'
    module = 'from django.utils.translation import gettext as _\n_("没有找到")\n'
    assert list(of_template(page)) == ["标题", "共 %(n)s 项"]
    assert list(of_module(module)) == ["没有找到"]
