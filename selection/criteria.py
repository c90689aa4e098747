"""What a technical envelope is judged by where nothing else was set: a template for each kind of item, which an officer
edits."""

from dataclasses import dataclass


def _(sentence: str) -> str:
    """Mark a sentence for the translation catalogue, unchanged."""
    return sentence


@dataclass(frozen=True)
class UsualCriterion:
    """A formal requirement (no points), or a scored criterion with its highest points. Pages translate its words."""

    title: str
    guidance: str = ""
    points: int = 0


# Composed from criteria that provinces published (Liaoning 2016 and others); the points are an editable default.
_LICENCE = UsualCriterion(_("Business and production or operating licence valid on the day of opening"))
_COMMITMENT = UsualCriterion(_("Signed commitment to supply the whole area at the price bid"))
_SAMPLING = UsualCriterion(_("Quality sampling"), _("Last 24 months: 15 less 5 for each failed batch."), 15)
_COMPANY = (
    UsualCriterion(_("Annual sales"), _("Place between the smallest and the largest bidder × 10."), 10),
    UsualCriterion(_("Rank in the industry"), _("Among the first 100: 10; 200: 7; 400: 4."), 10),
    UsualCriterion(_("Market share of the product"), _("Share divided by the largest share × 10."), 10),
    UsualCriterion(_("Delivery"), _("Counties covered × 5, delivery rate of the last year × 5."), 10),
)
_PAST = UsualCriterion(_("Credit and past performance"), _("5 less one for each breach."), 5)
USUAL_CRITERIA = {
    "drug": (
        _LICENCE,
        UsualCriterion(_("Approval of the product offered valid on the day of opening")),
        UsualCriterion(_("Certificate of good manufacturing practice covering the product offered")),
        _COMMITMENT,
        UsualCriterion(_("Manufacturing practice"), _("Current certificate 20, older 10."), 20),
        _SAMPLING,
        UsualCriterion(_("Production scale"), _("Yearly output of the form: place among bidders × 10."), 10),
        *_COMPANY,
        UsualCriterion(_("Traceability"), _("Trace codes uploaded: 5, else 0."), 5),
        UsualCriterion(_("Innovation and consistency"), _("Consistency evaluation or export: 5, part of it 3."), 5),
        _PAST,
    ),
    "consumable": (
        _LICENCE,
        UsualCriterion(_("Registration or filing of the device offered valid on the day of opening")),
        _COMMITMENT,
        UsualCriterion(_("Quality management"), _("System certified and inspected without a fault 20, else 10."), 20),
        _SAMPLING,
        UsualCriterion(_("Production scale"), _("Yearly output of the product: place among bidders × 10."), 10),
        *_COMPANY,
        UsualCriterion(_("Traceability"), _("Unique device identification (UDI) uploaded: 5, else 0."), 5),
        UsualCriterion(_("Innovation"), _("Approved as an innovative device, or exported: 5, part of it 3."), 5),
        _PAST,
    ),
}
