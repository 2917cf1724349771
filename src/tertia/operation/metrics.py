"""What a monitor asks: requests and their times of every worker, jobs, letters, the journal, the last backup; OpenMetrics at `/metrics`.

Requests are counted by the name of the page, never by address, person or network. With several processes the counts of all are added up,
through files in the data folder (prometheus_client's multiprocess mode; `tertia serve` sets it up).
"""

from __future__ import annotations

import datetime as dt
import hmac
import logging
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest

from tertia import __version__

__all__ = ["live", "measure", "metrics", "ready"]

log = logging.getLogger("tertia.requests")
OWN = CollectorRegistry()
REQUESTS = Counter("tertia_requests", "Requests by page, method and kind of answer.", ["page", "method", "answer"], registry=OWN)
SECONDS = Histogram(
    "tertia_request_seconds",
    "Seconds that answers took.",
    ["made"],
    registry=OWN,
    buckets=(0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


def measure(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count every answer and how long it took. The log, where it is asked for (TERTIA_LOG_REQUESTS), says the page and not the address."""

    def middleware(request: Any) -> HttpResponse:
        began = time.perf_counter()
        answer = get_response(request)
        took = time.perf_counter() - began
        page = page_of(request, answer)
        method = request.method if request.method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE") else "other"
        REQUESTS.labels(page, method, f"{answer.status_code // 100}xx").inc()
        SECONDS.labels("kept" if page == "kept" else "made").observe(took)
        if settings.TERTIA_LOG_REQUESTS:
            log.info("request", extra={"page": page, "method": method, "status": answer.status_code, "ms": round(took * 1000, 1)})
        return answer

    return middleware


def page_of(request: Any, answer: Any) -> str:
    """The name of a page: `kept` where a kept one was answered, `file` for styles, `none` where there is no such page."""
    if answer.get("X-Page") == "kept":
        return "kept"
    match = getattr(request, "resolver_match", None)
    if match is None:
        return "file" if request.path.startswith(settings.STATIC_URL) else "none"
    return str(match.view_name or "other")


class _OfTheDatabase:
    """Gauges that are read when somebody asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        from tertia.core.jobs.models import Job  # app start
        from tertia.core.messages.models import Message  # app start
        from tertia.core.records.models import Record  # app start
        from tertia.operation.state import overdue_since, unsealed_events  # app start

        now = timezone.now()
        yield _gauge("tertia_version", "The version that runs.", [((__version__,), 1.0)], ["version"])
        states = Job.objects.order_by().values_list("state").annotate(n=Count("pk"))
        yield _gauge("tertia_jobs", "Jobs by state.", [((s,), float(n)) for s, n in states], ["state"])
        oldest = overdue_since(now)
        yield _gauge(
            "tertia_job_wait_seconds",
            "How long the job that waits longest is overdue.",
            [((), (now - oldest).total_seconds() if oldest else 0.0)],
        )
        waiting = Message.objects.filter(sent_at=None).count()
        yield _gauge("tertia_letters_waiting", "Letters that have not gone out.", [((), float(waiting))])
        kinds = Record.objects.order_by().values_list("kind").annotate(n=Count("pk"))
        yield _gauge("tertia_records", "Records by kind.", [((k,), float(n)) for k, n in kinds], ["kind"])
        yield _gauge(
            "tertia_events_unsealed",
            "Events of the journal that wait for their seal.",
            [((), float(unsealed_events().count()))],
        )
        yield _gauge("tertia_backup_age_seconds", "Age of the last backup; minus one where there is none.", [((), _backup_age(now))])


def _gauge(name: str, words: str, rows: list[tuple[tuple[str, ...], float]], labels: list[str] | None = None) -> GaugeMetricFamily:
    made = GaugeMetricFamily(name, words, labels=labels or [])
    for values, number in rows:
        made.add_metric(list(values), number)
    return made


def _backup_age(now: dt.datetime) -> float:
    from tertia.operation.state import last_backup  # app start

    found = last_backup()
    return (now - found[0]).total_seconds() if found else -1.0


def metrics(request: Any) -> HttpResponse:
    """For whoever bears TERTIA_METRICS_TOKEN; without one there is no such page."""
    wanted, given = settings.TERTIA_METRICS_TOKEN, request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not wanted or not hmac.compare_digest(wanted.encode(), given.encode()):
        raise Http404
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Own())  # type: ignore[arg-type]
    registry.register(_OfTheDatabase())  # type: ignore[arg-type]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Own:
    def collect(self) -> Iterator[Any]:
        yield from OWN.collect()


def live(request: Any) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: Any) -> HttpResponse:
    """The database answers and has the tables of this version, and the data folder can be written. 503 says which is not."""
    from django.db import DatabaseError  # app start

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("database", status=503, content_type="text/plain")
    if not os.access(settings.HOME, os.W_OK):
        return HttpResponse("home", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
