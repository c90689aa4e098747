"""What the check says of rules that somebody writes, in sentences: part, field, row and what is wrong there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Fault, Refused
from selection.ruleset import Flaw, TenderRules, Unfit, flaws, from_json

SENTENCES = {
    "range": gettext_lazy("This number lies out of its bounds."),
    "gap": gettext_lazy("Row %(row)s is missing: every number needs one, or a rule for what lies beyond the table."),
    "row": gettext_lazy("Row %(row)s gives nothing, or more than there are."),
    "unknown": gettext_lazy("This is none of the rules that the platform knows."),
    "sum": gettext_lazy("Row %(row)s: the shares do not add up to 1."),
    "last": gettext_lazy("Lots drawn come last: they alone always decide."),
    "twice": gettext_lazy("A rule stands here twice."),
    "needs": gettext_lazy("This asks for something that another part does not give."),
    "document": gettext_lazy("This is not written as the format asks: %(why)s"),
}


@dataclass(frozen=True)
class RuleFault:
    """What is wrong with rules: ``part`` and ``field``, the ``row`` of a table, a ``code``, and a sentence."""

    part: str
    field: str
    row: str
    code: str
    message: str


def faults_of(body: Mapping[str, Any]) -> list[RuleFault]:
    """All that the check finds in a document of rules; nothing in one that is whole."""
    try:
        return [_said(flaw) for flaw in flaws(from_json(body))]
    except Unfit as unfit:
        message = SENTENCES["document"] % {"why": unfit.why}
        return [RuleFault(unfit.part, unfit.field, "", "document", message)]


def require_document(body: Mapping[str, Any]) -> TenderRules:
    """The rules of a document. Refused at part and field where it is none."""
    try:
        return from_json(body)
    except Unfit as unfit:
        told = ".".join(word for word in ("body", unfit.part, unfit.field) if word)
        message = SENTENCES["document"] % {"why": unfit.why}
        raise Refused(message, field=told, code="document") from None


def require_whole(body: Mapping[str, Any]) -> None:
    """Refuse rules in which the check finds a fault, with all of them."""
    require_document(body)
    found = faults_of(body)
    if found:
        faults = [Fault(one.message, f"{one.part}.{one.field}", _row(one), f"rules_{one.code}") for one in found]
        raise Refused(_("The check finds faults in these rules."), code="rules", faults=faults)


def _row(fault: RuleFault) -> int | None:
    return int(fault.row) if fault.row else None


def _said(flaw: Flaw) -> RuleFault:
    row = "" if flaw.row is None else str(flaw.row)
    return RuleFault(flaw.part, flaw.field, row, flaw.code, SENTENCES[flaw.code] % {"row": row})
