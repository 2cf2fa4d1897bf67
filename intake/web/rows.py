"""The page of one row of a document: as printed, as understood, and to be mended."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.actions.answer import correct_row
from intake.meanings import Meanings
from intake.models import Document
from intake.models.documents import DocumentState
from intake.queries.documents import document_for
from intake.queries.review import shown_row
from intake.web.forms import CorrectionForm
from orgs.web.middleware import ActedRequest
from workflow.refusals import NotPossible, Stale


@require_http_methods(["GET", "HEAD", "POST"])
def row_detail(request: ActedRequest, pk: int, position: int) -> HttpResponse:
    """Show one row with the words it was read from, or correct its units."""
    document = document_for(request.actor, pk)
    if not 1 <= position <= len(document.reading.get("tasks", [])):
        raise Http404
    if request.method != "POST":
        return show_row(
            request, document, position, CorrectionForm.of(document, position)
        )
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return show_row(request, document, position, form, status=422)
    try:
        correct_row(
            document=document,
            position=position,
            cells=form.cleaned_data,
            seen=form.cleaned_data["seen"],
            by=request.actor,
            now=timezone.now(),
        )
    except (NotPossible, Stale) as refusal:
        place = refusal.field if refusal.field in form.fields else None
        form.add_error(place, refusal.sentence)
        return show_row(request, document, position, form, status=refusal.status)
    return redirect("intake:document-review", pk=pk)


def show_row(
    request: ActedRequest,
    document: Document,
    position: int,
    form: CorrectionForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render the row, with the correction as it was typed."""
    meanings = Meanings(document)
    task = meanings.tasks[position - 1]
    last = len(meanings.tasks)
    context = {
        "document": document,
        "editable": document.state == DocumentState.REVIEW,
        "row": shown_row(meanings, position, task),
        "form": form,
        "previous": position - 1,
        "next": position + 1 if position < last else None,
    }
    return render(request, "intake/row_detail.html", context, status=status)
