"""What an opener's program is given: requests with its own seals, what proves them, and minutes to sign.

Nothing of envelopes that are not listed, never a body, never another opener's seal.
"""

from collections.abc import Sequence
from typing import Any

from sealing import tree
from sealing.ceremony import PACKAGE
from sealing.envelope import parse
from tenders.actions.opening.unlocking import Listed, listed_in
from tenders.call import published_call
from tenders.models import Close, Minutes, Opener, OpeningRequest, Receipt, TechnicalResult


def opener_package(opener: Opener) -> dict[str, Any]:
    """The package of an opener's place in a closed tender, format opener-package/2; with nothing in it before."""
    tender = opener.tender
    close = Close.objects.filter(tender=tender).first()
    waiting = list(OpeningRequest.objects.waiting_for(pk=opener.pk).select_related("lot__tender"))
    earlier = OpeningRequest.objects.filter(tender=tender).exclude(pk__in=[request.pk for request in waiting])
    results = TechnicalResult.objects.filter(lot__tender=tender)
    call = published_call(tender)
    proofs = _proofs(tender) if close else {}
    unsigned = Minutes.objects.to_be_signed(pk=opener.pk)
    asked = [_asked(request, opener.place, proofs) for request in waiting]
    return {
        "format": PACKAGE,
        "tender": tender.reference,
        "place": opener.place,
        "notice": bytes(tender.notice).decode() if tender.notice else "",
        "close": bytes(close.document).decode() if close else "",
        "call": bytes(call.document).decode() if call else "",
        "requests": [given for given, _names in asked],
        "results": _texts(results, "document"),
        "earlier": _texts(earlier, "document"),
        "releases": _texts(opener.releases, "document"),
        "minutes": _texts(unsigned, "body"),
        "names": {bid: name for _given, names in asked for bid, name in names.items()},
    }


def _texts(rows: Any, column: str) -> list[str]:
    return [bytes(document).decode() for document in rows.values_list(column, flat=True)]


def _proofs(tender: Any) -> dict[str, dict[str, Any]]:
    """By leaf: the receipt, and the path by which the close's root contains it."""
    documents = Receipt.objects.committed_by(tender).values_list("document", flat=True)
    receipts = {tree.leaf(bytes(document).partition(b"\n")[0]): bytes(document).decode() for document in documents}
    leaves = sorted(receipts)
    return {
        leaf: {"receipt": receipts[leaf], "index": index, "count": len(leaves), "path": path}
        for index, (leaf, path) in enumerate(zip(leaves, tree.inclusion_paths(leaves), strict=True))
    }


def _asked(
    request: OpeningRequest, place: int, proofs: dict[str, dict[str, Any]]
) -> tuple[dict[str, Any], dict[str, str]]:
    """One request with its entries, and whose envelopes they are, in words."""
    listed = listed_in(request)
    given = {
        "document": bytes(request.document).decode(),
        "entries": [
            proofs[entry["leaf"]] | _seal(one, place) for entry, one in zip(request.entries, listed, strict=True)
        ],
    }
    return given, _names(listed)


def _seal(listed: Listed, place: int) -> dict[str, str]:
    """The header, and the seal of this place alone; both empty where the stored file is not the one received."""
    if listed.file is None or listed.for_openers is None:
        return {"header": "", "seal": ""}
    parsed = parse(listed.for_openers)
    return {"header": parsed.header_bytes.decode(), "seal": parsed.seals[place - 1].hex()}


def _names(listed: Sequence[Listed]) -> dict[str, str]:
    return {
        one.version.bid.reference: f"{one.version.bid.supplier.name}: {one.version.bid.product_version}"
        for one in listed
    }
