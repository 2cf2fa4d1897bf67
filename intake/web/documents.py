"""Pages of documents: the index with the upload, the review, and what comes of it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from files.store import open_file
from intake.actions.discard import discard
from intake.actions.register_document import register_document
from intake.actions.upload import take_in
from intake.queries.documents import document_for, documents_of, programmes_of
from intake.web.forms import RegisterForm, UploadForm
from intake.web.review import Problem, show_review
from orgs.web.middleware import ActedRequest
from workflow.refusals import NotAllowed, NotPossible

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def document_index(request: ActedRequest) -> HttpResponse:
    """Show the documents of the person's programmes, or take a new one in."""
    programmes = programmes_of(request.actor)
    if not programmes.exists():
        raise NotAllowed(_("只有督办办公室可以导入和核对清单。"))
    if request.method != "POST":
        return show_index(request, UploadForm(programmes=programmes))
    form = UploadForm(request.POST, request.FILES, programmes=programmes)
    if not form.is_valid():
        return show_index(request, form, status=422)
    try:
        document = take_in(
            programme=form.cleaned_data["programme"],
            file=form.cleaned_data["file"],
            by=request.actor,
            now=timezone.now(),
        )
    except NotPossible as refusal:
        form.add_error("file", refusal.sentence)
        return show_index(request, form, status=422)
    return redirect("intake:document-review", pk=document.pk)


def show_index(
    request: ActedRequest, form: UploadForm, *, status: int = 200
) -> HttpResponse:
    """Render the index, the upload's form as it was sent."""
    context = {"form": form, "documents": documents_of(request.actor)[:SHOWN]}
    return render(request, "intake/document_index.html", context, status=status)


@require_safe
def document_review(request: ActedRequest, pk: int) -> HttpResponse:
    """Show the document beside its reading, with what needs a person first."""
    document = document_for(request.actor, pk)
    return show_review(request, document)


@require_safe
def document_file(request: ActedRequest, pk: int) -> FileResponse:
    """Give back the file as it was sent."""
    document = document_for(request.actor, pk)
    return FileResponse(
        open_file(document.file), as_attachment=True, filename=document.file.name
    )


@require_POST
def document_register(request: ActedRequest, pk: int) -> HttpResponse:
    """Make the draft list (立项) and go to it, where it can be issued."""
    document = document_for(request.actor, pk)
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return show_review(request, document, register=form, status=422)
    title: str = form.cleaned_data["title"]
    try:
        task_list = register_document(
            document=document, title=title, by=request.actor, now=timezone.now()
        )
    except NotPossible as refusal:
        problem = None if refusal.field else Problem("register", refusal.sentence)
        if refusal.field:
            form.add_error("title", refusal.sentence)
        return show_review(
            request, document, problem=problem, register=form, status=422
        )
    said: dict[str, Any] = {"title": task_list.title}
    messages.success(request, _("已立项：《%(title)s》。核对无误后即可交办。") % said)
    return redirect("workflow:list-detail", pk=task_list.pk)


@require_POST
def document_discard(request: ActedRequest, pk: int) -> HttpResponse:
    """Put away a document that came in by mistake."""
    document = document_for(request.actor, pk)
    discard(document=document, by=request.actor, now=timezone.now())
    messages.success(request, _("已移除：%(name)s。") % {"name": document.file.name})
    return redirect("intake:document-index")
