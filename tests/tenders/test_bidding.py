"""A supplier prepares, submits, replaces and withdraws; each act is one appended row and one receipt."""

import pytest
from django.db import DatabaseError

from catalogue.actions import Letter, authorise
from catalogue.models import Maker, ProductVersion
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from sealing.envelope import MAGIC
from tenders.actions.bidding import (
    SubmissionRefused,
    prepare_bid,
    submit_bid,
    submit_or_record_refusal,
    withdraw_bid,
)
from tenders.forms.bidding import PrepareBidForm
from tenders.models import Bid, BidVersion, Receipt
from tests.arranging import arranged
from tests.ruling import ruled
from tests.tenders.bids import (
    HOUR,
    a_bid,
    ask,
    bids_in,
    body_of,
    by_hand,
    clock_at,
    handed_in,
    sealed,
    sealed_pair,
    submission_of,
)
from tests.tenders.stage import DEADLINE, published_tender
from tests.world import NOW


@pytest.fixture
def stage(world):
    return published_tender(world)


def test_a_bid_is_one_product_in_one_lot(stage):
    bid = a_bid(stage)
    assert bid.reference.startswith("B-")
    assert bid.supplier == stage.suppliers[0].organisation
    with pytest.raises(Conflict):
        prepare_bid(lot=bid.lot, product_version=bid.product_version, by=stage.suppliers[0], now=NOW)
    a_bid(stage)
    assert Bid.objects.count() == 2


def test_a_product_must_be_of_the_lot_and_in_a_known_pack(stage):
    first, second = stage.lots
    supplier = stage.suppliers[0]
    with pytest.raises(Refused, match="none of the items"):
        prepare_bid(lot=second, product_version=stage.product(first, supplier), by=supplier, now=NOW)
    unpacked = stage.product(first, supplier)
    arranged(ProductVersion.objects.filter(pk=unpacked.pk).update)(pack_size=None)
    with pytest.raises(Refused, match="cannot be offered"):
        prepare_bid(lot=first, product_version=unpacked, by=supplier, now=NOW)


def test_a_product_is_bid_by_its_maker_and_by_nobody_else(stage):
    lot, (maker, stranger) = stage.lots[0], stage.suppliers[:2]
    product = stage.product(lot, maker)
    link = Maker.objects.filter(pk=product.product.maker_id)
    by_hand(lambda: link.update(organisation=maker.organisation))
    with pytest.raises(Refused, match="Only the registered maker") as refusal:
        prepare_bid(lot=lot, product_version=product, by=stranger, now=NOW)
    assert refusal.value.faults[0].field == "product_version"
    assert not Bid.objects.exists()
    offered = [
        PrepareBidForm(lot, seat.organisation_id)["product_version"].field.queryset for seat in (maker, stranger)
    ]
    assert [product in own for own in offered] == [True, False]
    assert prepare_bid(lot=lot, product_version=product, by=maker, now=NOW).supplier == maker.organisation


def test_the_product_of_a_maker_that_nobody_is_registered_as_is_bid_by_nobody(stage):
    """Any supplier once sealed a bid for another maker's stent, as long as that maker was not registered."""
    lot, (maker, stranger) = stage.lots[0], stage.suppliers[:2]
    product = stage.product(lot, maker)
    by_hand(lambda: Maker.objects.filter(pk=product.product.maker_id).update(organisation=None))
    for seat in (maker, stranger):
        with pytest.raises(Refused, match="Only the registered maker"):
            prepare_bid(lot=lot, product_version=product, by=seat, now=NOW)
        assert product not in PrepareBidForm(lot, seat.organisation_id)["product_version"].field.queryset
    assert not Bid.objects.exists()


def test_products_in_the_picker_are_told_apart(stage):
    lot, supplier = stage.lots[0], stage.suppliers[0]
    products = [stage.product(lot, supplier) for _time in range(2)]
    arranged(ProductVersion.objects.filter(pk=products[1].pk).update)(brand="B", national_code="C09")
    field = PrepareBidForm(lot, supplier.organisation_id).fields["product_version"]
    labels = [label for value, label in field.choices if value]
    assert len(set(labels)) == 2
    assert labels[-1].endswith("· B · 10 tablet / box · C09"), labels


def test_the_holder_of_the_marketing_authorisation_bids_as_the_maker_does(stage):
    lot, (maker, holder) = stage.lots[0], stage.suppliers[:2]
    product = stage.product(lot, maker)
    held_by = stage.product(lot, holder).product.maker
    arranged(ProductVersion.objects.filter(pk=product.pk).update)(holder=held_by)
    assert prepare_bid(lot=lot, product_version=product, by=holder, now=NOW).supplier == holder.organisation


