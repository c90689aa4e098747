"""What of a supplier's shelf stands for a bid, and how the technical envelope names it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from catalogue.shelf_use import Holding, holdings, lines_of
from catalogue.validity import DocumentKind
from core.clock import legal_date
from tenders.models import Bid, Criterion, Tender

# By which words a formal requirement asks for documents of a kind; a bidder changes the answer as it likes.
_ASKED: dict[str, tuple[str, ...]] = {
    DocumentKind.BUSINESS: ("business licence", "营业执照"),
    DocumentKind.PRODUCTION: ("production licence", "manufacturing licence", "生产许可"),
    DocumentKind.DISTRIBUTION: ("distribution licence", "经营许可"),
    DocumentKind.APPROVAL: ("approval", "registration", "批准文", "注册证"),
    DocumentKind.PRACTICE: ("good practice", "gmp", "gsp", "质量管理规范"),
    DocumentKind.QUALITY: ("quality report", "检验报告"),
    DocumentKind.LETTER: ("authorisation", "授权"),
}


def needed_until(tender: Tender) -> date:
    """Until when documents have to hold: the last day of supply, or of bidding where the notice names none."""
    return tender.supply_to or legal_date(tender.deadline)


def documents_of(bid: Bid, now: datetime) -> dict[str, Any]:
    """What a page says of the documents behind a bid."""
    versions = [bid.product_version, *(row.product_version for row in bid.products.select_related(*_PRODUCTS))]
    products = list({version.product_id: version.product for version in versions}.values())
    until = needed_until(bid.tender)
    return {"documents": holdings(products, bid.supplier, legal_date(now), until), "documents_until": until}


_PRODUCTS = ("product_version__product__item", "product_version__product__maker")


def answers_of(criteria: Sequence[Criterion], found: Sequence[Holding]) -> dict[str, str]:
    """What each formal requirement that asks for documents may be answered with, by its key: references and hashes."""
    answers = {}
    for criterion in criteria:
        words = f"{criterion.title} {criterion.guidance}".lower()
        kinds = [kind for kind, asked in _ASKED.items() if any(word in words for word in asked)]
        if criterion.kind == Criterion.Kind.FORMAL and kinds and (lines := lines_of(found, kinds)):
            answers[criterion.key] = lines
    return answers
