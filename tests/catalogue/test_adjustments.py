"""Suppliers and hospitals propose changes of the catalogue; an officer carries each out in the act that accepts it."""

import re
from base64 import b64encode
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.documents import LARGEST_REQUEST, LARGEST_TOGETHER, Paper
from accounts.models import InboxMessage
from catalogue import actions
from catalogue.actions import Proposal
from catalogue.models import (
    Adjustment,
    AdjustmentPaper,
    CatalogueImport,
    Item,
    Product,
    ProductVersion,
    ProductWithdrawal,
)
from catalogue.ordering import may_order
from catalogue.tasks import remind_of_adjustments, tell_of_adjustment
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from procurement import shell
from tests.catalogue.files import LISTED, PRECISE, TABLET, merged, products
from tests.contracts.pages import sitting
from tests.roles import as_web, program_of
from tests.world import NOW

TODAY = legal_date(NOW)
PDF = Paper("notice.pdf", b"%PDF-1.7 notice")
KIND = Adjustment.Kind
pytestmark = pytest.mark.django_db


@pytest.fixture
def item(world):
    with as_web(world.cataloguer):  # what a merge leaves of its own in the session is of who merged
        merged(world, products(TABLET))
    return Item.objects.get()


@pytest.fixture
def product(item):
    return Product.objects.get()


def propose(world, *proposals, by=None, papers=(PDF,)):
    by = by or world.pharmacist
    return actions.propose_adjustments(proposals=proposals, papers=papers, by=by, now=NOW)


def correction(product, **said):
    return Proposal(KIND.CORRECT_PRODUCT, "the label says so", said, product=product)


def accept(world, one, **more):
    return actions.accept_adjustment(adjustment=one, by=world.cataloguer, now=NOW, **more)


def sentences(refusal):
    return [(fault.row, fault.field, fault.code) for fault in refusal.value.faults]


def test_an_accepted_correction_is_a_new_version_in_the_same_act(world, product):
    (one,) = propose(world, correction(product, brand="京新络活", pack_size="28"))
    assert (one.said, one.before) == ({"brand": "京新络活"}, {"brand": "京新"})  # what stays is not said
    accept(world, one)
    version = product.versions.current().get()
    assert (version.brand, version.pack_size, version.valid_from, version.number) == ("京新络活", 28, TODAY, 2)
    assert version.reason == f"{one.reference}: the label says so"
    one.refresh_from_db()
    assert (one.status, one.starts_on, one.decided_by) == ("accepted", TODAY, world.cataloguer)
    with pytest.raises(Refused, match="accepted"):
        accept(world, one)


def test_an_accepted_correction_of_an_item_keeps_what_it_was(world, item):
    (one,) = propose(world, Proposal(KIND.CORRECT_ITEM, "label", {"item_name": "氨氯地平片"}, item=item))
    accept(world, one)
    item.refresh_from_db()
    assert (item.name, item.versions.get().name) == ("氨氯地平片", TABLET["item_name"])


def test_an_accepted_addition_is_an_import_of_one_row(world, item):
    (one,) = propose(world, Proposal(KIND.ADD, "new on the market", PRECISE))
    accept(world, one)
    made = Product.objects.get(key=LISTED["code"])
    one.refresh_from_db()
    assert (one.product, one.item) == (made, made.item)
    assert CatalogueImport.objects.get(file_name=f"{one.reference}.csv").status == "merged"
    assert made.versions.get().source == one.reference
    with pytest.raises(Refused) as refusal:
        propose(world, Proposal(KIND.ADD, "once more", PRECISE))
    assert sentences(refusal) == [(1, "national_code", "registered")]


def test_what_the_catalogue_has_meanwhile_is_not_added_twice(world, item):
    (one,) = propose(world, Proposal(KIND.ADD, "new", PRECISE))
    merged(world, products(PRECISE))
    imports = CatalogueImport.objects.count()
    with pytest.raises(Conflict):
        accept(world, one)
    one.refresh_from_db()
    assert (one.status, CatalogueImport.objects.count()) == ("proposed", imports)


