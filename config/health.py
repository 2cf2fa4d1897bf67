"""Whether the process lives and whether it can serve; for probes, so in plain JSON."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process lives."""
    return JsonResponse({"status": "ok"})


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether the database is there with all its migrations (503 if not)."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    status = "migrations pending" if pending else "ok"
    return JsonResponse({"status": status}, status=503 if pending else 200)
