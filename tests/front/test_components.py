"""The small parts that every page is made of."""

from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from workflow.lights import Light
from workflow.states import Colour

pytestmark = pytest.mark.once


def rendered(source: str, **context: Any) -> str:
    """Return ``source`` rendered as a page's template would be."""
    template = engines["django"].from_string(CottonCompiler().process(source))
    return str(template.render(context)).strip()


@pytest.mark.parametrize("colour", Colour)
def test_a_light_is_colour_word_shape_and_reason(colour: Colour) -> None:
    with override("zh-hans"):
        page = rendered('<c-light :light="one" />', one=Light(colour, "距到期还有3天"))
    assert f"light-{colour.value}" in page
    assert str(colour.label) in page
    assert colour.shape in page
    assert 'title="距到期还有3天"' in page


def test_lights_differ_without_their_colour() -> None:
    assert len({colour.shape for colour in Colour}) == len(Colour)


class Reason(forms.Form):
    """A form with one field of each sort that the component treats differently."""

    reason = forms.CharField(label="理由", help_text="对方需要知道为什么。")
    units = forms.MultipleChoiceField(
        label="退回给", choices=[("1", "甲")], widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(required=False, label="备注")


def test_a_field_ties_label_help_and_error_to_its_input() -> None:
    page = rendered('<c-field :field="form.reason" />', form=Reason({}))
    assert '<label for="id_reason">理由' in page
    assert 'id="id_reason_helptext"' in page
    assert 'id="id_reason_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_reason_helptext id_reason_error"' in page


def test_a_set_of_boxes_has_a_legend() -> None:
    page = rendered('<c-field :field="form.units" />', form=Reason())
    assert "<legend>退回给" in page


def test_only_a_field_that_must_be_filled_is_starred() -> None:
    form = Reason()
    starred = rendered('<c-field :field="form.reason" />', form=form)
    free = rendered('<c-field :field="form.note" />', form=form)
    assert 'class="must"' in starred
    assert 'class="must"' not in free


def test_a_unit_not_yet_named_shows_the_printed_words() -> None:
    page = rendered('<c-unit raw="有关区政府" />')
    assert "unit-open" in page
    assert "有关区政府" in page


@dataclass
class Tab:
    """One tab of a row of tabs."""

    label: str
    url: str
    active: bool
    count: int


def test_the_open_tab_is_told_to_who_does_not_see_it() -> None:
    tabs = [Tab("待办", "/a/", True, 0), Tab("已办", "/b/", False, 3)]
    page = rendered('<c-tabs label="动态" :tabs="tabs" />', tabs=tabs)
    assert page.count('aria-current="page"') == 1
    assert '<span class="tab-count">0</span>' in page


def test_what_people_wrote_is_escaped_in_every_part() -> None:
    page = rendered(
        '<c-stat number="1" word="{{ w }}" /><c-person name="{{ w }}" />'
        '<c-unit name="{{ w }}" /><c-stage code="working" word="{{ w }}" />',
        w="<script>alert(1)</script>",
    )
    assert "<script>" not in page