def test_a_withdrawn_product_is_neither_offered_nor_ordered_until_it_is_taken_up_again(world, product):
    (one,) = propose(world, Proposal(KIND.WITHDRAW, "made no more", product=product))
    accept(world, one)
    assert not ProductVersion.objects.offerable().exists()
    asked = {"region": world.region, "hospital": world.hospital}
    answer = may_order([product.pk], day=TODAY, **asked)[product.pk]
    assert (answer.code, "made no more" in answer.why) == ("withdrawn", True)
    assert may_order([product.pk], day=TODAY - timedelta(days=1), **asked)[product.pk].code == "no_price"
    with pytest.raises(Conflict):
        actions.withdraw_product(product=product, starts_on=TODAY, reason="again", by=world.cataloguer, now=NOW)
    actions.restore_product(product=product, reason="made again", by=world.cataloguer, now=NOW)
    assert ProductVersion.objects.offerable().exists()
    with pytest.raises(Conflict):
        actions.restore_product(product=product, reason="again", by=world.cataloguer, now=NOW)


def papers(*megabytes):
    """PDFs of so many megabytes, no two the same."""
    sizes = [size * 1024 * 1024 for size in megabytes]
    return [Paper(f"{n}.pdf", f"%PDF-1.7 {n}".encode().ljust(size)) for n, size in enumerate(sizes)]


def by_form(world, product, files):
    """The answer to a proposal to withdraw a product that is made on its page."""
    address = reverse("catalogue:propose-withdrawal", args=[product.reference])
    sent = [SimpleUploadedFile(one.file_name, one.content) for one in files]
    return sitting(world.pharmacist).post(address, {"reason": "made no more", "documents": sent})


@pytest.mark.parametrize(("together", "taken"), [((10, 10, 10, 10), True), ((10, 10, 10, 10, 1), False)])
def test_what_is_attached_has_40_megabytes_together_by_form_and_by_program(world, product, together, taken):
    files = papers(*together)
    answer = by_form(world, product, files)
    assert Adjustment.objects.exists() == taken
    assert ("at most 40 megabytes together" in answer.content.decode()) != taken
    for one in Adjustment.objects.all():
        actions.withdraw_adjustment(adjustment=one, reason="once more", by=world.pharmacist, now=NOW)
    proposal = {"kind": "withdraw", "product": product.reference, "reason": "made no more"}
    sent = [{"name": one.name, "content": b64encode(one.content).decode()} for one in files]
    told = program_of(world.pharmacist).post("/api/v1/adjustments/", {"proposals": [proposal], "documents": sent})
    assert told.status_code == (201 if taken else 422)
    if not taken:
        [fault] = told.json()["faults"]
        assert (fault["field"], fault["code"]) == ("documents", "document")


def test_a_program_sends_no_more_than_the_files_need_and_the_proxy_lets_through_what_both_take(world):
    whole = {"proposals": [], "documents": [], "more": "x" * LARGEST_REQUEST}
    told = program_of(world.bid_manager).post("/api/v1/adjustments/", whole)
    assert (told.status_code, told.json()["code"]) == (413, "too_large")
    assert "40 megabytes" in told.json()["message"]
    proxy = (settings.BASE_DIR / "deploy/nginx.conf").read_text()
    everywhere = int(re.search(r"^    client_max_body_size (\d+)m;", proxy, re.MULTILINE)[1]) * 1024 * 1024
    assert everywhere > LARGEST_REQUEST > LARGEST_TOGETHER * 4 // 3


def test_a_product_is_withdrawn_again_on_the_day_on_which_it_was_taken_up(world, product):
    by = {"product": product, "by": world.cataloguer, "now": NOW}
    for _time in range(3):
        actions.withdraw_product(starts_on=TODAY, reason="recalled", **by)
        assert not ProductVersion.objects.offerable().exists()
        actions.restore_product(reason="found in order", **by)
        assert ProductVersion.objects.offerable().exists()
    actions.withdraw_product(starts_on=TODAY, reason="recalled", **by)
    assert ProductWithdrawal.objects.on(TODAY).count() == 1


