"""How long the state machines run."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.torture.scale import scaled

LIMITS = settings(
    max_examples=scaled(30, 3000),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,
)
