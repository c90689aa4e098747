"""Coming in: applied without an account, asked back, reviewed by one, decided by another, published, objected to."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import (
    Basis,
    Evidence,
    GivenLicence,
    Statement,
    accept_invitation,
    admit_application,
    answer_admission_objection,
    apply,
    correct_application,
    object_to_admission,
    propose_measure,
    refuse_application,
    require_unrestricted,
    return_application,
    review_application,
    withdraw_application,
)
from accounts.actions.applications import invitation_secret, link_secret
from accounts.documents import LARGEST_DOCUMENT, Paper
from accounts.licensing import ApplicantKind, LicenceKind, missing_licences
from accounts.models import Application, InboxMessage, Organisation
from accounts.presentation.applications import duplicates
from accounts.rules import demo_uscc
from accounts.shell import todos
from accounts.tasks import tell_applicant, warn_of_admissions
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from procurement.actions import confirm_filing
from tests.world import NOW

TODAY = legal_date(NOW)
PDF = Paper("licence.pdf", b"%PDF-1.7 a licence")
LARGE = Paper("a.pdf", b"%PDF-" + bytes(LARGEST_DOCUMENT))
BUSINESS = GivenLicence(LicenceKind.BUSINESS, "91-1", None, PDF)
TRADE = GivenLicence(LicenceKind.DRUG_DISTRIBUTION, "YD-7", TODAY + timedelta(days=80), PDF)
BOTH = (BUSINESS, TRADE)


@pytest.fixture
def registrar(world):
    return world.seat(world.agency, "registrar")


@pytest.fixture
def second(world):
    return world.seat(world.agency, "registrar")


def said(world, **changes):
    facts = Statement(
        kind="company", name="Nova 制药", credit_code=demo_uscc(88001), region=world.region, size="small",
        representative="Li", contact_name="Wang", contact_phone="027-1", contact_email="wang@nova.example",
    )  # fmt: skip
    return replace(facts, **changes)


def applied(world, licences=BOTH, **changes):
    return apply(statement=said(world, **changes), licences=licences, now=NOW)


def reviewed(application, by):
    return review_application(application=application, advice="admit", note="", by=by, now=NOW)


def admitted(world, registrar, second, **changes):
    return admit_application(application=reviewed(applied(world, **changes), registrar), by=second, now=NOW)


def codes(refused):
    return {(fault.field, fault.code) for fault in refused.value.faults}


def test_nobody_is_admitted_on_a_licence_that_ended_meanwhile(world, registrar, second):
    waiting, later = reviewed(applied(world), registrar), NOW + timedelta(days=81)
    with pytest.raises(Refused) as refused:
        admit_application(application=waiting, by=second, now=later)
    assert refused.value.code == "licence_ended"
    on_its_last_day = NOW + timedelta(days=80)
    assert admit_application(application=waiting, by=second, now=on_its_last_day).status == "admitted"


def test_two_people_admit_and_the_contact_becomes_the_first_administrator(world, registrar, second):
    application = admitted(world, registrar, second)
    organisation = Organisation.objects.get(credit_code=demo_uscc(88001))
    assert (organisation.kind, organisation.size, organisation.licence) == ("supplier", "small", "YD-7")
    assert application.admitted_until == TRADE.valid_until
    assert application.objections_until == TODAY + timedelta(days=7)  # five working days from a Monday
    tell_applicant(application.pk)
    secret = invitation_secret(application.nonce)
    assert secret in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["wang@nova.example"]
    seat = accept_invitation(secret=secret, password="correct horse battery", now=NOW)
    assert (seat.roles, seat.organisation) == (["administrator"], organisation)
    assert Event.objects.get(verb="organisation.admitted", subject=organisation.credit_code).audience == "public"


def test_nobody_decides_on_what_the_same_person_has_reviewed(world, registrar, second):
    application = reviewed(applied(world), registrar)
    for decide in (admit_application, lambda **given: refuse_application(reason="no", **given)):
        with pytest.raises(Refused, match="Somebody else"):
            decide(application=application, by=registrar, now=NOW)
        with pytest.raises(Denied):
            decide(application=application, by=world.officer, now=NOW)

    @action
    def past_the_action(*, now):
        Application.objects.filter(pk=application.pk).update(
            status="refused", decided_at=now, decided_by=registrar, reason="no"
        )

    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        past_the_action(now=NOW)
    with pytest.raises(Refused):
        admit_application(application=applied(world), by=second, now=NOW)  # nobody has reviewed it
    assert not Organisation.objects.filter(credit_code=demo_uscc(88001)).exists()


def test_what_was_asked_back_is_corrected_and_reviewed_anew(world, registrar, second):
    application = reviewed(applied(world), registrar)
    returned = return_application(application=application, question="Which region?", by=second, now=NOW)
    assert returned.reviewed_by is None
    later = replace(TRADE, valid_until=TODAY + timedelta(days=400), paper=None)
    kept = replace(BUSINESS, paper=None)
    given = {"statement": said(world, name="Nova 2"), "licences": (kept, later), "now": NOW}
    again = correct_application(application=returned, **given)
    assert (again.status, again.name) == ("submitted", "Nova 2")
    assert again.licences.filter(replaced_at=None).count() == 2
    assert again.licences.count() == 3
    assert bytes(again.licences.get(valid_until=later.valid_until).document) == PDF.content
    with pytest.raises(Refused):
        correct_application(application=returned, **given)  # it is with the agency
    withdraw_application(application=again, now=NOW)
    with pytest.raises(Refused):
        reviewed(again, registrar)


def test_what_is_with_the_agency_changes_for_nobody(world):
    application = applied(world)

    @action
    def change(*, now):
        Application.objects.filter(pk=application.pk).update(bank_number="6222000000000000")

    with pytest.raises(DatabaseError, match="asked back"), transaction.atomic():
        change(now=NOW)


@pytest.mark.parametrize(
    ("licences", "changes", "fault"),
    [
        ((BUSINESS,), {}, ("", "licence_missing")),
        ((BUSINESS, replace(TRADE, valid_until=TODAY - timedelta(days=1))), {}, ("valid_until", "licence_ended")),
        ((BUSINESS, replace(TRADE, paper=None)), {}, ("document", "required")),
        ((BUSINESS, replace(TRADE, paper=Paper("a.pdf", b"MZ"))), {}, ("document", "document")),
        ((BUSINESS, replace(TRADE, paper=Paper("a.exe", b"%PDF-"))), {}, ("document", "document")),
        ((BUSINESS, replace(TRADE, paper=LARGE)), {}, ("document", "document")),
        ((*BOTH, TRADE), {}, ("number", "twice")),
        (BOTH, {"credit_code": demo_uscc(88001)[:-1] + "?"}, ("credit_code", "invalid")),
        (BOTH, {"bank": "Demo bank"}, ("bank_number", "required")),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused(world, licences, changes, fault):
    with pytest.raises(Refused) as refused:
        applied(world, licences, **changes)
    assert fault in codes(refused)


@pytest.mark.parametrize("kind", ApplicantKind)
def test_every_kind_of_applicant_needs_a_licence(kind):
    assert missing_licences(kind, [])
    assert missing_licences(kind, LicenceKind) == []


def test_the_second_of_two_with_one_code_is_told_and_not_admitted(world, registrar, second):
    other = reviewed(applied(world), registrar)
    admitted(world, registrar, second)
    assert "registered already" in str(duplicates(other))
    with pytest.raises(Conflict):
        admit_application(application=other, by=second, now=NOW)


def test_an_objection_is_answered_by_another_and_suspends_where_it_is_upheld(world, registrar, second):
    application = admitted(world, registrar, second)
    objection = object_to_admission(application=application, reason="forged", by=world.bid_manager, now=NOW)
    with pytest.raises(Conflict):
        object_to_admission(application=application, reason="again", by=world.bid_manager, now=NOW)
    late = NOW + timedelta(days=8)
    with pytest.raises(Refused, match="over"):
        object_to_admission(application=application, reason="late", by=world.pharmacist, now=late)
    answer = {"objection": objection, "upheld": True, "answer": "It is.", "now": NOW}
    with pytest.raises(Refused, match="Somebody else"):
        answer_admission_objection(**answer, by=second)
    answer_admission_objection(**answer, by=registrar)
    organisation = Organisation.objects.get(pk=application.organisation_id)
    with pytest.raises(Refused, match="suspended"):
        require_in_transaction(organisation)
    basis = Basis(TODAY, Evidence("notice.pdf", b"%PDF"))
    filing = propose_measure(kind="reinstatement", organisation=organisation, basis=basis, by=registrar, now=NOW)
    confirm_filing(filing=filing, by=second, now=NOW)
    organisation.refresh_from_db()
    require_in_transaction(organisation)
    with pytest.raises(Refused, match="changes nothing"):
        propose_measure(kind="reinstatement", organisation=organisation, basis=basis, by=registrar, now=NOW)


def require_in_transaction(organisation):
    with transaction.atomic():
        require_unrestricted(organisation)


def test_the_end_is_told_once_a_step_and_a_renewal_starts_anew(world, registrar, second):
    application = admitted(world, registrar, second)
    seat = accept_invitation(secret=invitation_secret(application.nonce), password="correct horse battery", now=NOW)
    today = legal_date(timezone.now())
    told = InboxMessage.objects.filter(seat=seat, about__startswith="admission.")
    warn_of_admissions()
    warn_of_admissions()
    left = (application.admitted_until - today).days
    assert told.count() == (left <= 90)
    renewed = {"renews": seat.organisation, "by": seat, "now": NOW}
    anew = apply(statement=said(world), licences=(BUSINESS, replace(TRADE, valid_until=None)), **renewed)
    with pytest.raises(Refused, match="waits already"):
        apply(statement=said(world), licences=BOTH, **renewed)
    with pytest.raises(Denied):
        apply(statement=said(world), licences=BOTH, renews=seat.organisation, by=world.bid_manager, now=NOW)
    done = admit_application(application=reviewed(anew, registrar), by=second, now=NOW)
    assert (done.organisation, done.admitted_until) == (seat.organisation, None)
    assert list(Application.objects.in_force()) == [done]


def test_applications_wait_in_the_to_dos_of_who_may_act(world, registrar, second):
    application = reviewed(applied(world), registrar)
    named = [todo.where for todo in todos(second, NOW)]
    assert f"{application.reference} · Nova 制药" in named
    assert application.reference not in str([todo.where for todo in todos(registrar, NOW)])


def sent(world, **changes):
    facts = said(world, **changes)
    names = ("kind", "name", "credit_code", "size", "representative", "contact_name", "contact_phone", "contact_email")
    form = {name: getattr(facts, name) for name in names} | {"region": world.region.pk}
    for place, licence in enumerate(BOTH, start=1):
        form |= {
            f"licence_kind_{place}": licence.kind,
            f"licence_number_{place}": licence.number,
            f"licence_valid_until_{place}": "2099-12-31",
            f"licence_document_{place}": SimpleUploadedFile("licence.pdf", PDF.content),
        }
    return form


def test_a_stranger_applies_follows_and_corrects_by_the_link_alone(world, registrar):
    client = Client()
    answer = client.post(reverse("accounts:apply"), sent(world))
    application = Application.objects.get()
    assert application.reference in answer.content.decode()
    assert link_secret(application.nonce) not in answer.content.decode()
    tell_applicant(application.pk)
    own = reverse("accounts:own-application", args=[link_secret(application.nonce)])
    assert own in mail.outbox[-1].body
    assert "Nova 制药" in client.get(own).content.decode()
    assert client.get(reverse("accounts:own-application", args=["x" * 43])).status_code == 404
    assert client.get(reverse("accounts:own-application", args=[application.nonce])).status_code == 404
    return_application(application=application, question="Which region?", by=registrar, now=NOW)
    assert "Which region?" in client.get(own).content.decode()
    form = sent(world, name="Nova 3")
    assert client.post(own, form).status_code == 302
    application.refresh_from_db()
    assert (application.status, application.name) == ("submitted", "Nova 3")
    withdraw = reverse("accounts:withdraw-application", args=[link_secret(application.nonce)])
    client.post(withdraw)
    application.refresh_from_db()
    assert application.status == "withdrawn"


def test_mails_that_applications_cause_are_few(world):
    client = Client()
    for _time in range(5):
        client.post(reverse("accounts:apply"), sent(world))
    assert Application.objects.count() == 5
    answer = client.post(reverse("accounts:apply"), sent(world))
    assert "Too many" in answer.content.decode()
    lost = {"reference": Application.objects.first().reference, "email": "wang@nova.example"}
    assert "Too many" in client.post(reverse("accounts:lost-link"), lost).content.decode()
    assert Application.objects.count() == 5