def test_a_withdrawal_cannot_begin_within_one_that_is_over(world, product):
    by = {"product": product, "by": world.cataloguer, "now": NOW}
    actions.withdraw_product(starts_on=TODAY - timedelta(days=9), reason="recalled", **by)
    actions.restore_product(reason="found in order", **by)
    with pytest.raises(Refused, match=f"until {TODAY} already") as refused:
        actions.withdraw_product(starts_on=TODAY - timedelta(days=1), reason="recalled", **by)
    [fault] = refused.value.faults
    assert (fault.field, fault.code) == ("starts_on", "overlap")
    officer = program_of(world.cataloguer)
    asked = {"starts_on": (TODAY - timedelta(days=2)).isoformat(), "reason": "recalled"}
    answer = officer.post(f"/api/v1/products/{product.reference}/withdraw/", asked)
    assert (answer.status_code, answer.json()["faults"][0]["field"]) == (422, "starts_on")


def test_a_program_withdraws_a_product_and_takes_it_up_again(world, product):
    officer, address = program_of(world.cataloguer), f"/api/v1/products/{product.reference}"
    gone = {"starts_on": TODAY.isoformat(), "reason": "made no more"}
    assert program_of(world.bid_manager).post(f"{address}/withdraw/", gone).status_code == 403
    assert officer.post(f"{address}/withdraw/", gone).status_code == 200
    assert officer.post(f"{address}/withdraw/", gone).json()["code"] == "already_done"
    assert not ProductVersion.objects.offerable().exists()
    assert officer.post(f"{address}/restore/", {"reason": "made again"}).status_code == 200
    assert ProductVersion.objects.offerable().exists()


def test_each_row_says_what_is_wrong_with_it_and_nothing_is_kept(world, product):
    rows = [
        correction(product, brand="京新"),
        correction(product, national_code="X1"),
        correction(product, colour="blue"),
        Proposal(KIND.CORRECT_ITEM, "x", {"form": "胶囊"}),
        Proposal(KIND.ADD, " ", {"kind": "drug"}),
        Proposal("paint", "x"),
    ]
    with pytest.raises(Refused) as refusal:
        propose(world, *rows)
    assert sentences(refusal) == [
        (1, "", "unchanged"),
        (2, "national_code", "invalid"),
        (2, "product", "pending"),
        (3, "colour", "unknown"),
        (3, "product", "pending"),
        (4, "item", "required"),
        (5, "reason", "required"),
        (5, "item_name", "invalid"),
        (5, "base_unit", "invalid"),
        (6, "kind", "invalid_choice"),
    ]
    assert not Adjustment.objects.exists()


def test_a_proposal_names_only_what_it_is_about(world, item, product):
    rows = [
        Proposal(KIND.ADD, "new", PRECISE, product=product),
        Proposal(KIND.ADD, "new", TABLET, item=item),
        Proposal(KIND.CORRECT_ITEM, "label", {"form": "胶囊"}, item=item, product=product),
        Proposal(KIND.WITHDRAW, "made no more", item=item, product=product),
    ]
    with pytest.raises(Refused) as refusal:
        propose(world, *rows)
    named = [fault for fault in sentences(refusal) if fault[2] == "unknown"]
    assert named == [
        (1, "product", "unknown"),
        (2, "item", "unknown"),
        (3, "product", "unknown"),
        (4, "item", "unknown"),
    ]


@pytest.mark.parametrize("papers", [(), (Paper("a.exe", b"MZ"),), (PDF,) * 11])
def test_without_evidence_that_can_be_opened_nothing_is_proposed(world, product, papers):
    with pytest.raises(Refused) as refusal:
        propose(world, correction(product, brand="x"), papers=papers)
    assert refusal.value.faults[0].field == "documents"


def test_a_supplier_speaks_of_its_own_products_only(world, product):
    with pytest.raises(Refused) as refusal:
        propose(world, Proposal(KIND.WITHDRAW, "bad", product=product), by=world.bid_manager)
    assert sentences(refusal) == [(1, "product", "not_offered")]
    actions.link_maker(maker=product.maker, organisation=world.supplier, by=world.cataloguer, now=NOW)
    assert propose(world, Proposal(KIND.WITHDRAW, "made no more", product=product), by=world.bid_manager)
    with pytest.raises(Denied):
        propose(world, correction(product, brand="x"), by=world.finance)