@pytest.mark.parametrize(
    ("kind", "dealers", "may"), [("sole_agent", False, True), ("dealer", False, False), ("dealer", True, True)]
)
def test_an_agent_bids_in_the_makers_place_and_a_dealer_where_the_rules_say_so(world, kind, dealers, may):
    stage = published_tender(world, rules=ruled(dealers=dealers))
    lot, (maker, agent) = stage.lots[0], stage.suppliers[:2]
    product = stage.product(lot, maker)
    by_hand(lambda: Maker.objects.filter(pk=product.product.maker_id).update(organisation=None))
    day = legal_date(NOW)
    letter = Letter(kind, Maker.objects.get(pk=product.product.maker_id), None, day, day.replace(year=2100), "Letter 7")
    authorise(letter=letter, supplier=agent.organisation, by=world.cataloguer, now=NOW)
    assert (product in PrepareBidForm(lot, agent.organisation_id)["product_version"].field.queryset) == may
    if may:
        assert prepare_bid(lot=lot, product_version=product, by=agent, now=NOW).supplier == agent.organisation
    else:
        with pytest.raises(Refused, match="sole agent"):
            prepare_bid(lot=lot, product_version=product, by=agent, now=NOW)


def test_only_a_suppliers_bid_manager_bids_and_only_while_the_tender_is_open(stage):
    lot, supplier = stage.lots[0], stage.suppliers[0]
    product = stage.product(lot, supplier)
    with pytest.raises(Denied):
        prepare_bid(lot=lot, product_version=product, by=stage.officer, now=NOW)
    with pytest.raises(Refused, match="not open"):
        prepare_bid(lot=lot, product_version=product, by=supplier, now=DEADLINE)


def test_a_submission_is_stored_sealed_and_dated_by_the_database(stage):
    bid = a_bid(stage)
    pair = sealed_pair(bid, "13.50")
    with clock_at(DEADLINE - HOUR):
        receipt = submit_bid(bid=bid, submission=submission_of(pair), by=bid.prepared_by, now=NOW)
    version = bid.versions.get()
    assert version.received_at == receipt.received_at == DEADLINE - HOUR
    assert bytes(version.technical) == pair["technical"].file
    assert bytes(version.commercial) == pair["commercial"].file
    assert bytes(version.technical).startswith(MAGIC)
    assert (version.number, version.kind, version.commercial_com) == (1, "bid", pair["commercial"].com)


def test_replacing_appends_a_version_and_the_earlier_one_stays_as_it_was(stage):
    bid = a_bid(stage)
    handed_in(bid, "13.50")
    before = bytes(bid.versions.get().commercial)
    handed_in(bid, "12.90")
    assert [version.number for version in bid.versions.order_by("number")] == [1, 2]
    assert bytes(bid.versions.get(number=1).commercial) == before
    assert BidVersion.objects.standing().get().number == 2


def test_a_withdrawn_bid_does_not_stand_until_it_is_submitted_again(stage):
    bid = a_bid(stage)
    handed_in(bid, "13.50")
    with clock_at(DEADLINE - HOUR):
        receipt = withdraw_bid(bid=bid, submission_key="withdraw-1", by=bid.prepared_by, now=NOW)
    assert body_of(receipt.document)["kind"] == "withdrawal"
    assert not Bid.objects.standing().exists()
    with clock_at(DEADLINE - HOUR), pytest.raises(Refused, match="nothing to withdraw"):
        withdraw_bid(bid=bid, submission_key="withdraw-2", by=bid.prepared_by, now=NOW)
    handed_in(bid, "12.90")
    assert Bid.objects.standing().get() == bid
    assert bid.versions.count() == 3


def test_the_same_submission_is_one_version_and_one_receipt_byte_for_byte(stage):
    bid = a_bid(stage)
    submission = sealed(bid, "13.50", key="the-same-key")
    with clock_at(DEADLINE - HOUR):
        receipts = [submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=NOW) for _again in range(5)]
    assert len({bytes(receipt.document) for receipt in receipts}) == 1
    assert bid.versions.count() == 1


def test_a_key_used_for_another_submission_is_a_conflict(stage):
    bid = a_bid(stage)
    with clock_at(DEADLINE - HOUR):
        submit_bid(bid=bid, submission=sealed(bid, "13.50", key="used-once"), by=bid.prepared_by, now=NOW)
        with pytest.raises(Conflict, match="another submission"):
            submit_bid(bid=bid, submission=sealed(bid, "9.90", key="used-once"), by=bid.prepared_by, now=NOW)
    assert bid.versions.count() == 1


