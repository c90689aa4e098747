"""An evaluator's passkey signs the very points that the report publishes under the evaluator's number."""

import json

import pytest
from django.urls import reverse

from accounts import passkeys
from core.errors import Refused
from sealing.primitives import sha256
from sealing.reports import read_report, sheet
from tenders.actions.evaluation import publish_result, sign_evaluation
from tenders.models import EvaluationSignature
from tenders.report import challenge_of, sheet_of
from tests.accounts.proving import Device, give_passkey
from tests.tenders.bids import body_of, signed_in
from tests.tenders.judging import JUDGED, now_of, opened_bids, review, score


@pytest.fixture
def scored(world):
    """Every evaluator has scored, nobody has signed; the first has a passkey."""
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00")
    review(stage, bids, {bids[2]: "licence expired"})
    for evaluator in stage.evaluators:
        score(evaluator, dict(zip(bids, ("80", "70"), strict=False)))
    stage.device = Device()
    give_passkey(stage.evaluators[0].seat.person, stage.device)
    return stage


def assertion(stage, challenge=None):
    first = stage.evaluators[0]
    asked = challenge or challenge_of(now_of(stage.lots[0]), first)
    return stage.device.sign(passkeys.request_options(first.seat.person, asked))


def sign_all(stage):
    first, *others = stage.evaluators
    lot = now_of(stage.lots[0])
    sign_evaluation(lot=lot, by=first.seat, now=JUDGED, assertion=assertion(stage))
    for evaluator in others:
        sign_evaluation(lot=now_of(lot), by=evaluator.seat, now=JUDGED)
    return publish_result(lot=now_of(lot), by=stage.officer, now=JUDGED)


def test_the_report_names_the_assertion_over_the_sheet_that_it_gives_again(scored):
    before = sheet_of(now_of(scored.lots[0]), scored.evaluators[0])
    result = sign_all(scored)
    report = read_report(bytes(result.report))
    kept = EvaluationSignature.objects.exclude(assertion=b"").get()
    assert [entry["assertion"] for entry in report["members"]] == [sha256(bytes(kept.assertion)), *[""] * 4]
    assert sheet(report, 1) == before
    assert body_of(result.document)["report"] == sha256(bytes(result.report))


def test_the_report_has_numbers_for_names_and_no_points_of_a_formal_failure(scored):
    report = read_report(bytes(sign_all(scored).report))
    assert [entry["member"] for entry in report["members"]] == [1, 2, 3, 4, 5]
    written = json.dumps(report)
    assert not any(evaluator.seat.person.name in written for evaluator in scored.evaluators)
    (formal,) = [bid for bid in report["bids"] if bid["outcome"] == "formal"]
    assert (formal["formal"], formal["sheets"], formal["score"]) == ("licence expired", [], None)
    best = max(report["bids"], key=lambda bid: bid["score"] or "")
    assert (best["score"], best["place"], len(best["sheets"])) == ("80.00", 1, 5)


def test_a_signature_over_other_points_is_refused(scored):
    lot = now_of(scored.lots[0])
    for wrong in (bytes(32), challenge_of(lot, scored.evaluators[1])):
        with pytest.raises(Refused):
            sign_evaluation(lot=lot, by=scored.evaluators[0].seat, now=JUDGED, assertion=assertion(scored, wrong))
    assert not EvaluationSignature.objects.exists()


def test_on_the_page_who_has_a_passkey_signs_with_it(client, scored):
    address = reverse("tenders:sign-evaluation", args=[scored.tender.reference, 1])
    signed_in(client, scored.evaluators[0].seat)
    page = client.get(address)
    assert b"passkey-options" in page.content
    assert client.post(address).status_code == 422
    signed = client.post(address, {"credential": json.dumps(assertion(scored))})
    assert signed.status_code == 302
    signed_in(client, scored.evaluators[1].seat)
    assert b"passkey-options" not in client.get(address).content
    assert client.post(address).status_code == 302
    assert [bool(one.assertion) for one in EvaluationSignature.objects.order_by("pk")] == [True, False]
