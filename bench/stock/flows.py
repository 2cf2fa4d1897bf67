"""The row's life as viewflow's guide would write it: every page a ``flow.View``.

The stock wheel has no split over data, so the branches are drawn by hand. The lock is
the one viewflow's own check asks for where there is a join; the right is a permission
on the unit, held through guardian, as ``.Permission(obj=…)`` has it. Whoever took the
first page of a branch has the next ones by ``.Assign``.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.lock import SelectForUpdateLock

from bench.stock.models import StockProcess, StockReport
from orgs.models import Unit

RIGHTS = {"office": "review_for_office", "leader": "sign_off"}


def write(request: Any, **_path: int) -> HttpResponse:
    """Save the process and finish the task, as ``UpdateProcessView.form_valid`` does."""
    request.activation.process.progress = "进展"
    request.activation.process.save()
    request.activation.execute()
    return HttpResponse()


def report(request: Any, **_path: int) -> HttpResponse:
    """Keep a report, or a signature, beside the task and finish it."""
    StockReport.objects.create(
        task=request.activation.task,
        author=request.user,
        progress="完成主体工程。",
        percent=60,
    )
    request.activation.execute()
    return HttpResponse()


def page(view: Callable[..., HttpResponse], who: str) -> Any:
    """Return a page that people with the right on the unit of ``who`` may take."""
    right = RIGHTS.get(who, "work_for_unit")

    def unit_of(process: StockProcess) -> Unit:
        unit: Unit = Unit.objects.get(pk=process.units[who])
        return unit

    return flow.View(view).Permission(f"orgs.{right}", obj=unit_of)


def mine(view: Callable[..., HttpResponse], before: str) -> Any:
    """Return a page that goes to whoever had the page ``before``."""

    def owner(activation: Any) -> Any:
        tasks = activation.process.task_set.select_related("owner")
        return tasks.get(flow_task=getattr(StockFlow, before)).owner

    return flow.View(view).Assign(owner)


class StockFlow(flow.Flow):
    """From dispatch to sign-off, with four units in between and two signatures."""

    process_class = StockProcess
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    issue = flow.StartHandle().Next(this.dispatch)
    dispatch = page(write, "lead").Next(this.split)
    split = (
        flow.Split()
        .Next(this.report_lead)
        .Next(this.report_support)
        .Next(this.report_support2)
        .Next(this.report_implementer)
    )
    report_lead = page(report, "lead").Next(this.submit_lead)
    submit_lead = mine(write, "report_lead").Next(this.join)
    report_support = page(report, "support").Next(this.submit_support)
    submit_support = mine(write, "report_support").Next(this.join)
    report_support2 = page(report, "support2").Next(this.submit_support2)
    submit_support2 = mine(write, "report_support2").Next(this.join)
    report_implementer = page(report, "implementer").Next(this.submit_implementer)
    submit_implementer = mine(write, "report_implementer").Next(this.join)
    join = flow.Join().Next(this.report_result)
    report_result = page(report, "lead").Next(this.sign_support)
    sign_support = page(report, "support").Next(this.sign_support2)
    sign_support2 = page(report, "support2").Next(this.conclude)
    conclude = mine(write, "report_result").Next(this.review)
    review = page(write, "office").Next(this.sign_off)
    sign_off = page(write, "leader").Next(this.end)
    end = flow.End()
