"""What happens to organisations in the demo: a hospital is renamed, a supplier is merged, and a filing waits."""

from django.utils.translation import gettext as _

from accounts.actions import Basis, Evidence, Tie, propose_affiliation, propose_renaming, propose_succession
from accounts.models import Filing
from accounts.models.filings import AffiliationKind
from core.clock import legal_date
from procurement.actions import confirm_filing
from procurement.demo.stage import Province

DOCUMENT = b"%PDF-1.4 demonstration: this document is made up"


def keep_register(province: Province) -> None:
    """One registrar files, the other confirms; the last filing waits for the first one."""
    at, (first, second) = province.cast.clock.at, province.registrars
    decision = Evidence(_("decision.pdf"), DOCUMENT)
    hospital, day = province.hospitals[-1].organisation, legal_date(at(40))
    renaming = propose_renaming(
        organisation=hospital,
        name=_("Demo City Hospital"),
        licence=_("Demo licence 42-0006"),
        basis=Basis(day, decision),
        by=first,
        now=at(31),
    )
    confirm_filing(filing=renaming, by=second, now=at(30))
    _first, after, before, *_others = (seat.organisation for seat in province.bidders.values())
    merger = propose_succession(
        kind=Filing.Kind.MERGER,
        organisation=before,
        other=after,
        basis=Basis(legal_date(at(9)), decision),
        by=first,
        now=at(2),
    )
    confirm_filing(filing=merger, by=second, now=at(1, 17))
    one, other, *_rest = (seat.organisation for seat in province.competitors)
    tie = Tie(AffiliationKind.CONTROL, one, other)
    propose_affiliation(tie=tie, basis=Basis(legal_date(at(5)), decision), by=second, now=at(1, 18))
