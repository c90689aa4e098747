"""What a bidder asks of its own bid. Each point says why it does not hold by raising, and holds if it returns."""

import json
from collections.abc import Mapping
from typing import Any

from checking.material import COMMERCIAL, TECHNICAL, Fails, Material, NotAsked, base64url, decoded, offer_in
from sealing import manifest, tree
from sealing.documents import RECEIPT
from sealing.envelope import parse
from sealing.opening import Outcome, open_with_seed
from sealing.primitives import sha256


def receipt_is_signed(given: Material) -> None:
    """Point 1: the platform signed the receipt, for this tender under this notice, and for the files at hand."""
    receipt = given.receipt
    if receipt.get("format") != RECEIPT:
        raise Fails("not_a_receipt")
    if receipt["kind"] != "refusal" and receipt["terms"] not in [notice.hash for notice in given.notices]:
        raise Fails("other_terms")
    for kind, file in given.own_files.items():
        sealed = receipt.get(kind)
        if not sealed or sealed != {"com": parse(file).header.com, "sha256": sha256(file)}:
            raise Fails("other_file", envelope=kind)
    _passkey_signed(given, receipt)


def _passkey_signed(given: Material, receipt: Mapping[str, Any]) -> None:
    """Where the evidence has the passkey's signature: the receipt names it, and it is over this very submission."""
    proof = given.evidence and given.evidence.get("proof")
    if not proof:
        return
    assertion, hashes = decoded(proof["assertion"]), proof["manifests"]
    sealed = {kind: receipt[kind] for kind in manifest.ENVELOPES if receipt.get(kind)}
    own = manifest.manifest(receipt, prev=receipt["prev"], envelopes=sealed)
    signed = json.loads(base64url(json.loads(assertion)["client_data"]))["challenge"]
    if sha256(assertion) != receipt["proof"] or sha256(own) not in hashes:
        raise Fails("other_proof")
    if base64url(signed) != manifest.challenge(hashes):
        raise Fails("other_proof")


def receipt_is_included(given: Material) -> None:
    """Point 2: the receipt is a leaf under the root, and the bid is on the list of its lot."""
    receipt, close = given.receipt, given.close
    if receipt["kind"] != "bid":
        raise NotAsked("not_a_bid")
    proof = given.evidence["inclusion"] if given.evidence else None
    if not proof:
        raise Fails("no_inclusion")
    if proof["count"] != close["count"] or not tree.includes(close["root"], given.own_leaf, **proof):
        raise Fails("not_included")
    first = TECHNICAL if given.terms["envelopes"] == 2 else COMMERCIAL
    asked = [one for one in given.requests.values() if (one["lot"], one["envelope"]) == (receipt["lot"], first)]
    mine = given.listed.get((receipt["bid"], first))
    if mine and mine["leaf"] != given.own_leaf:
        raise Fails("other_version")
    if first == TECHNICAL and asked and not mine:
        raise Fails("left_out")
    judged = [one for one in given.results.values() if one["lot"] == receipt["lot"]]
    if any(receipt["bid"] not in (*one["passed"], *one["failed"]) for one in judged):
        raise Fails("left_out")


def commitment_opens(given: Material) -> None:
    """Point 5: my seed opens my own file to one payload, and the receipt commits to no other."""
    receipt = given.receipt
    _recovery_is_of(given)
    opened = {kind: seed for kind in given.own_files if (seed := given.own_seed(kind))}
    if not opened:
        raise NotAsked("no_secret")
    for kind, seed in opened.items():
        reopened = open_with_seed(given.own_files[kind], bytes.fromhex(seed))
        if reopened.outcome is not Outcome.OPENED or reopened.header.com != receipt[kind]["com"]:
            raise Fails("does_not_open", envelope=kind)


def price_is_mine(given: Material) -> None:
    """Point 6: the price that was published and ranked is the one that I sealed."""
    receipt = given.receipt
    if receipt["kind"] != "bid":
        raise NotAsked("not_a_bid")
    _recovery_is_of(given)
    bid = receipt["bid"]
    shown = given.opened.get((bid, COMMERCIAL))
    if shown is None or (bid, COMMERCIAL) in given.silent:
        raise NotAsked("price_shut")
    own, seed = given.own_files.get(COMMERCIAL), given.own_seed(COMMERCIAL)
    if own is None or not seed:
        raise NotAsked("no_secret")
    mine = offer_in(open_with_seed(own, bytes.fromhex(seed)).payload)
    if shown["sha256"] != receipt[COMMERCIAL]["sha256"]:
        raise Fails("other_version")
    if mine and shown["outcome"] != Outcome.OPENED:
        raise Fails("opens_for_me")
    ranked = [one for one in given.record["ranking"] if one["bid"] == bid]
    if any(one["price"] != (f"{mine.price:.6f}" if mine else None) for one in ranked):
        raise Fails("other_price")


def _recovery_is_of(given: Material) -> None:
    """A recovery file of another bid or version proves nothing here, and says so."""
    if given.secrets is None:
        return
    for kind, own in given.secrets["envelopes"].items():
        sealed = given.receipt.get(kind)
        if given.secrets["bid"] != given.receipt["bid"] or (sealed and own["sha256"] != sealed["sha256"]):
            raise Fails("other_recovery")
