"""How the bot stands as Prometheus reads it. Needs the extra `metrics`.

Numbers alone: the only labels are what became of messages and the program's version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, InfoMetricFamily

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.core import Metric

    from bot.health.vitals import Vitals

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "second_opinion_"


def exposition(vitals: Vitals) -> bytes:
    """Give all metrics in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(vitals))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Collected:
    """What a registry asks for metrics."""

    def __init__(self, vitals: Vitals) -> None:
        self._vitals = vitals

    def describe(self) -> tuple[Metric, ...]:
        return ()

    def collect(self) -> Iterator[Metric]:
        vitals = self._vitals
        yield InfoMetricFamily(f"{PREFIX}build", "The program.", {"version": vitals.version})
        for name, (meaning, value) in _gauges(vitals).items():
            yield GaugeMetricFamily(PREFIX + name, meaning, float(value))
        counted = CounterMetricFamily(f"{PREFIX}messages", "What became of messages.", labels=["outcome"])
        for outcome, number in sorted(vitals.counted.items()):
            counted.add_metric([str(outcome)], number)
        yield counted
        bounds = (*map(str, vitals.replies.bounds), "+Inf")
        classes = list(zip(bounds, vitals.replies.cumulative, strict=True))
        meaning = "Seconds from a message's arrival to its reply."
        yield HistogramMetricFamily(f"{PREFIX}reply_seconds", meaning, classes, vitals.replies.sum)


def _gauges(vitals: Vitals) -> dict[str, tuple[str, float]]:
    """Give each gauge's name with its meaning and value."""
    store, book, backup = vitals.store, vitals.book, vitals.backup
    return {
        "healthy": ("1 where members are answered as they should be.", not vitals.reasons),
        "notes": ("How much there is to look at though members are answered.", len(vitals.notes)),
        "ready": ("1 while connected to Discord.", vitals.ready),
        "uptime_seconds": ("Since the program began to serve.", vitals.uptime),
        "quiet_seconds": ("Since the last sign of life of Discord's.", vitals.quiet),
        "loop_lag_seconds": ("The worst lateness of the event loop in the last minute.", vitals.lag),
        "waiting": ("Messages that wait for their turn.", vitals.waiting),
        "in_flight": ("What is being worked on.", vitals.in_flight),
        "ranking_processes": ("Processes that have indexed the book that is served.", vitals.rankers),
        "open_claims": ("Replies of which it is not noted that they were sent.", store.open_claims),
        "outbox_waiting": ("What is to be done later.", store.outbox),
        "outbox_overdue_seconds": ("For how long the oldest of it could have been done.", store.overdue),
        "storage_failing": ("1 while the database cannot be read or written.", bool(store.trouble)),
        "database_bytes": ("The size of the database.", store.database_bytes),
        "wal_bytes": ("The size of its write-ahead log.", store.log_bytes),
        "disk_free_bytes": ("What is free on its disk.", vitals.disk_free),
        "book_entries": ("Entries of the knowledge files that are served.", book.entries),
        "book_current": ("1 where the files as they stand are served.", book.is_current),
        "book_loaded_timestamp_seconds": ("When what is served was first read.", book.loaded.timestamp()),
        "backup_timestamp_seconds": (
            "When the newest verified backup was made; 0: there is none.",
            backup.made.timestamp() if backup.made else 0,
        ),
        "backup_failing": ("1 where the last attempt at a backup failed.", bool(backup.trouble)),
    }
