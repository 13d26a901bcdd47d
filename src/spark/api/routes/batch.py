"""Many changes of projects in one request."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint

from ...models import ProjectSummary
from ...services.batch import Outcome
from ..answers import BatchResults
from ..described import success_of
from ..errors import log_failure, spark_error_body
from ..http import language, services, success
from ..requests import RunBatch
from .tags import PROJECTS

batch = APIBlueprint("batch", __name__, abp_tags=[PROJECTS])

_TOLD = ("error", "message", "details")
_EACH_BY_ITSELF = (
    "每一项单独成功或失败；响应为 200，按顺序给出每一项的结果。 · "
    "Each operation succeeds or fails by itself; the answer is 200 and tells of every one, in the "
    "order asked for."
)


@batch.post("/batch", responses={200: success_of(BatchResults)}, description=_EACH_BY_ITSELF)
def run_batch(body: RunBatch) -> Response:
    """批量操作 · Delete, restore, move or duplicate up to 100 projects, one after the other."""
    outcomes = services().batch.run(body.operations, language())
    failed = sum(outcome.error is not None for outcome in outcomes)
    return success(
        {
            "results": [_result(outcome) for outcome in outcomes],
            "succeeded": len(outcomes) - failed,
            "failed": failed,
        }
    )


def _result(outcome: Outcome) -> dict[str, Any]:
    operation, project, error = outcome.operation, outcome.project, outcome.error
    result: dict[str, Any] = {
        "action": operation.action,
        "project_id": operation.project_id,
        "ok": error is None,
    }
    if project:
        result["project"] = ProjectSummary.of(project)
    if error:
        log_failure(error)
        body = spark_error_body(error, language())
        result["error"] = {field: body[field] for field in _TOLD if field in body}
    return result
