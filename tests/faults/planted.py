"""Thirty-three small faults, each of the kind that a tired developer makes and that would hurt most.

A fault is an exact text of one file and what stands there instead. ``tests`` are meant to find it: the machine of the
whole tender, or of buying, where it can, otherwise the tests of the race or the key that is meant. Where they do not,
a test is missing.
"""

from dataclasses import dataclass

MACHINE = "tests/machine"
PURCHASES = "tests/machine/purchase"
RACES = "tests/concurrency/test_deadline.py"
KEYS = "tests/tenders/test_keys.py"
HOLDS = "tests/tenders/test_holds.py"
SEALING = "tests/sealing"


@dataclass(frozen=True)
class Fault:
    """What is planted: in ``file`` the ``text``, which stands there once, becomes ``instead``."""

    name: str
    file: str
    text: str
    instead: str
    tests: str = MACHINE


FAULTS = (
    Fault(
        "a bid that arrives at the very deadline is taken",
        "tenders/models/bid.py",
        "IF open_until IS NULL OR NEW.received_at >= open_until",
        "IF open_until IS NULL OR NEW.received_at > open_until",
    ),
    Fault(
        "a bid is dated by the beginning of its transaction",
        "tenders/models/bid.py",
        "NEW.received_at := platform_clock();",
        "NEW.received_at := now();",
    ),
    Fault(
        "a bid takes no lock, so that the close does not wait for it",
        "tenders/models/bid.py",
        "PERFORM pg_advisory_xact_lock_shared(hashtextextended('tender', NEW.tender_id));",
        "PERFORM NEW.tender_id;",
        RACES,
    ),
    Fault(
        "the close takes no lock, so that bids in flight are missing from it",
        "tenders/actions/opening/closing.py",
        "        return existing\n    wait_for_bids_in_flight(tender)\n",
        "        return existing\n",
        RACES,
    ),
    Fault(
        "every version of a bid stands, not only the last",
        "tenders/querysets.py",
        "        return self.filter(~models.Exists(newer))\n",
        "        return self.all()\n",
    ),
    Fault(
        "prices are asked for of bids that did not pass",
        "tenders/actions/opening/requesting.py",
        "        return {lot.pk: _passed(lot, listed[lot.pk]) for lot in lots}\n",
        "        return listed\n",
    ),
    Fault(
        "prices are asked for while the result can still be objected to",
        "tenders/rules/opening.py",
        "    if now < facts.final_at:\n        return Obstacle.OBJECTION_TIME\n",
        "",
    ),
    Fault(
        "prices are asked for while an objection waits for its answer",
        "tenders/rules/opening.py",
        "    return Obstacle.HELD if facts.held else None",
        "    return None",
    ),
    Fault(
        "a key goes while the result that ended its lot can still be objected to",
        "tenders/migrations/_by_hand.py",
        "AND result.final_at > platform_clock()",
        "AND result.final_at IS NULL",
        HOLDS,
    ),
    Fault(
        "points of a bid that is not judged again are changed",
        "tenders/actions/evaluation.py",
        "    if carried(lot, evaluator) & {bid.pk for bid in points}:",
        "    if carried(lot, evaluator) & set():",
    ),
    Fault(
        "one opener less than was promised opens an envelope",
        "sealing/envelope.py",
        "for j in range(1, header.k)]",
        "for j in range(1, header.k - 1)]",
        SEALING,
    ),
    Fault(
        "a share is believed that its opener did not sign",
        "tenders/actions/opening/releasing.py",
        'if not complete or body["shares"] != hashes or (',
        "if not complete or (",
    ),
    Fault(
        "a bid sealed to a notice that was amended since is taken",
        "sealing/envelope.py",
        'if name != "minimum_pad" and getattr(header, name)',
        'if name not in ("minimum_pad", "terms") and getattr(header, name)',
    ),
    Fault(
        "one person is enough for an extension",
        "tenders/actions/changes/deciding.py",
        "    if change.proposed_by.person_id == by.person_id:",
        "    if change.approved_by_id == by.pk:",
    ),
    Fault(
        "a deadline can be brought forward",
        "tenders/rules/changes.py",
        "return () if new is None or new > old else",
        "return () if new is None or new != old else",
    ),
    Fault(
        "a receipt is signed with the web server's time, before the database has dated the bid",
        "tenders/actions/bidding/submitting.py",
        "proved(proof.document), bid, submission, version.received_at, version)",
        "proved(proof.document), bid, submission, now, version)",
    ),
    Fault(
        "a receipt does not name the one before it",
        "tenders/actions/bidding/submitting.py",
        '        prev=before or "",\n',
        '        prev="",\n',
    ),
    Fault(
        "a refused submission leaves nothing behind",
        "tenders/actions/bidding/submitting.py",
        "        return record_refusal(bid=bid, submission=submission, refusal=refusal, by=by, now=now)\n",
        "        raise refusal\n",
    ),
    Fault(
        "a key that was used for another submission gets that one's receipt",
        "tenders/actions/bidding/submitting.py",
        "    if earlier.version and (",
        "    if not earlier and (",
    ),
    Fault(
        "seals are deleted while enough openers still hold their keys",
        "tenders/actions/opening/destroying.py",
        "    if keys_left(tender) == tender.openers_needed - 1:\n",
        "    if keys_left(tender) == tender.openers_needed:\n",
    ),
    Fault(
        "an opener need not open the canary",
        "tenders/actions/keys.py",
        "        keys.check_canary_answer(asked, answer, sign_public=opener.signing_key)\n",
        "",
        KEYS,
    ),
    Fault(
        "an opener signs any list of keys, and not the one that is printed",
        "tenders/actions/keys.py",
        "    if signed.hash != printed:\n",
        "    if not signed.hash:\n",
        KEYS,
    ),
    Fault(
        "more is ordered than the contract lets a hospital buy",
        "contracts/actions/planning.py",
        "        if fitting is not None and row.packs > fitting:\n",
        "        if fitting is not None and row.packs > fitting + 1:\n",
        PURCHASES,
    ),
    Fault(
        "two models of one order do not share what remains of the maximum",
        "contracts/actions/planning.py",
        "        left[volume.pk] += row.packs * asked.units\n",
        "",
        PURCHASES,
    ),
    Fault(
        "what is released does not go back to the agreed volume",
        "contracts/actions/locks.py",
        "    AgreedVolume.objects.add(ordered=units)\n",
        "",
        PURCHASES,
    ),
    Fault(
        "packs that were not confirmed stay drawn",
        "contracts/actions/orders.py",
        "    release({key: missing for key, missing in rest.items() if missing}, lines)\n",
        "",
        PURCHASES,
    ),
    Fault(
        "more is sent than was confirmed",
        "contracts/actions/deliveries.py",
        "        if batch.packs > left[batch.line]:\n",
        "        if batch.packs > left[batch.line] + 1:\n",
        PURCHASES,
    ),
    Fault(
        "a batch is sent that expires too soon",
        "contracts/actions/deliveries.py",
        "        if life < minimum_life:\n",
        "        if life < minimum_life - 1:\n",
        PURCHASES,
    ),
    Fault(
        "a verdict is about more packs than were sent",
        "contracts/actions/deliveries.py",
        "    if sum(counts) != delivered:\n",
        "    if sum(counts) < delivered:\n",
        PURCHASES,
    ),
    Fault(
        "each part of a delivery is rounded by itself",
        "contracts/rules.py",
        "    return line_amount(price, accepted_before + accepted) - line_amount(price, accepted_before)\n",
        "    return line_amount(price, accepted)\n",
        PURCHASES,
    ),
    Fault(
        "a verdict that was reversed is still owed",
        "contracts/actions/reversals.py",
        "    _owe_less(acceptance, lines[line.order_line_id])\n",
        "",
        PURCHASES,
    ),
    Fault(
        "a verdict is reversed although something of it was paid",
        "contracts/actions/reversals.py",
        "    if payables[0].paid:\n",
        "    if payables[0].is_settled:\n",
        PURCHASES,
    ),
    Fault(
        "more is paid than is open",
        "contracts/actions/debts.py",
        "        elif amount > payable.open_amount:\n",
        "        elif amount > payable.amount:\n",
        PURCHASES,
    ),
)