def test_what_was_asked_back_is_answered_with_other_words_and_files(world, product):
    (one,) = propose(world, correction(product, brand="X"))
    with pytest.raises(Denied):
        actions.ask_back_adjustment(adjustment=one, question="?", by=world.pharmacist, now=NOW)
    actions.ask_back_adjustment(adjustment=one, question="Which label?", by=world.cataloguer, now=NOW)
    with pytest.raises(Refused):
        accept(world, one)
    answer = {"adjustment": one, "answer": "this one", "by": world.pharmacist, "now": NOW}
    with pytest.raises(Refused):
        actions.answer_adjustment(**answer, said={"brand": "京新"})
    further = Paper("label.pdf", b"%PDF-1.7 label")
    actions.answer_adjustment(**answer, said={"brand": "Y"}, papers=[further, PDF])
    one.refresh_from_db()
    assert (one.status, one.said, one.before) == ("proposed", {"brand": "Y"}, {"brand": "京新"})
    assert AdjustmentPaper.objects.filter(bundle=one.bundle).count() == 2
    with pytest.raises(Refused):
        actions.refuse_adjustment(adjustment=one, reason=" ", by=world.cataloguer, now=NOW)
    actions.refuse_adjustment(adjustment=one, reason="not on the label", by=world.cataloguer, now=NOW)
    verbs = Event.objects.filter(subject=one.reference).order_by("pk").values_list("verb", flat=True)
    assert [verb.partition(".")[2] for verb in verbs] == ["proposed", "asked", "answered", "refused"]


def test_what_changed_meanwhile_is_not_overwritten(world, product):
    (one,) = propose(world, correction(product, brand="X"))
    (other,) = propose(
        world, correction(product, brand="Y"), by=world.seat(world.organisation("hospital"), "pharmacist")
    )
    accept(world, one)
    with pytest.raises(Refused) as refusal:
        actions.accept_adjustment(adjustment=other, by=world.cataloguer, now=NOW + timedelta(days=1))
    assert refusal.value.code == "changed_meanwhile"


def test_words_that_the_officer_has_not_seen_are_not_accepted(world, product):
    (one,) = propose(world, correction(product, brand="X"))
    officer, decide = sitting(world.cataloguer), reverse("catalogue:decide-adjustments") + f"?pick={one.reference}"
    shown = officer.get(decide)
    assert "京新 → X" in shown.content.decode()
    seen, later = one.waits_since, NOW + timedelta(hours=1)
    actions.ask_back_adjustment(adjustment=one, question="?", by=world.cataloguer, now=later)
    actions.answer_adjustment(adjustment=one, answer="!", said={"brand": "Y"}, by=world.pharmacist, now=later)
    with pytest.raises(Conflict) as refusal:
        accept(world, one, seen=seen)
    assert refusal.value.code == "changed_meanwhile"
    address, program = f"/api/v1/adjustments/{one}/", program_of(world.cataloguer)
    assert program.post(f"{address}accept/", {}, format="json").status_code == 400
    stale = program.post(f"{address}accept/", {"waits_since": seen.isoformat()}, format="json")
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    refused = officer.post(decide, as_shown(shown, act="accept"))
    assert "answered anew" in refused.content.decode()
    assert "京新 → Y" in refused.content.decode()
    assert product.versions.current().get().brand == "京新"
    officer.post(decide, as_shown(refused, act="accept"))
    assert product.versions.current().get().brand == "Y"


def test_its_proposer_takes_it_back_and_nobody_elses(world, product):
    (one,) = propose(world, correction(product, brand="X"))
    stranger = world.seat(world.organisation("hospital"), "pharmacist")
    assert not Adjustment.objects.visible_to(stranger).exists()
    with pytest.raises(Denied):
        actions.withdraw_adjustment(adjustment=one, reason="x", by=stranger, now=NOW)
    actions.withdraw_adjustment(adjustment=one, reason="mistaken", by=world.pharmacist, now=NOW)
    assert propose(world, correction(product, brand="X"))


