"""The same verbs over HTTP: from demand to a published tender, and what each endpoint refuses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.permissions import OrganisationKind
from core.clock import legal_date
from tenders.models import Opener, Tender
from tests.demand.stage import item_of, mandate_of
from tests.roles import program_of
from tests.tenders.openers import OpenerProgram
from tests.tenders.stage import draft_tender, published_tender, rule_set

ROOT = "/api/v1"


def named(seat) -> dict[str, str]:
    return {"email": seat.person.email, "organisation": seat.organisation.credit_code}


def as_read(client, url) -> dict[str, str]:
    """What names the draft that the client has read."""
    return {"prepared_at": client.get(url).json()["prepared_at"]}


def faults(answer) -> set[tuple[str, int | None]]:
    return {(fault["field"], fault["row"]) for fault in answer.json()["faults"]}


class TestFromDemandToPublication:
    @pytest.fixture
    def officer(self, world):
        return program_of(world.officer)

    @pytest.fixture
    def window(self, world, officer):
        """The address of a locked window of two items, made over HTTP."""
        today = legal_date(timezone.now())
        items = [item_of(world, name).reference for name in ("Alpha", "Beta")]
        asked = {
            "title": "Next year",
            "year": today.year + 1,
            "opens_on": f"{today}",
            "closes_on": f"{today + timedelta(days=9)}",
            "items": items,
            "hospitals": [world.hospital.credit_code],
        }
        mandate_of(world, world.hospital)
        opened = officer.post(f"{ROOT}/demand-windows/", asked)
        assert opened.status_code == 201
        url = f"{ROOT}/demand-windows/{opened.json()['reference']}/"
        report = {"lines": [{"line": 1, "quantity": 500}, {"line": 2, "quantity": 80}]}
        assert program_of(world.pharmacist).put(f"{url}report/", report).json()["reported"] == 1
        assert officer.post(f"{url}lock/").json()["locked_at"]
        return url

    def test_a_tender_is_published(self, world, officer, window):
        plan = {
            "title": "Cold chain",
            "kind": "drug",
            "region": world.region.code,
            "rule_set": str(rule_set()),
            "window": window.split("/")[-2],
        }
        prepared = officer.post(f"{ROOT}/tenders/", plan)
        assert prepared.status_code == 201
        url = f"{ROOT}/tenders/{prepared.json()['reference']}/"
        lines = officer.get(f"{window}lines/").json()["results"]
        assert [line["quantity"] for line in lines] == [500, 80]
        both = [{"item": lines[0]["item"]}, {"item": lines[1]["item"], "factor": "1.7"}]
        lots = officer.put(f"{url}lots/", {"lots": [{"items": both, "ceiling_price": "1.50"}]}).json()["lots"]
        assert [(lot["ceiling_price"], lot["volume"]) for lot in lots] == [("1.500000", "636")]
        deadline = timezone.now() + timedelta(days=30)
        supply = {
            "supply_from": f"{deadline + timedelta(days=60):%Y-%m-%d}",
            "supply_to": f"{deadline + timedelta(days=400):%Y-%m-%d}",
        }
        officer.put(f"{url}schedule/", {"deadline": deadline.isoformat(), **supply})
        criteria = [{"kind": "formal", "title": "Licence"}, {"kind": "scored", "title": "Quality", "max_points": 100}]
        officer.put(f"{url}criteria/", {"criteria": criteria})
        homes = (world.agency, world.regulator, world.agency, world.regulator, world.payer)
        openers = [self.opener(world, officer, url, organisation) for organisation in homes]
        for opener in openers:
            opener.prove()
        for _number in range(5):
            seat = world.seat(world.hospital, "evaluator")
            assert officer.post(f"{url}evaluators/", named(seat)).status_code == 201
            assert program_of(seat).post(f"{url}declaration/", {"has_interest": False}).json()["declared_at"]
        read = as_read(officer, url)
        assert faults(officer.post(f"{url}publish/", read)) == {("publisher", None)}
        published = program_of(world.preparer).post(f"{url}publish/", read)
        assert published.status_code == 200, published.json()
        assert published.json()["status"] == "published"
        assert len(published.json()["openers"]) == 5
        assert program_of(world.bid_manager).get(url).json()["terms"] == published.json()["terms"]

    def opener(self, world, officer, url, organisation):
        seat = world.seat(organisation, "opener")
        assert officer.post(f"{url}openers/", named(seat)).status_code == 201
        client = program_of(seat)

        def call(method, path, body):
            answer = getattr(client, method)(f"{url}{path}", body)
            assert answer.status_code < 300, answer.content
            return answer.json()

        program = OpenerProgram(call)
        program.make(url.rstrip("/").rpartition("/")[2])
        return program


class TestRefusals:
    @pytest.fixture
    def stage(self, world):
        return draft_tender(world, lots=("1.50",))

    def url(self, stage, more=""):
        return f"{ROOT}/tenders/{stage.tender.reference}/{more}"

    def test_an_incomplete_draft_is_told_everything(self, world):
        plan = {"title": "Empty", "kind": "drug", "region": world.region.code, "rule_set": str(rule_set())}
        client = program_of(world.officer)
        reference = client.post(f"{ROOT}/tenders/", plan).json()["reference"]
        url = f"{ROOT}/tenders/{reference}/"
        answer = client.post(f"{url}publish/", as_read(client, url))
        assert answer.status_code == 422
        assert answer.json()["code"] == "incomplete"
        assert {field for field, _row in faults(answer)} == {
            "demand",
            "lots",
            "schedule",
            "criteria",
            "people",
            "publisher",
        }

    def test_what_is_unknown_or_owned_by_the_server_is_refused(self, world, stage):
        client = program_of(world.officer)
        plan = {
            "title": "X",
            "kind": "drug",
            "region": world.region.code,
            "rule_set": "no-such/1",
            "status": "published",
        }
        assert client.post(f"{ROOT}/tenders/", plan).status_code == 400
        lots = {"lots": [{"items": [{"item": "I-999999"}], "ceiling_price": "1.1234567", "awarded": True}]}
        assert client.put(self.url(stage, "lots/"), lots).status_code == 400
        assert stage.tender.lots.count() == 1

    @pytest.mark.parametrize("price", ["NaN", "Infinity", "1e3000", "-1", "0", "1,5", "1.1234567"])
    def test_a_price_that_is_none_changes_nothing(self, world, stage, price):
        item = stage.lots[0].lot_items.get().item.reference
        lots = {"lots": [{"items": [{"item": item}], "ceiling_price": price}]}
        assert program_of(world.officer).put(self.url(stage, "lots/"), lots).status_code in (400, 422)
        assert str(stage.lots[0].ceiling_price) == "1.500000"

    def test_a_draft_does_not_exist_for_strangers(self, world, stage):
        for seat in (world.bid_manager, world.pharmacist, world.seat(world.payer, "opener")):
            answers = [program_of(seat).get(url) for url in (self.url(stage), f"{ROOT}/tenders/T-2026-9999/")]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].content == answers[1].content

    def test_nobody_acts_without_the_permission_or_a_token(self, world, stage):
        for method, more in (("post", "publish/"), ("post", "cancel/"), ("put", "lots/"), ("post", "openers/")):
            assert getattr(program_of(world.auditor), method)(self.url(stage, more), {}).status_code == 403
            assert getattr(APIClient(), method)(self.url(stage, more), {}).status_code == 401

    def test_another_agency_reads_a_draft_of_ours_and_changes_nothing(self, world, stage):
        stranger = program_of(world.seat(world.organisation(OrganisationKind.AGENCY), "officer"))
        assert stranger.post(self.url(stage, "publish/"), as_read(stranger, self.url(stage))).status_code == 403
        assert stranger.post(self.url(stage, "cancel/"), {"reason": "x"}).status_code == 403
        assert Tender.objects.get(pk=stage.tender.pk).status == "draft"

    def test_a_hospital_reads_its_own_numbers_only(self, world):
        stage = published_tender(world, lots=("1.50",), hospitals=3)
        url = f"{ROOT}/demand-windows/{stage.window.reference}/lines/"
        assert [line["quantity"] for line in program_of(world.pharmacist).get(url).json()["results"]] == [1000]
        assert [line["quantity"] for line in program_of(world.officer).get(url).json()["results"]] == [3000]

    def test_a_report_with_faults_names_their_rows(self, world):
        stage = draft_tender(world, lots=("1.50",))
        url = f"{ROOT}/demand-windows/{stage.window.reference}/report/"
        client = program_of(world.pharmacist)
        assert client.put(url, {"lines": [{"line": 1, "quantity": -5}]}).status_code == 400
        answer = client.put(url, {"lines": [{"line": 1, "quantity": 5}]})
        assert (answer.status_code, answer.json()["code"]) == (422, "locked")

    def test_a_key_made_elsewhere_is_registered_and_must_be_proved(self, world, stage):
        holder = stage.holders[0]
        client = program_of(holder.seat)
        key = {"public_key": holder.pair.ecdh_public, "signing_key": holder.pair.sign_public}
        assert client.put(self.url(stage, "key/"), key).status_code == 200
        assert Opener.objects.get(pk=holder.opener.pk).key_proved_at is None
        assert client.put(self.url(stage, "key/"), {**key, "public_key": "04" + "0" * 127}).status_code == 400
        off_the_curve = {**key, "public_key": "04" + "1" * 128}
        assert client.put(self.url(stage, "key/"), off_the_curve).status_code == 422
        taken = {**key, "public_key": stage.holders[1].pair.ecdh_public}
        assert client.put(self.url(stage, "key/"), taken).status_code == 422
        answer = client.post(self.url(stage, "key/prove/"), {"answer": "{}", "signed_list": "nonsense"})
        assert answer.status_code == 422

    def test_people_are_replaced_with_a_reason(self, world, stage):
        client = program_of(world.officer)
        opener, evaluator = world.seat(world.payer, "opener"), world.seat(world.hospital, "evaluator")
        reason = {"reason": "On leave"}
        assert client.post(self.url(stage, "openers/3/replace/"), named(opener) | reason).status_code == 201
        assert client.post(self.url(stage, "evaluators/1/replace/"), named(evaluator) | reason).status_code == 201
        assert client.post(self.url(stage, "evaluators/99/replace/"), named(evaluator) | reason).status_code == 404
        shown = client.get(self.url(stage, "openers/")).json()
        assert shown[2]["person"] == opener.person.name
        assert {one["person"] for one in client.get(self.url(stage, "evaluators/")).json()} >= {evaluator.person.name}

    def test_cancelling_needs_its_reason(self, world, stage):
        client = program_of(world.officer)
        assert client.post(self.url(stage, "cancel/"), {}).status_code == 400
        assert client.post(self.url(stage, "cancel/"), {"reason": "Not needed"}).json()["status"] == "cancelled"


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_endpoints_cost_the_same_queries_for_one_row_and_for_many(world):
    few, client = published_tender(world, lots=("1",)), program_of(world.officer)
    lists = [f"{ROOT}/{name}/" for name in ("tenders", "demand-windows", "rule-sets")]
    before = [queries_of(client, url) for url in lists]
    many = published_tender(world, lots=["1"] * 25)
    for _more in range(8):
        draft_tender(world, lots=("1",), openers=0, evaluators=0)
    assert [queries_of(client, url) for url in lists] == before
    details = [f"{ROOT}/tenders/{stage.tender.reference}/" for stage in (few, many)]
    assert queries_of(client, details[0]) == queries_of(client, details[1])
    lines = [f"{ROOT}/demand-windows/{stage.window.reference}/lines/" for stage in (few, many)]
    assert queries_of(client, lines[0]) == queries_of(client, lines[1])
