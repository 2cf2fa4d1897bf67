"""Rendering of the review, whole or only what an answer has changed."""

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import render

from intake.models import Document
from intake.models.documents import DocumentState
from intake.queries.review import printed_tables, review_of
from intake.web.forms import RegisterForm
from orgs.web.middleware import ActedRequest


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer was not taken: at which question, and what had been typed."""

    subject: str
    sentence: str
    typed: dict[str, str] = field(default_factory=dict)


def show_review(
    request: ActedRequest,
    document: Document,
    *,
    problem: Problem | None = None,
    register: RegisterForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the review page, or its parts for a request of htmx."""
    context = {
        "document": document,
        "review": review_of(document),
        "editable": document.state == DocumentState.REVIEW,
        "problem": problem,
        "register": register or RegisterForm(initial={"title": document.title}),
    }
    if request.headers.get("HX-Request"):
        return render(request, "intake/_answered.html", context, status=status)
    context["tables"] = printed_tables(document)
    return render(request, "intake/document_review.html", context, status=status)
