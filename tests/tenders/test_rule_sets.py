"""Rules that officers write: drafted, checked and tried, proposed by one person, put in force by another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from selection.presets import PRESETS
from selection.ruleset import from_json, to_json
from tenders.actions.rule_sets import (
    RuleSetPlan,
    draft_rule_set,
    edit_rule_set,
    install_rule_sets,
    propose_rule_set,
    put_rule_set_in_force,
    refuse_rule_set,
    take_back_rule_set,
    withdraw_rule_set,
)
from tenders.models import RuleSet, RuleSetDraft
from tenders.todos.preparation import todos
from tests.contracts.pages import sitting
from tests.flat import flat_rules
from tests.tenders.test_tender_pages import client_of, text_of
from tests.world import NOW

pytestmark = pytest.mark.django_db
TODAY = legal_date(NOW)
WHOLE = to_json(flat_rules(winners=2, allocation="regions"))
GAPS = to_json(flat_rules(shortlist={3: 2}))


def plan(body=WHOLE, code="own", **facts):
    return RuleSetPlan(code, "Own rules", "A notice of the province", body, **facts)


@pytest.fixture
def second(world):
    return world.seat(world.agency, "officer")


@pytest.fixture
def draft(world):
    return draft_rule_set(plan=plan(), by=world.officer, now=NOW)


@pytest.fixture
def proposed(world, draft):
    return propose_rule_set(draft=draft, valid_from=TODAY, reason="The policy of 2026", by=world.officer, now=NOW)


class TestTwoPeople:
    def test_what_one_proposes_another_puts_in_force_as_the_next_version(self, world, second, proposed):
        made = put_rule_set_in_force(draft=proposed, by=second, now=NOW)
        assert (str(made), made.valid_from, made.body) == ("own/1", TODAY, WHOLE)
        again = draft_rule_set(plan=plan(to_json(flat_rules()), based_on=made), by=world.officer, now=NOW)
        again = propose_rule_set(draft=again, valid_from=TODAY, reason="Mended", by=world.officer, now=NOW)
        assert str(put_rule_set_in_force(draft=again, by=second, now=NOW)) == "own/2"
        assert [str(one) for one in RuleSet.objects.in_force(TODAY).filter(code="own")] == ["own/2"]
        verbs = Event.objects.filter(subject=again.reference).order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["rule_set.drafted", "rule_set.proposed", "rule_set.in_force"]

    def test_nobody_decides_on_what_they_wrote_or_proposed(self, world, proposed):
        with pytest.raises(Refused) as refusal:
            put_rule_set_in_force(draft=proposed, by=world.officer, now=NOW)
        assert refusal.value.code == "second_person"

    def test_the_database_asks_for_two_people_too(self, world, proposed):
        @action
        def by_hand():
            made = RuleSet.objects.create(code="x", version=1, title="x", source="x", valid_from=TODAY, body=WHOLE)
            facts = {"decided_at": NOW, "decided_by": world.officer, "rule_set": made}
            RuleSetDraft.objects.filter(pk=proposed.pk).update(status="in_force", **facts)

        with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
            by_hand()

    def test_the_database_keeps_what_is_proposed_as_it_is(self, proposed):
        @action
        def by_hand():
            RuleSetDraft.objects.filter(pk=proposed.pk).update(body=to_json(flat_rules(winners=1)))

        with pytest.raises(DatabaseError, match="stay as they are"), transaction.atomic():
            by_hand()

    def test_the_day_that_went_by_while_it_waited_becomes_today(self, second, proposed):
        later = NOW + timedelta(days=9)
        assert put_rule_set_in_force(draft=proposed, by=second, now=later).valid_from == legal_date(later)

    def test_a_second_decision_is_told_that_somebody_was_faster(self, second, proposed):
        refuse_rule_set(draft=proposed, reason="Not now", by=second, now=NOW)
        with pytest.raises(Conflict):
            put_rule_set_in_force(draft=proposed, by=second, now=NOW)

    def test_what_nobody_proposed_is_not_put_in_force(self, second, draft):
        with pytest.raises(Refused) as refusal:
            put_rule_set_in_force(draft=draft, by=second, now=NOW)
        assert refusal.value.code == "not_now"


class TestDrafts:
    def test_an_incomplete_draft_is_kept_and_not_proposed_and_each_fault_is_named(self, world):
        kept = draft_rule_set(plan=plan(GAPS), by=world.officer, now=NOW)
        with pytest.raises(Refused) as refusal:
            propose_rule_set(draft=kept, valid_from=TODAY, reason="Why", by=world.officer, now=NOW)
        assert {fault.code for fault in refusal.value.faults} == {"rules_gap"}
        rows = [fault.row for fault in refusal.value.faults]
        assert rows == [row for row in range(1, 61) if row != 3]
        assert {fault.field for fault in refusal.value.faults} == {"evaluation.shortlist"}

    @pytest.mark.parametrize(
        ("spoil", "field"),
        [
            (lambda body: body.pop("ties"), "body"),
            (lambda body: body["evaluation"].pop("pass_mark"), "body.evaluation"),
            (lambda body: body["selection"].update(places={"one": 1}), "body.selection.places"),
            (lambda body: body["evaluation"].update(pass_mark=60), "body.evaluation.pass_mark"),
            (lambda body: body["evaluation"].update(dealers="no"), "body.evaluation.dealers"),
            (lambda body: body["selection"].update(limit="NaN"), "body.selection.limit"),
            (lambda body: body.update(format="tender-rules/2"), "body"),
        ],
    )
    def test_what_is_no_document_is_refused_at_its_part_and_field(self, world, spoil, field):
        body = to_json(flat_rules())
        spoil(body)
        with pytest.raises(Refused) as refusal:
            draft_rule_set(plan=plan(body), by=world.officer, now=NOW)
        assert (refusal.value.code, refusal.value.faults[0].field) == ("document", field)

    def test_only_who_wrote_it_changes_a_draft_and_only_until_it_is_proposed(self, world, second, draft):
        with pytest.raises(Refused) as refusal:
            edit_rule_set(draft=draft, plan=plan(), by=second, now=NOW)
        assert refusal.value.code == "not_yours"
        assert edit_rule_set(draft=draft, plan=plan(GAPS), by=world.officer, now=NOW).body == GAPS
        edit_rule_set(draft=draft, plan=plan(), by=world.officer, now=NOW)
        proposed = propose_rule_set(draft=draft, valid_from=TODAY, reason="Why", by=world.officer, now=NOW)
        with pytest.raises(Refused):
            edit_rule_set(draft=proposed, plan=plan(), by=world.officer, now=NOW)
        back = take_back_rule_set(draft=proposed, by=world.officer, now=NOW)
        assert edit_rule_set(draft=back, plan=plan(GAPS), by=world.officer, now=NOW).status == "drafted"

    def test_a_draft_whose_author_is_gone_is_given_up_by_another(self, second, draft):
        assert withdraw_rule_set(draft=draft, by=second, now=NOW).status == "withdrawn"

    def test_who_may_not_prepare_tenders_writes_no_rules(self, world):
        with pytest.raises(Denied):
            draft_rule_set(plan=plan(), by=world.pharmacist, now=NOW)

    def test_rules_do_not_hold_from_a_day_that_is_over(self, world, draft):
        with pytest.raises(Refused) as refusal:
            propose_rule_set(draft=draft, valid_from=TODAY - timedelta(days=1), reason="Why", by=world.officer, now=NOW)
        assert refusal.value.faults[0].field == "valid_from"


class TestPresets:
    def test_the_presets_of_a_release_arrive_as_drafts_once(self):
        install_rule_sets(now=NOW)
        drafts = RuleSetDraft.objects.filter(drafted_by=None)
        assert sorted(drafts.values_list("code", flat=True)) == sorted(preset.code for preset in PRESETS)
        assert install_rule_sets(now=NOW) == []
        assert all(from_json(draft.body) for draft in drafts)

    def test_a_closed_round_is_never_proposed(self, world):
        install_rule_sets(now=NOW)
        closed = RuleSetDraft.objects.get(code="national-round-9")
        with pytest.raises(Refused) as refusal:
            propose_rule_set(draft=closed, valid_from=TODAY, reason="Why", by=world.officer, now=NOW)
        assert refusal.value.code == "closed_round"

    def test_one_of_the_release_is_proposed_by_any_officer_and_decided_by_another(self, world, second):
        install_rule_sets(now=NOW)
        draft = RuleSetDraft.objects.get(code="national-round-10")
        draft = propose_rule_set(draft=draft, valid_from=TODAY, reason="The new round", by=world.officer, now=NOW)
        assert put_rule_set_in_force(draft=draft, by=second, now=NOW).unverified.count("\n") == 2


class TestPages:
    def test_rules_are_written_checked_tried_and_put_in_force_on_pages(self, world, second):
        install_rule_sets(now=NOW)
        officer = client_of(world.officer)
        start = RuleSetDraft.objects.get(code="national-round-10")
        address = reverse("tenders:draft-rule-set") + f"?from={start.reference}"
        form = officer.get(address).context["form"]
        typed = {name: form[name].value() for name in form.fields}
        typed = {name: "" if value is None else value for name, value in typed.items() if value is not False}
        typed = {name: form.fields[name].prepare_value(value) for name, value in typed.items()}
        typed |= {"code": "own-10", "selection.places": "1: 1\n2: 2\n4: 3", "selection.limit": "1.5"}
        made = officer.post(address, typed)
        draft = RuleSetDraft.objects.get(code="own-10")
        assert made.url == draft.get_absolute_url()
        said = text_of(officer.get(draft.get_absolute_url()))
        assert "Row 3 is missing" in said
        assert "1.5 times" in said
        edit = reverse("tenders:edit-rule-set", args=[draft.reference])
        officer.post(edit, typed | {"selection.places": "1: 1\n2: 2\n3: 2\n4: 3"})
        tried = officer.get(
            reverse("tenders:try-rule-set", args=[draft.reference]),
            {"prices": "2 Ada\n2.5 Ada\n2.9 Bo\n3.1 Cal", "ceiling": "9", "need": "1001"},
        )
        shown = text_of(tried)
        assert [str(line.fate) for line in tried.context["lines"]] == [
            "wins",
            "counts as one with a better bid",
            "wins",
            "above the limit",
        ]
        assert "Agreed of the need: 601" in shown
        propose = reverse("tenders:propose-rule-set", args=[draft.reference])
        officer.post(propose, {"valid_from": str(TODAY + timedelta(days=4000)), "reason": "Our own table"})
        decide = sitting(second)
        assert "Put in force" in text_of(decide.get(draft.get_absolute_url()))
        decide.post(reverse("tenders:put-rule-set-in-force", args=[draft.reference]))
        draft.refresh_from_db()
        assert (draft.status, str(draft.rule_set)) == ("in_force", "own-10/1")
        assert "1.5 times" in text_of(decide.get(draft.rule_set.get_absolute_url()))
        assert "own-10" in text_of(decide.get(reverse("tenders:rule-sets")))

    def test_a_row_that_cannot_be_read_is_told_at_its_field_and_nothing_is_lost(self, world):
        install_rule_sets(now=NOW)
        start = RuleSetDraft.objects.get(code="two-winners-by-shares")
        officer, address = client_of(world.officer), reverse("tenders:draft-rule-set") + f"?from={start.reference}"
        form = officer.get(address).context["form"]
        typed = {name: form.fields[name].prepare_value(form[name].value()) for name in form.fields}
        typed = {name: value for name, value in typed.items() if value not in (None, False)}
        answer = officer.post(address, typed | {"allocation.shares": "1: 1\n2: six / 0.4"})
        assert "Line 2: a number is asked for." in text_of(answer)
        assert "six / 0.4" in text_of(answer)

    def test_who_must_act_is_told_and_nobody_about_what_a_release_brought(self, world, second):
        install_rule_sets(now=NOW)
        assert not any("draft of rules" in str(todo.what) for todo in todos(world.officer, NOW))
        draft = draft_rule_set(plan=plan(), by=world.officer, now=NOW)
        assert [todo.url for todo in todos(world.officer, NOW)] == [draft.get_absolute_url()]
        assert todos(second, NOW) == []
        propose_rule_set(draft=draft, valid_from=TODAY, reason="Why", by=world.officer, now=NOW)
        assert todos(world.officer, NOW) == []
        assert [str(todo.what) for todo in todos(second, NOW)] == ["Put the rules in force, or refuse them"]

    def test_a_supplier_sees_no_draft(self, world, draft):
        assert client_of(world.bid_manager).get(draft.get_absolute_url()).status_code in (403, 404)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told(world, second, proposed):
    third = world.seat(world.agency, "officer")

    def decide(seat):
        try:
            return str(put_rule_set_in_force(draft=proposed, by=seat, now=NOW))
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        outcomes = sorted(pool.map(decide, (second, third)))
    assert outcomes == ["already_done", "own/1"]
