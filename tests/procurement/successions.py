"""Two registrars, and what they make of an organisation."""

from datetime import datetime, timedelta

from accounts.actions import Basis, Evidence, propose_closure, propose_liquidation, propose_succession
from accounts.models import Filing, Organisation, Seat
from core.clock import legal_date
from procurement.actions import confirm_filing
from tests.world import NOW, World

LATER = NOW + timedelta(days=40)
PAPER = Evidence("decision.pdf", b"%PDF the decision of the authority")


class Register:
    """The register of organisations, kept by two people."""

    def __init__(self, world: World) -> None:
        self.first, self.second = (world.seat(world.agency, "registrar") for _each in range(2))

    def file(
        self, before: Organisation, after: Organisation, kind: str = Filing.Kind.MERGER, now: datetime = LATER
    ) -> Filing:
        basis = Basis(legal_date(now), PAPER)
        return propose_succession(kind=kind, organisation=before, other=after, basis=basis, by=self.first, now=now)

    def confirm(self, filing: Filing, now: datetime = LATER) -> Filing:
        return confirm_filing(filing=filing, by=self.second, now=now)

    def succeed(
        self, before: Organisation, after: Organisation, kind: str = Filing.Kind.MERGER, now: datetime = LATER
    ) -> Filing:
        return self.confirm(self.file(before, after, kind, now), now)

    def liquidate(self, organisation: Organisation, administrator: Seat, now: datetime = LATER) -> Filing:
        basis = Basis(legal_date(now), PAPER)
        facts = {"organisation": organisation, "administrator": administrator, "basis": basis}
        return self.confirm(propose_liquidation(**facts, by=self.first, now=now), now)

    def close(self, organisation: Organisation, now: datetime = LATER) -> Filing:
        basis = Basis(legal_date(now), PAPER)
        return self.confirm(propose_closure(organisation=organisation, basis=basis, by=self.first, now=now), now)
