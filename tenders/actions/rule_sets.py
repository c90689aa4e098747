"""The rule sets that ship with the product."""

from datetime import datetime

from core.actions import action
from core.clock import legal_date
from core.events import record
from selection.presets import PRESETS
from selection.ruleset import to_json
from tenders.models import RuleSet, Verb


@action
def install_rule_sets(*, now: datetime) -> list[RuleSet]:
    """Write every preset that is missing, or that has changed, as its next version. Returns the newest of each.

    Every installation does so after its migrations, so that an upgrade brings the presets of its release.
    """
    newest = []
    for preset in PRESETS:
        body = to_json(preset.rules)
        last = RuleSet.objects.filter(code=preset.code).order_by("-version").first()
        if last is None or last.body != body:
            last = RuleSet.objects.create(
                code=preset.code,
                version=last.version + 1 if last else 1,
                title=preset.title,
                source=preset.source,
                valid_from=legal_date(now) if last else preset.since,
                body=body,
            )
            verb, version = Verb.RULE_SET_INSTALLED, last.version
            record(verb, last.code, by=None, now=now, title=last.title, version=version)
        newest.append(last)
    return newest
