"""How each verb's form becomes its action: one table for pages with and without scripts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orgs.actors import Actor
from workflow.actions.claim import claim
from workflow.actions.conclude import conclude
from workflow.actions.countersign import countersign
from workflow.actions.dispatch import dispatch
from workflow.actions.release import release
from workflow.actions.report import Written, report
from workflow.actions.review import accept, return_for_rework
from workflow.actions.sign import decline, sign_off
from workflow.actions.submit import submit
from workflow.models import Duty
from workflow.verbs import Verb
from workflow.web import forms

# What a form says to its action beside duty, version, by and now.
Words = Callable[[Any], dict[str, Any]]


def nothing(form: forms.VerbForm) -> dict[str, Any]:
    """Say nothing more."""
    return {}


def typed(*names: str) -> Words:
    """Say the fields of these names as they were typed; a field not asked is empty."""
    return lambda form: {name: form.cleaned_data.get(name, "") for name in names}


def written(form: forms.ReportForm) -> dict[str, Any]:
    """Say the report as it was written."""
    texts = {
        name: form.cleaned_data[name]
        for name in ("progress", "percent", "problems", "next_steps", "help_needed")
    }
    files = form.cleaned_data["files"]
    return {"written": Written(**texts, figures=form.figures(), files=files)}


@dataclass(frozen=True, slots=True)
class Way:
    """From one verb's form to its action."""

    form: type[forms.VerbForm]
    action: Callable[..., object]
    words: Words = nothing

    def go(self, form: Any, duty: Duty, *, by: Actor, now: datetime) -> None:
        """Do the action with what was typed."""
        version = form.cleaned_data["version"]
        self.action(duty=duty, version=version, by=by, now=now, **self.words(form))


WAYS: dict[Verb, Way] = {
    Verb.CLAIM: Way(forms.VerbForm, claim),
    Verb.RELEASE: Way(forms.VerbForm, release),
    Verb.DISPATCH: Way(
        forms.DispatchForm, dispatch, lambda form: {"units": form.units()}
    ),
    Verb.REPORT: Way(forms.ReportForm, report, written),
    Verb.SUBMIT: Way(forms.VerbForm, submit),
    Verb.COUNTERSIGN: Way(forms.OpinionForm, countersign, typed("opinion")),
    Verb.CONCLUDE: Way(forms.ConcludeForm, conclude, typed("override_reason")),
    Verb.ACCEPT: Way(forms.OpinionForm, accept, typed("opinion")),
    Verb.RETURN: Way(
        forms.ReturnForm,
        return_for_rework,
        lambda form: {**typed("reason")(form), "units": form.returned_to()},
    ),
    Verb.SIGN_OFF: Way(forms.OpinionForm, sign_off, typed("opinion")),
    Verb.DECLINE: Way(forms.ReasonForm, decline, typed("reason")),
}


def form_for(
    verb: Verb, duty: Duty, actor: Actor, data: Any = None, files: Any = None
) -> forms.VerbForm:
    """Return the verb's form for the duty, empty or with what was typed."""
    # Several forms stand on one page: each field needs an id of its own.
    auto_id = f"id_{duty.pk}_{verb.value}_%s"
    return WAYS[verb].form(data, files, auto_id=auto_id, duty=duty, actor=actor)
