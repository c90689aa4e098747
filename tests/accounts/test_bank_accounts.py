"""Where an organisation is paid is said by two of its people; what replaces another account is used 72 hours later."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import shell, tasks
from accounts.actions import (
    BankDetails,
    confirm_bank_account,
    give_seat,
    propose_bank_account,
    withdraw_bank_account,
)
from accounts.models import BankAccount, InboxMessage
from accounts.permissions import OrganisationKind
from accounts.rules import COOLING, AccountStage, clean_account_number, masked, usable_from
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tests.contracts.copies import queries_of
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def first(world):
    return world.seat(world.supplier, "accountant")


@pytest.fixture
def second(world):
    return world.seat(world.supplier, "signatory")


def propose(by, number="6222 0212-3456 7890", now=NOW):
    return propose_bank_account(details=BankDetails("Demo bank", "Demo Pharma", number), by=by, now=now)


def paid_to(organisation, at):
    account = BankAccount.objects.paid_at(organisation.pk, at)
    return account and account.number


def stage(account, at):
    return BankAccount.objects.with_replaced(at).get(pk=account.pk).stage(at)


class TestTwoPeople:
    def test_nothing_is_paid_before_the_second_person_and_the_first_account_at_once_after(self, world, first, second):
        proposed = propose(first)
        assert paid_to(world.supplier, NOW) is None
        confirm_bank_account(account=proposed, by=second, now=NOW + HOUR)
        assert paid_to(world.supplier, NOW + HOUR) == "6222021234567890"
        assert paid_to(world.supplier, NOW) is None

    def test_the_same_person_is_refused(self, world, first):
        proposed = propose(first)
        with pytest.raises(Refused, match="Somebody else") as refusal:
            confirm_bank_account(account=proposed, by=first, now=NOW)
        assert refusal.value.code == "same_person"

    def test_another_organisations_people_and_others_of_ones_own_are_denied(self, world, first):
        proposed = propose(first)
        foreign = world.seat(world.organisation("supplier"), "accountant")
        for seat in (foreign, world.dispatcher, world.finance, world.seat(world.supplier, "administrator")):
            with pytest.raises(Denied):
                confirm_bank_account(account=proposed, by=seat, now=NOW)
        for seat in (world.dispatcher, world.seat(world.agency, "registrar"), world.pharmacist):
            with pytest.raises(Denied):
                propose(seat)

    def test_who_invites_people_does_not_move_money(self, world):
        person = world.dispatcher.person
        facts = {"person": person, "starts_on": legal_date(NOW), "by": None, "now": NOW}
        with pytest.raises(Refused, match="One person must not"):
            give_seat(organisation=world.hospital, roles=["administrator", "finance"], **facts)

    @pytest.mark.parametrize("kind", [kind for kind in OrganisationKind if kind != OrganisationKind.REGULATOR])
    def test_every_kind_of_organisation_that_is_paid_or_pays_can_have_one(self, world, kind):
        organisation = world.organisation(kind)
        assert world.bank_account(organisation).number == paid_to(organisation, NOW)

    def test_one_proposal_is_open_at_a_time(self, first, second):
        propose(first)
        with pytest.raises(Conflict, match="waits for its second person"):
            propose(second, "6222000011112222")

    def test_a_proposal_is_confirmed_once(self, first, second):
        proposed = propose(first)
        stale = BankAccount.objects.get(pk=proposed.pk)
        confirm_bank_account(account=proposed, by=second, now=NOW)
        with pytest.raises(Conflict):
            confirm_bank_account(account=stale, by=second, now=NOW)

    def test_what_is_missing_is_told_at_every_field(self, first):
        with pytest.raises(Refused) as refusal:
            propose_bank_account(details=BankDetails(" ", "", "12-34"), by=first, now=NOW)
        assert [fault.field for fault in refusal.value.faults] == ["bank", "holder", "number"]

    def test_the_account_that_is_used_is_not_proposed_again(self, first, second):
        confirm_bank_account(account=propose(first), by=second, now=NOW)
        with pytest.raises(Refused, match="go to this account already"):
            propose(second, "6222-0212-3456-7890")


class TestCooling:
    @pytest.fixture
    def old(self, first, second):
        return confirm_bank_account(account=propose(first), by=second, now=NOW)

    @pytest.fixture
    def new(self, old, first, second):
        return confirm_bank_account(account=propose(second, "6222999900001111"), by=first, now=NOW)

    def test_a_new_account_is_used_after_72_hours_and_not_a_microsecond_before(self, world, old, new):
        moment = NOW + COOLING
        assert paid_to(world.supplier, moment - timedelta(microseconds=1)) == old.number
        assert paid_to(world.supplier, moment) == new.number
        assert (stage(old, moment), stage(new, moment)) == (AccountStage.REPLACED, AccountStage.IN_USE)
        assert (stage(old, NOW), stage(new, NOW)) == (AccountStage.IN_USE, AccountStage.COOLING)

    def test_one_person_stops_it_in_that_time_and_never_after(self, world, old, new, first):
        with pytest.raises(Refused, match="propose another"):
            withdraw_bank_account(account=new, reason="not ours", by=first, now=NOW + COOLING)
        withdraw_bank_account(account=new, reason="not ours", by=first, now=NOW + COOLING - HOUR)
        assert paid_to(world.supplier, NOW + 2 * COOLING) == old.number
        with pytest.raises(Refused):
            withdraw_bank_account(account=old, reason="not ours", by=first, now=NOW + HOUR)

    def test_the_agencys_finance_stops_it_and_no_other_payer(self, world, new):
        for seat in (world.seat(world.payer, "finance"), world.awarder, world.seat(world.hospital, "finance")):
            with pytest.raises(Denied):
                withdraw_bank_account(account=new, reason="called", by=seat, now=NOW)
        with pytest.raises(Refused, match="Give the reason"):
            withdraw_bank_account(account=new, reason=" ", by=world.finance, now=NOW)
        stopped = withdraw_bank_account(account=new, reason="nobody there knows", by=world.finance, now=NOW)
        assert stage(stopped, NOW) == AccountStage.WITHDRAWN

    def test_after_it_was_stopped_another_waits_as_long(self, world, new, first, second):
        withdraw_bank_account(account=new, reason="wrong", by=first, now=NOW)
        third = confirm_bank_account(account=propose(first, "6222777700001111"), by=second, now=NOW + HOUR)
        assert third.usable_at == NOW + HOUR + COOLING


class TestLapsing:
    def test_a_proposal_lapses_by_its_date_and_is_noted_by_the_next(self, world, first, second):
        proposed = propose(first)
        late = NOW + timedelta(days=7)
        assert stage(proposed, late - HOUR) == AccountStage.PROPOSED
        assert stage(proposed, late) == AccountStage.LAPSED
        for act in (
            lambda: confirm_bank_account(account=proposed, by=second, now=late),
            lambda: withdraw_bank_account(account=proposed, reason="late", by=second, now=late),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert refusal.value.code == "lapsed"
        propose(second, now=late + HOUR)
        proposed.refresh_from_db()
        assert proposed.status == BankAccount.Status.LAPSED
        lapsed = Event.objects.get(verb="bank_account.lapsed")
        assert (lapsed.at, lapsed.actor) == (late, "")


class TestTheDatabase:
    def test_holds_the_second_person_the_hours_and_the_rows_by_itself(self, world, first, second):
        kept = confirm_bank_account(account=propose(first), by=second, now=NOW)
        waiting = propose(first, "6222999900001111")
        confirmed = {"status": "confirmed", "confirmed_at": NOW, "usable_at": NOW + COOLING}
        soon = {"usable_at": NOW + 23 * HOUR}
        for change in (
            lambda: _rows(waiting).update(**confirmed, confirmed_by=first),
            lambda: _rows(waiting).update(**confirmed | soon, confirmed_by=second),
            lambda: _rows(waiting).update(number="6222999900002222"),
            lambda: _rows(kept).update(usable_at=NOW - HOUR),
            lambda: _rows(kept).update(status="withdrawn", withdrawn_at=NOW + HOUR, withdrawn_by=first),
            lambda: _rows(kept).update(status="proposed"),
            lambda: _rows(kept).delete(),
            lambda: BankAccount(**_copy(kept)).save(force_insert=True),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                _outside(change)


class TestToldAndSeen:
    def test_its_people_and_the_agencys_finance_are_told_and_nobody_reads_the_number(self, world, first, second):
        administrator, finance = world.seat(world.supplier, "administrator"), world.finance
        bystanders = (world.dispatcher, world.pharmacist, world.awarder, world.seat(world.payer, "finance"))
        account = propose(first)
        tasks.tell_of_bank_account(account.pk)
        confirm_bank_account(account=account, by=second, now=NOW)
        tasks.tell_of_bank_account(account.pk)
        tasks.tell_of_bank_account(account.pk)
        for seat in (administrator, finance, first, second):
            told = list(InboxMessage.objects.filter(seat=seat, subject=account.reference))
            assert len(told) == 2, "once at the proposal, once at the confirmation"
            assert all("•••• 7890" in message.sentence and "6222" not in message.sentence for message in told)
        assert not InboxMessage.objects.filter(seat__in=bystanders).exists()
        for event in Event.objects.filter(subject=account.reference):
            assert "6222021234567890" not in str(event.data)

    def test_whose_reason_it_was_is_told_when_it_is_withdrawn(self, world, first):
        account = withdraw_bank_account(account=propose(first), reason="a slip", by=first, now=NOW)
        tasks.tell_of_bank_account(account.pk)
        assert "a slip" in InboxMessage.objects.get(seat=first).sentence

    def test_the_second_person_has_it_to_do_and_the_first_has_not(self, world, first, second):
        account = propose(first)
        (todo,) = shell.todos(second, NOW)
        assert (todo.url, todo.until_at) == (account.get_absolute_url(), account.lapses_at)
        assert shell.todos(first, NOW) == shell.todos(world.dispatcher, NOW) == []
        assert shell.todos(second, account.lapses_at) == []

    def test_who_reads_the_whole_number(self, world, first, second):
        account = confirm_bank_account(account=propose(first), by=second, now=NOW)
        for seat in (first, world.dispatcher, world.finance, world.seat(world.hospital, "finance")):
            assert account.number_for(seat) == "6222021234567890"
        for seat in (world.pharmacist, world.officer, world.auditor, world.awarder):
            assert account.number_for(seat) == "•••• 7890"

    def test_an_organisation_sees_its_own_and_whoever_pays_all(self, world, first):
        account = propose(first)
        for seat in (first, world.finance):
            assert account in BankAccount.objects.visible_to(seat)
        assert account not in BankAccount.objects.visible_to(world.seat(world.organisation("supplier"), "accountant"))


class TestByPageAndProgram:
    def test_the_list_costs_the_same_with_one_row_and_with_many(self, world, first, second):
        client, program = sitting(world.finance), program_of(world.finance)
        confirm_bank_account(account=propose(first), by=second, now=NOW)
        ways = (lambda: client.get("/bank-accounts/"), lambda: program.get("/api/v1/bank-accounts/"))
        few = [queries_of(way)[0] for way in ways]
        for number in range(12):
            other = world.organisation("supplier")
            propose(world.seat(other, "accountant"), f"62220000{number:08d}")
        assert [queries_of(way)[0] for way in ways] == few

    def test_from_the_proposal_to_the_confirmation(self, world, first, second):
        form = {"bank": "Demo bank", "holder": "Demo Pharma", "number": "6222 0212 3456 7890"}
        page = sitting(first).post("/bank-accounts/propose/", form, follow=True).content.decode()
        account = BankAccount.objects.get()
        assert account.reference in page
        assert "waits for a second person" in page
        address = account.get_absolute_url()
        assert f"{address}confirm/" not in page, "whoever proposed is not asked to confirm"
        client = sitting(second)
        assert f"{address}confirm/" in client.get(address).content.decode()
        assert "payments go there at once" in client.get(f"{address}confirm/").content.decode()
        assert "in use" in client.post(f"{address}confirm/", follow=True).content.decode()
        assert "6222021234567890" in client.get("/bank-accounts/").content.decode()

    def test_a_refusal_stands_on_the_page(self, world, first):
        account = propose(first, now=timezone.now())
        answer = sitting(first).post(f"{account.get_absolute_url()}confirm/")
        assert "Somebody else than the person" in answer.content.decode()

    def test_the_agencys_finance_stops_it_on_the_page_and_may_not_confirm(self, world, first):
        account = propose(first, now=timezone.now())
        client, address = sitting(world.finance), account.get_absolute_url()
        page = client.get(address).content.decode()
        assert f"{address}withdraw/" in page
        assert f"{address}confirm/" not in page
        assert client.post(f"{address}confirm/").status_code == 403
        client.post(f"{address}withdraw/", {"reason": "nobody there knows of it"})
        assert BankAccount.objects.get().status == BankAccount.Status.WITHDRAWN

    def test_a_stranger_is_told_nothing(self, world, first):
        account = propose(first)
        stranger = sitting(world.seat(world.organisation("supplier"), "accountant"))
        assert stranger.get(account.get_absolute_url()).status_code == 404

    def test_without_a_fresh_proof_nothing_is_done(self, world, first, second):
        account = propose(first, now=timezone.now())
        for seat, path in ((first, "/bank-accounts/propose/"), (second, f"{account.get_absolute_url()}confirm/")):
            client = sitting(seat)
            _make_stale(client)
            assert client.post(path).headers["Location"].startswith("/account/confirm/")
        assert BankAccount.objects.get().status == BankAccount.Status.PROPOSED

    def test_by_program(self, world, first, second):
        one, other = program_of(first), program_of(second)
        body = {"bank": "Demo bank", "holder": "Demo Pharma", "number": "6222-0212-3456-7890"}
        made = one.post("/api/v1/bank-accounts/", body, format="json")
        assert (made.status_code, made.json()["status"], made.json()["number"]) == (201, "proposed", "6222021234567890")
        address = f"/api/v1/bank-accounts/{made.json()['reference']}/"
        assert one.post(f"{address}confirm/").status_code == 422
        assert other.post(f"{address}confirm/").json()["status"] == "in_use"
        further = one.post("/api/v1/bank-accounts/", body | {"number": "6222999900001111"}, format="json")
        assert further.status_code == 201
        (waiting, used) = one.get("/api/v1/bank-accounts/").json()["results"]
        stopped = one.post(f"/api/v1/bank-accounts/{waiting['reference']}/withdraw/", {"reason": "slip"}, format="json")
        assert (stopped.json()["status"], used["status"]) == ("withdrawn", "in_use")


class TestRules:
    @given(st.text(alphabet="0123456789", min_size=8, max_size=34), st.sampled_from([" ", "-", "—", "\u3000", ""]))
    def test_a_number_is_the_same_however_it_is_written(self, digits, between):
        assert clean_account_number(between.join(digits)) == digits
        assert clean_account_number(clean_account_number(digits)) == digits

    @pytest.mark.parametrize("text", ["", "1234567", "1" * 35, "6222/0212", "账号62220212"])
    def test_what_is_no_number_is_refused(self, text):
        with pytest.raises(ValueError, match="not the number"):
            clean_account_number(text)

    @given(st.text(alphabet="0123456789", min_size=8, max_size=34))
    def test_a_masked_number_shows_four_signs(self, number):
        assert masked(number).endswith(number[-4:])
        assert sum(sign.isdigit() for sign in masked(number)) == 4

    def test_the_first_is_used_at_once_and_another_after_72_hours(self):
        assert usable_from(NOW, replaces=False) == NOW
        assert usable_from(NOW, replaces=True) - NOW == timedelta(hours=72)


def _rows(account):
    return BankAccount.objects.filter(pk=account.pk)


def _copy(account):
    return {field.attname: getattr(account, field.attname) for field in account._meta.concrete_fields} | {
        "id": None,
        "reference": "BA-0000-0000",
    }


@action
def _outside(change):
    change()


def _make_stale(client: Client) -> None:
    session = client.session
    session["proof"] = session["proof"] | {"at": session["proof"]["at"] - 600}
    session.save()
