"""One step in the life of a thing, as the steps bar draws it."""

from datetime import date, datetime
from typing import Any


def step(label: str, at: date | datetime | None, *, now: bool = False, stopped: bool = False) -> dict[str, Any]:
    """A step is done once it has a date; ``now`` is for the one that is waited for."""
    state = "stopped" if stopped else "done" if at else "now" if now else "next"
    return {"label": label, "on": at, "state": state}