def test_behind_the_wall_stands_what_others_proposed(world, product):
    propose(world, correction(product, brand="X"))
    for who, seen in ((world.pharmacist, 1), (world.cataloguer, 1), (world.auditor, 1), (world.bid_manager, 0)):
        with as_web(who):
            assert (Adjustment.objects.count(), AdjustmentPaper.objects.count()) == (seen, seen)


def test_who_must_act_is_told_at_once_and_reminded_week_by_week(world, product):
    before = timezone.now() - timedelta(days=8)
    officer, buyer = world.cataloguer, world.pharmacist
    first = Proposal(KIND.ADD, "new", PRECISE)
    made = actions.propose_adjustments(
        proposals=[first, correction(product, brand="X")], papers=[PDF], by=buyer, now=before
    )
    actions.ask_back_adjustment(adjustment=made[1], question="Which?", by=officer, now=before)
    tell_of_adjustment(made[1].reference, "asked", world.hospital.pk)
    tell_of_adjustment(made[0].reference, "proposed", world.hospital.pk)
    told = InboxMessage.objects.count()
    for _time in range(2):
        remind_of_adjustments()
    late = InboxMessage.objects.filter(about__startswith="adjustments.late")
    assert (told, set(late.values_list("seat", flat=True))) == (2, {officer.pk, buyer.pk})
    words = [str(todo.what) for seat in (officer, buyer) for todo in shell.todos(seat, timezone.now())]
    assert "Decide on 1 proposal to change the catalogue" in words
    assert "Answer what the agency asks about your proposal" in words


def as_shown(answer, **said):
    """What a page of decisions sends, with what it carries unseen."""
    return {field.html_name: field.value() for field in answer.context["form"].hidden_fields()} | said


def upload(name="notice.pdf", content=PDF.content):
    return SimpleUploadedFile(name, content)


def test_a_correction_goes_through_its_pages(world, product):
    buyer, officer = sitting(world.pharmacist), sitting(world.cataloguer)
    page = buyer.get(reverse("catalogue:product", args=[product.reference])).content.decode()
    address = reverse("catalogue:propose-product-correction", args=[product.reference])
    assert address in page
    form = buyer.get(address).context["form"]
    sent = {**form.initial, "brand": "X", "reason": "label", "documents": [upload(), upload("b.pdf", b"%PDF-1.7 b")]}
    answer = buyer.post(address, sent, follow=True)
    one = Adjustment.objects.get()
    assert answer.redirect_chain[-1][0] == one.get_absolute_url()
    assert "notice.pdf" in answer.content.decode()
    file = buyer.get(reverse("catalogue:adjustment-file", args=[one.reference, PDF.sha256]))
    assert file.content == PDF.content
    decide = reverse("catalogue:decide-adjustments") + f"?pick={one.reference}"
    assert "required" not in officer.get(decide).content.decode()
    officer.post(decide, as_shown(officer.get(decide), act="ask_back", reason="Which label?"))
    shown = buyer.get(one.get_absolute_url()).content.decode()
    assert "Which label?" in shown
    reply = reverse("catalogue:answer-adjustment", args=[one.reference])
    buyer.post(reply, {**buyer.get(reply).context["form"].initial, "answer": "this"})
    listed = officer.get(reverse("catalogue:adjustments")).content.decode()
    assert one.reference in listed
    assert "the agency" in listed
    assert officer.post(decide, as_shown(officer.get(decide), act="accept")).url == one.get_absolute_url()
    assert product.versions.current().get().brand == "X"


