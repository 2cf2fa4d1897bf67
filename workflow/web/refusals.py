"""One place that turns a refusal into a page: 403, 404, 409 or 422."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from workflow.refusals import NotAllowed, NotFound, NotPossible, Refused, Stale

Answer = Callable[[HttpRequest], HttpResponse]

# The browser's own fields, which are of no use to a person who typed.
UNTYPED = {"csrfmiddlewaretoken", "version"}


class RefusalMiddleware:
    """Answers a ``Refused`` raised by a view with its status and its sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the view answer."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Answer a refusal; leave anything else to Django."""
        if not isinstance(exception, Refused):
            return None
        return refused(request, exception)


def refused(
    request: HttpRequest, refusal: Refused, labels: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return the page of ``refusal``, with what was typed so that it is not lost.

    ``labels`` names the fields worth showing, by the form's words for them.
    """
    context = {
        "status": refusal.status,
        "sentence": refusal.sentence,
        "advice": advice(refusal),
        "typed": typed(request) if labels is None else labelled(request, labels),
    }
    return render(request, "error.html", context, status=refusal.status)


def advice(refusal: Refused) -> str:
    """Return what to do next, by the kind of refusal."""
    told = {
        NotAllowed: _("如需办理，请联系本单位负责人或督办办公室核对您的岗位。"),
        NotFound: _("请从清单或工作台重新进入。"),
        Stale: _("请返回刷新页面，按最新状态办理；您填写的内容列在下方，可复制使用。"),
        NotPossible: _("请返回上一页，按提示补充后重新提交。"),
    }
    return told.get(type(refusal), "")


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the person typed into the refused form: (field, text)."""
    return [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if isinstance(text, str) and text.strip() and name not in UNTYPED
    ]


def labelled(request: HttpRequest, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what was typed into the fields that ``labels`` names: (words, text)."""
    return [(labels[name], text) for name, text in typed(request) if name in labels]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is out of date, keeping what was typed."""
    sentence = _("页面已过期，本次提交没有保存。")
    context = {
        "status": 403,
        "sentence": sentence,
        "advice": _("请返回上一页刷新后重新提交；您填写的内容列在下方，可复制使用。"),
        "typed": typed(request),
    }
    return render(request, "error.html", context, status=403)
