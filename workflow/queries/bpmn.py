"""The route as BPMN 2.0, drawn by viewflow's own chart."""

from functools import cache
from pathlib import Path

import viewflow
from django.template import Context, Engine
from viewflow.workflow.chart import calc_layout_data

from workflow.flows import TaskFlow


@cache
def engine() -> Engine:
    """Return an engine over viewflow's templates.

    The package itself is not an installed app: it would add middleware of its own.
    """
    templates = Path(viewflow.__file__).parent / "templates"
    libraries = {"l10n": "django.templatetags.l10n"}
    return Engine(dirs=[str(templates)], libraries=libraries)


def route_as_bpmn() -> str:
    """Return the flow's graph, with its layout, as a BPMN 2.0 document."""
    grid = calc_layout_data(TaskFlow)
    template = engine().get_template("viewflow/workflow/graph.bpmn")
    context = {
        "grid": grid,
        "cells": list(grid.cells),
        "edges": grid.edges,
        "process_id": "id_process_task_flow",
        "process_name": str(TaskFlow.process_title),
        "compensations": [],
    }
    return str(template.render(Context(context)))