def test_many_rows_of_a_file_are_proposed_and_decided_at_once(world, product):
    rows = (
        "act,item,product,reason,kind,item_name,strength,base_unit,brand\n"
        f"correct,,{product.reference},label,,,,,X\n"
        f"更正,{product.item.reference},,,,,10mg,,\n"
        "add,,,,drug,布洛芬片,0.2g,片,\n"
    )
    buyer, officer = sitting(world.pharmacist), sitting(world.cataloguer)
    address = reverse("catalogue:propose-many")
    wrong = buyer.post(address, {"file": upload("a.csv", b"act\npaint\n"), "reason": "x", "documents": [upload()]})
    assert "Expected one of: add, correct, withdraw." in wrong.content.decode()
    buyer.post(address, {"file": upload("a.csv", rows.encode()), "reason": "list of 2026", "documents": [upload()]})
    made = Adjustment.objects.order_by("pk")
    assert [(one.kind, one.reason) for one in made] == [
        ("correct_product", "label"), ("correct_item", "list of 2026"), ("add", "list of 2026"),
    ]  # fmt: skip
    assert {one.bundle for one in made} == {made[0].bundle}
    picks = "&".join(f"pick={one.reference}" for one in made)
    decide = reverse("catalogue:decide-adjustments") + f"?{picks}"
    officer.post(decide, as_shown(officer.get(decide), act="accept"))
    assert set(made.values_list("status", flat=True)) == {"accepted"}
    assert Item.objects.filter(name="布洛芬片").exists()
    again = officer.post(decide, as_shown(officer.get(decide), act="refuse", reason="x")).content.decode()
    assert again.count("This is not possible while the status is") == 3


def test_officers_withdraw_and_restore_a_product_on_its_page(world, product):
    officer = sitting(world.cataloguer)
    page = reverse("catalogue:product", args=[product.reference])
    officer.post(f"{page}withdraw/", {"starts_on": legal_date(timezone.now()), "reason": "recalled"})
    shown = officer.get(page).content.decode()
    assert "recalled" in shown
    assert f"{page}restore/" in shown
    officer.post(f"{page}restore/", {"reason": "corrected"})
    assert not product.withdrawals.running().exists()


def test_a_program_proposes_answers_and_decides(world, product):
    buyer, officer = program_of(world.pharmacist), program_of(world.cataloguer)
    documents = [{"name": "a.pdf", "content": "JVBERi0xLjc="}]
    row = {"kind": "correct_product", "product": product.reference, "said": {"brand": "X"}, "reason": "label"}
    sent = {"proposals": [row], "documents": documents}
    answer = buyer.post("/api/v1/adjustments/", sent, format="json")
    assert answer.status_code == 201, answer.content
    (made,) = answer.json()["adjustments"]
    address = f"/api/v1/adjustments/{made['reference']}/"
    assert (made["said"], made["before"], made["status"]) == ({"brand": "X"}, {"brand": "京新"}, "proposed")
    wrong = buyer.post("/api/v1/adjustments/", sent, format="json").json()
    assert [(fault["row"], fault["code"]) for fault in wrong["faults"]] == [(1, "pending")]
    assert buyer.post(f"{address}accept/", {}, format="json").status_code == 403
    assert program_of(world.bid_manager).get(address).status_code == 404
    assert officer.post(f"{address}ask-back/", {"question": "Which?"}, format="json").json()["status"] == "asked"
    answered = {"answer": "this", "said": {"brand": "Y"}, "documents": documents}
    again = buyer.post(f"{address}answer/", answered, format="json").json()
    assert again["said"] == {"brand": "Y"}
    read = {"waits_since": again["waits_since"]}
    assert officer.post(f"{address}accept/", read, format="json").json()["status"] == "accepted"
    listed = officer.get("/api/v1/adjustments/?status=accepted").json()["results"]
    assert [one["reference"] for one in listed] == [made["reference"]]


def test_the_queue_costs_as_many_statements_for_many_as_for_few(world, product, django_assert_max_num_queries):
    officer, address = sitting(world.cataloguer), reverse("catalogue:adjustments")
    rows = [Proposal(KIND.ADD, "new", TABLET | {"item_name": f"药{n}"}) for n in range(12)]
    propose(world, rows[0])
    officer.get(address)
    with CaptureQueriesContext(connection) as few:
        officer.get(address)
    propose(world, *rows[1:])
    with django_assert_max_num_queries(len(few)):
        officer.get(address)
