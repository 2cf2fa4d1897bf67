"""Pages of units and people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from orgs.actions.appoint import appoint, dismiss
from orgs.actions.units import add_alias
from orgs.models import Person, PostGroup, Unit
from orgs.posts import Post
from orgs.queries.units import (
    holders_of,
    programmes_managed,
    units_visible_to,
)
from orgs.web.forms import AliasForm, AppointmentForm
from orgs.web.middleware import ActedRequest

PER_PAGE = 60


@require_safe
def unit_index(request: ActedRequest) -> HttpResponse:
    """List the units of the person's places with their people, found by name."""
    words = request.GET.get("q", "").replace("\x00", "").strip()
    units = units_visible_to(request.actor)
    if words:
        units = units.filter(names__name__icontains=words).distinct()
    after = request.GET.get("after", "")
    page = list(units[start(after) : start(after) + PER_PAGE + 1])
    shown = page[:PER_PAGE]
    holders = holders_of(shown, request.actor)
    context = {
        "q": words,
        "rows": [(unit, holders.get(unit.pk, [])) for unit in shown],
        "count": units.count(),
        "next": start(after) + PER_PAGE if len(page) > PER_PAGE else None,
        "previous": max(start(after) - PER_PAGE, 0) if start(after) else None,
    }
    return render(request, "orgs/unit_index.html", context)


def start(after: str) -> int:
    """Return where the page starts; anything that is no number is the beginning."""
    return int(after) if after.isdecimal() and len(after) < 7 else 0


@require_safe
def unit_detail(request: ActedRequest, pk: int) -> HttpResponse:
    """Show one unit: its names over time, its people, and who may be appointed."""
    return show_unit(request, visible_unit(request, pk))


@require_POST
def appointment_create(request: ActedRequest, pk: int) -> HttpResponse:
    """Give a person a post in the unit (office only)."""
    unit = visible_unit(request, pk)
    form = AppointmentForm(request.POST, programmes=managed_or_404(request))
    if form.is_valid() and (person := person_of(form)):
        appoint(
            person=person,
            post=Post(form.cleaned_data["post"]),
            unit=unit,
            programme=form.cleaned_data["programme"],
            by=request.actor.as_record(request.actor.main),
        )
        messages.success(request, _("已任命：%(name)s。") % {"name": person.name})
        return redirect("orgs:unit-detail", pk=pk)
    return show_unit(request, unit, appointment=form, status=422)


@require_POST
def appointment_end(request: ActedRequest, pk: int) -> HttpResponse:
    """Take a post away from a person (office only); in force at once."""
    unit = visible_unit(request, pk)
    person = get_object_or_404(Person, pk=number(request.POST.get("person")))
    post_group = get_object_or_404(
        PostGroup,
        pk=number(request.POST.get("post_group")),
        unit=unit,
        programme__in=managed_or_404(request),
    )
    dismiss(
        person=person,
        post_group=post_group,
        by=request.actor.as_record(request.actor.main),
    )
    messages.success(request, _("已免去：%(name)s。") % {"name": person.name})
    return redirect("orgs:unit-detail", pk=pk)


@require_POST
def alias_create(request: ActedRequest, pk: int) -> HttpResponse:
    """Let another name mean this unit in its place (office only)."""
    unit = visible_unit(request, pk)
    managed_or_404(request)
    form = AliasForm(request.POST)
    by = request.actor.as_record(request.actor.main)
    if form.is_valid() and alias_added(form, unit, by):
        messages.success(request, _("已添加别名。"))
        return redirect("orgs:unit-detail", pk=pk)
    return show_unit(request, unit, alias=form, status=422)


def visible_unit(request: ActedRequest, pk: int) -> Unit:
    """Return the unit, or 404 for one outside the person's places."""
    unit: Unit = get_object_or_404(units_visible_to(request.actor), pk=pk)
    return unit


def managed_or_404(request: ActedRequest) -> Any:
    """Return the programmes the person appoints for; 404 for anybody else."""
    managed = programmes_managed(request.actor)
    if not managed.exists():
        raise Http404
    return managed


def number(text: str | None) -> int:
    """Return an id from a form, or one that is nobody's."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


def person_of(form: AppointmentForm) -> Person | None:
    """Return the known person, or make the new one; None after naming what is wrong."""
    if form.known:
        return form.known
    password = form.cleaned_data["password"]
    try:
        validate_password(password)
    except ValidationError as weak:
        form.add_error("password", weak)
        return None
    return Person.objects.create_user(
        username=form.cleaned_data["username"],
        password=password,
        name=form.cleaned_data["name"],
    )


def alias_added(form: AliasForm, unit: Unit, by: dict[str, Any]) -> bool:
    """Add the alias; False after saying whose name it already is."""
    name = form.cleaned_data["name"].strip()
    try:
        with transaction.atomic():
            add_alias(unit=unit, name=name, by=by)
    except IntegrityError:
        form.add_error("name", _("该名称在本地区已属于一个单位，请核对。"))
        return False
    return True


def show_unit(
    request: ActedRequest, unit: Unit, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """Render the page of ``unit``, with forms as they were typed."""
    managed = programmes_managed(request.actor)
    manages = managed.exists()
    context = {
        "unit": unit,
        "names": unit.names.order_by("kind", "-valid_from"),
        "holders": holders_of([unit], request.actor).get(unit.pk, []),
        "groups": unit.unit_groups.all(),
        "manages": manages,
        "appointment": forms.get("appointment") or AppointmentForm(programmes=managed),
        "alias": forms.get("alias") or AliasForm(),
        "managed": set(managed.values_list("pk", flat=True)),
    }
    return render(request, "orgs/unit_detail.html", context, status=status)
