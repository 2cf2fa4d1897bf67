"""Doing a verb from a page, on one duty or on many."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orgs.web.middleware import ActedRequest
from workflow.actions.claim import claim
from workflow.models import Duty, TaskItem
from workflow.permissions import refusal
from workflow.refusals import NotPossible, Refused
from workflow.verbs import RULES, Verb
from workflow.web.filters import number, one_of
from workflow.web.forms import VerbForm
from workflow.web.refusals import refused
from workflow.web.verbs import WAYS, form_for

# As many rows as one page can offer.
MANY = 200


@require_http_methods(["GET", "HEAD", "POST"])
def duty_verb(request: ActedRequest, pk: int, verb: str) -> HttpResponse:
    """Show the verb's form on a page of its own, or do the verb."""
    wanted = one_of(Verb, verb)
    if wanted is None:
        raise Http404
    duty = visible_duty(request, pk)
    if request.method == "POST":
        return do(request, duty, wanted)
    if early := refusal(request.actor, RULES[wanted], duty):
        raise early
    return show_form(request, duty, wanted, form_for(wanted, duty, request.actor))


def visible_duty(request: ActedRequest, pk: int) -> Duty:
    """Return the duty of a row the person may know of, or 404."""
    items = TaskItem.objects.visible_to(request.actor)
    duties = Duty.objects.filter(item__in=items).select_related(
        "item__list", "item__programme", "unit", "holder"
    )
    found: Duty = get_object_or_404(duties, pk=pk)
    return found


def do(request: ActedRequest, duty: Duty, verb: Verb) -> HttpResponse:
    """Do the verb with what was typed; keep the form when something is missing.

    Whoever may not do it at all, or comes too late, is told so before any field is.
    """
    form = form_for(verb, duty, request.actor, request.POST, request.FILES)
    if not form.is_valid():
        if early := refusal(request.actor, RULES[verb], duty):
            return refused(request, early, form.labels())
        return show_form(request, duty, verb, form, status=422)
    try:
        WAYS[verb].go(form, duty, by=request.actor, now=timezone.now())
    except NotPossible as missing:
        place = missing.field if missing.field in form.fields else None
        form.add_error(place, missing.sentence)
        return show_form(request, duty, verb, form, status=422)
    except Refused as late:
        return refused(request, late, form.labels())
    told = {"verb": verb.label, "serial": duty.item.serial}
    messages.success(request, _("第 %(serial)s 项：%(verb)s已办理。") % told)
    return redirect(next_address(request, duty))


def next_address(request: ActedRequest, duty: Duty) -> str:
    """Return the page the form asked to come back to, or the row's."""
    return safe_address(request) or reverse("workflow:item-detail", args=[duty.item_id])


def safe_address(request: ActedRequest) -> str:
    """Return the address in the form's ``next`` if it is one of ours, else nothing."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else ""


def show_form(
    request: ActedRequest, duty: Duty, verb: Verb, form: VerbForm, *, status: int = 200
) -> HttpResponse:
    """Render the verb's form on a page of its own."""
    context: dict[str, Any] = {
        "duty": duty,
        "item": duty.item,
        "verb": verb,
        "form": form,
        "files_lost": bool(request.FILES),
    }
    return render(request, "workflow/duty_form.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of many duties; ``sentence`` is empty when it was done."""

    duty: Duty
    sentence: str = ""


@require_POST
def claim_many(request: ActedRequest) -> HttpResponse:
    """Claim the picked duties (批量签收), each for itself, and say what became of each."""
    versions = picked(request.POST.getlist("duty"))
    items = TaskItem.objects.visible_to(request.actor)
    duties = Duty.objects.filter(pk__in=versions, item__in=items).select_related(
        "item__list", "item__programme", "unit", "holder"
    )
    outcomes = [claimed(request, duty, versions[duty.pk]) for duty in duties]
    context = {
        "outcomes": outcomes,
        "done": sum(not outcome.sentence for outcome in outcomes),
        "back": safe_address(request) or reverse("home"),
    }
    return render(request, "workflow/claim_many.html", context)


def picked(texts: list[str]) -> dict[int, int]:
    """Return duty id → version from the boxes that were ticked, at most ``MANY``."""
    pairs = (text.partition(":") for text in texts[:MANY])
    return {number(pk): number(version) for pk, _colon, version in pairs}


def claimed(request: ActedRequest, duty: Duty, version: int) -> Outcome:
    """Claim one duty and tell how it went."""
    try:
        claim(duty=duty, version=version, by=request.actor, now=timezone.now())
    except Refused as late:
        return Outcome(duty, late.sentence)
    return Outcome(duty)
