"""Changes of a published tender for tests: proposed by one officer, approved by another.

extended(stage, days=7)
amended(stage, ceiling_price="18.00")        # of the first lot
new_terms(stage.tender, summary="More")      # what the notice says, with one thing changed
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tenders.actions.changes import approve_change, propose_amendment, propose_extension
from tenders.actions.changes.checks import terms_of
from tenders.models import Change, Tender
from tenders.rules.changes import NoticeTerms
from tests.tenders.bids import clock_at, fresh
from tests.tenders.stage import Stage
from tests.world import NOW


def new_terms(tender: Tender, *, ceiling_price: str = "", **changes: Any) -> NoticeTerms:
    """The terms of the tender's notice with some of them changed; ``ceiling_price`` is the first lot's."""
    terms = terms_of(fresh(tender))
    if ceiling_price:
        first, *others = terms.lots
        terms = replace(terms, lots=(replace(first, ceiling_price=Decimal(ceiling_price)), *others))
    return replace(terms, **changes)


def approved(stage: Stage, change: Change, *, at: datetime = NOW) -> Change:
    """The change after the second officer approved it, when the database's clock shows ``at``."""
    with clock_at(at):
        change = approve_change(change=change, by=stage.officer, now=at)
    stage.tender = fresh(stage.tender)
    return change


def proposed_extension(stage: Stage, deadline: datetime | None = None, *, days: int = 7, at: datetime = NOW) -> Change:
    deadline = deadline or stage.tender.deadline + timedelta(days=days)
    return propose_extension(
        tender=stage.tender, deadline=deadline, reason="Bidders asked for more time", by=stage.world.preparer, now=at
    )


def extended(stage: Stage, *, days: int = 7, at: datetime = NOW) -> Change:
    return approved(stage, proposed_extension(stage, days=days, at=at), at=at)


def proposed_amendment(stage: Stage, *, deadline: datetime | None = None, at: datetime = NOW, **changes: Any) -> Change:
    return propose_amendment(
        tender=stage.tender,
        terms=new_terms(stage.tender, **changes or {"ceiling_price": "18.00"}),
        reason="The market has moved",
        deadline=deadline,
        by=stage.world.preparer,
        now=at,
    )


def amended(stage: Stage, *, at: datetime = NOW, **changes: Any) -> Change:
    return approved(stage, proposed_amendment(stage, at=at, **changes), at=at)
