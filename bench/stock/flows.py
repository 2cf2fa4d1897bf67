"""The row's life as viewflow's guide would write it: ``flow.View`` and its own lock.

The stock wheel has no split over data, so the four branches are drawn by hand.
"""

from typing import Any

from django.http import HttpResponse
from viewflow import this
from viewflow.workflow import flow

from bench.stock.models import StockProcess


def write(request: Any, **_path: int) -> HttpResponse:
    """Save the process and finish the task, as ``UpdateProcessView.form_valid`` does."""
    request.activation.process.progress = "进展"
    request.activation.process.save()
    request.activation.execute()
    return HttpResponse()


class StockFlow(flow.Flow):
    """From dispatch to sign-off, with four units in between."""

    process_class = StockProcess

    issue = flow.StartHandle().Next(this.dispatch)
    dispatch = flow.View(write).Next(this.split)
    split = (
        flow.Split()
        .Next(this.lead)
        .Next(this.support)
        .Next(this.support2)
        .Next(this.implementer)
    )
    lead = flow.View(write).Next(this.join)
    support = flow.View(write).Next(this.join)
    support2 = flow.View(write).Next(this.join)
    implementer = flow.View(write).Next(this.join)
    join = flow.Join().Next(this.conclude)
    conclude = flow.View(write).Next(this.review)
    review = flow.View(write).Next(this.sign_off)
    sign_off = flow.View(write).Next(this.end)
    end = flow.End()
