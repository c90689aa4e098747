"""The rule sets that ship with the product."""

from datetime import date, datetime
from typing import Any

from core.actions import action
from core.clock import legal_date
from tenders.models import RuleSet
from tenders.rules.ruleset import PRESETS, to_json


@action
def install_rule_sets(*, now: datetime) -> list[RuleSet]:
    """Write every preset that is missing, or that has changed, as its next version. Returns the newest of each."""
    return write_presets(RuleSet, legal_date(now))


def write_presets(model: Any, today: date) -> list[Any]:
    """The same for a migration, which has a model of its own time."""
    newest = []
    for preset in PRESETS:
        body = to_json(preset.rules)
        last = model.objects.filter(code=preset.code).order_by("-version").first()
        if last is None or last.body != body:
            last = model.objects.create(
                code=preset.code,
                version=last.version + 1 if last else 1,
                title=preset.title,
                source=preset.source,
                valid_from=today if last else preset.since,
                body=body,
            )
        newest.append(last)
    return newest
