"""Whether this installation can do its work: `/healthz`, for load balancers and monitors.

It answers 200 when the database and the broker answer and a worker was seen in the last minute, else 503. It
says which of the three fails and nothing about the data. Whether the trail keeps up stands beside them for monitors
and changes no answer: where only that is late, pages and bids must still be reached.
"""

from datetime import UTC, datetime, timedelta

from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from oversight.state import trail_is_late

WORKER_KEY = "worker-seen-at"
WORKER_SEEN_WITHIN = timedelta(minutes=1)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    now = datetime.now(UTC)
    parts = {"database": database_answers(), **broker_and_worker(now=now)}
    healthy = all(parts.values())
    trail = parts["database"] and not trail_is_late(now)
    return JsonResponse({"healthy": healthy, **parts, "trail": trail}, status=200 if healthy else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def broker_and_worker(*, now: datetime) -> dict[str, bool]:
    try:
        seen_at = cache.get(WORKER_KEY)
    except RedisError:
        return {"broker": False, "worker": False}
    return {"broker": True, "worker": seen_at is not None and now - seen_at <= WORKER_SEEN_WITHIN}


def worker_is_alive(*, now: datetime) -> None:
    """Leave the worker's sign of life; it lies in the broker, which a living worker needs anyway."""
    cache.set(WORKER_KEY, now, timeout=int(WORKER_SEEN_WITHIN.total_seconds()))
