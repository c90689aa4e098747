"""The national release of consumable codes, of any size, on its way into the catalogue."""

from catalogue.actions.releases.acts import (
    Discarded,
    apply_release,
    clear_release,
    read_again,
    read_release,
    stage_release,
)
from catalogue.actions.releases.merging import Overtaken

__all__ = [
    "Discarded",
    "Overtaken",
    "apply_release",
    "clear_release",
    "read_again",
    "read_release",
    "stage_release",
]