def test_an_envelope_sealed_for_something_else_is_refused_with_a_receipt(stage):
    bid, other = a_bid(stage), a_bid(stage, supplier=stage.suppliers[1])
    with clock_at(DEADLINE - HOUR):
        receipt = submit_or_record_refusal(bid=bid, submission=sealed(other, "13.50"), by=bid.prepared_by, now=NOW)
    body = body_of(receipt.document)
    assert (receipt.kind, receipt.reason, body["reason"]) == ("refusal", "not_as_sealed", "not_as_sealed")
    assert body["commercial"]["sha256"]
    assert not BidVersion.objects.exists()


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04 a spreadsheet with prices", MAGIC + b"\xff" * 400])
def test_what_is_not_sealed_is_refused(stage, file):
    bid = a_bid(stage)
    submission = submission_of(sealed_pair(bid, "13.50"))
    with clock_at(DEADLINE - HOUR), pytest.raises(SubmissionRefused) as refusal:
        submit_bid(
            bid=bid,
            submission=type(submission)("plain-file", submission.technical, file),
            by=bid.prepared_by,
            now=NOW,
        )
    assert refusal.value.reason == "not_as_sealed"


def test_a_missing_envelope_is_refused(stage):
    bid = a_bid(stage)
    submission = submission_of({"commercial": sealed_pair(bid, "13.50")["commercial"]})
    with clock_at(DEADLINE - HOUR), pytest.raises(SubmissionRefused) as refusal:
        submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=NOW)
    assert refusal.value.reason == "envelope_missing"


def test_a_version_that_somebody_else_took_meanwhile_is_refused(stage):
    bid = a_bid(stage)
    mine, theirs = sealed(bid, "13.50"), sealed(bid, "12.90")
    with clock_at(DEADLINE - HOUR):
        submit_bid(bid=bid, submission=theirs, by=bid.prepared_by, now=NOW)
        receipt = submit_or_record_refusal(bid=bid, submission=mine, by=bid.prepared_by, now=NOW)
    assert receipt.reason == "superseded"


def test_a_stranger_cannot_submit_for_a_supplier(stage):
    bid = a_bid(stage)
    with pytest.raises(Denied):
        submit_bid(bid=bid, submission=sealed(bid, "13.50"), by=stage.suppliers[1], now=NOW)


def test_with_one_envelope_only_the_commercial_one_is_taken(world):
    stage = published_tender(world, envelopes=1, evaluators=0, rules=ruled(minimum_evaluators=0, objection_days=0))
    bid = a_bid(stage)
    receipt = handed_in(bid, "13.50")
    assert body_of(receipt.document)["technical"] is None
    assert bid.versions.get().technical is None


def test_until_the_opening_events_are_for_the_supplier_and_the_auditor(stage, world):
    (bid,) = bids_in(stage, "13.50")
    told = Event.objects.about(bid.reference)
    assert {event.verb for event in told.visible_to(bid.prepared_by)} == {"bid.prepared", "bid.received"}
    assert told.visible_to(world.auditor).count() == 2
    for stranger in (stage.officer, stage.suppliers[1], stage.holders[0].seat, stage.evaluators[0].seat):
        assert not told.visible_to(stranger).exists()


def test_the_agency_and_the_tenders_people_see_the_standing_bids_once_the_openers_were_asked(stage, world):
    standing, withdrawn = bids_in(stage, "13.50", "12.90")
    unsent = a_bid(stage, supplier=stage.suppliers[2])
    with clock_at(DEADLINE - HOUR):
        withdraw_bid(bid=withdrawn, submission_key="withdraw", by=withdrawn.prepared_by, now=NOW)
    readers = (stage.officer, world.auditor, stage.evaluators[0].seat, stage.holders[0].seat)
    others = (world.seat(world.hospital, "evaluator"), world.pharmacist, stage.suppliers[1])
    for seat in (*readers, world.seat(world.hospital, "receiver")):
        assert not Bid.objects.visible_to(seat).exists()
    ask(stage)
    for seat in readers:
        assert list(Bid.objects.visible_to(seat)) == [standing]
    for seat in others:
        assert standing not in Bid.objects.visible_to(seat)
    assert list(Bid.objects.visible_to(stage.suppliers[2])) == [unsent]


def test_the_rows_of_bids_and_receipts_cannot_be_changed(stage):
    bids_in(stage, "13.50")
    for model in (BidVersion, Receipt):
        rows = model.objects.all()
        with pytest.raises(DatabaseError, match="written once"):
            by_hand(lambda rows=rows: rows.update(submission_key="changed"))
        with pytest.raises(DatabaseError, match="written once"):
            by_hand(lambda rows=rows: rows._raw_delete("default"))
