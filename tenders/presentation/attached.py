"""The documents of a tender as pages show them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import Seat
from tenders.models import Tender, TenderDocument
from tenders.notice import PublishedNotice


@dataclass(frozen=True)
class Attached:
    """A document without its bytes; ``named``: whether the notice that holds names it."""

    number: int
    kind: str
    label: str
    name: str
    sha256: str
    named: bool


def attached_to(tender: Tender, seat: Seat) -> list[Attached]:
    """What is attached: for others than the agency and auditors only what the notice names."""
    named = {one["sha256"] for one in PublishedNotice.of(tender).body.get("documents", ())} if tender.terms else set()
    whole = seat.organisation_id == tender.agency_id or seat.reads_the_trail
    rows = [
        Attached(one.number, one.kind, one.get_kind_display(), one.name, one.sha256, one.sha256 in named)
        for one in tender.documents.order_by("number").defer("content")
    ]
    return [row for row in rows if whole or row.named]


def published_documents(tender: Tender) -> QuerySet[TenderDocument]:
    """Those that any notice of the tender has named: what was published once stays readable."""
    named = {one["sha256"] for notice in tender.notices.all() for one in notice.body.get("documents", ())}
    return tender.documents.filter(sha256__in=named)
