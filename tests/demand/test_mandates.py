"""An institution entrusts the agency by two signatures; need without a mandate stands apart and enters no tender."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.actions import give_seat
from accounts.documents import Paper
from accounts.permissions import OrganisationKind
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from demand.actions import (
    MandatePlan,
    ReportedLine,
    give_mandate,
    lock_demand,
    open_window,
    report_demand,
    revoke_mandate,
    sign_mandates,
    withdraw_mandate,
)
from demand.models import DemandEntry, Mandate, MandateInstitution
from demand.shell import todos
from tenders.actions.publication import publish_tender
from tenders.models import LotVolume
from tenders.volumes import reported_volumes
from tests.contracts.pages import sitting
from tests.demand.stage import PAPER, given, item_of, mandate_of, window_plan
from tests.tenders.stage import draft_tender, published_tender
from tests.world import NOW, _region

YEAR = NOW.year


def plan(**changes):
    said = {"reports": False, "signs": True, "pays": False, "goods": None, "first_year": YEAR, "last_year": YEAR + 1}
    return MandatePlan(**{**said, **changes})


def reported(world):
    """Two hospitals that report 1000 each; only the second has a mandate in force for it."""
    other = world.organisation(OrganisationKind.HOSPITAL)
    window = open_window(
        plan=window_plan(),
        items=[item_of(world, "Alpha")],
        hospitals=[world.hospital, other],
        by=world.officer,
        now=NOW,
    )
    for seat in (world.pharmacist, world.seat(other, "pharmacist")):
        report_demand(window=window, lines=[ReportedLine(1, 1000)], by=seat, now=NOW)
    mandate_of(world, other)
    return lock_demand(window=window, by=world.officer, now=NOW), other


def test_need_without_a_mandate_is_shown_apart(world):
    window, other = reported(world)
    assert [(line.total, line.apart, line.needing) for line in window.totals()] == [(2000, 1000, 2)]
    assert [entry.report.hospital for entry in DemandEntry.objects.entrusted()] == [other]
    assert {one: one.is_entrusted for one in window.asked()} == {world.hospital: False, other: True}


def test_a_tender_takes_only_the_need_that_is_entrusted(world):
    stage = draft_tender(world)
    assert set(reported_volumes(stage.tender).values()) == {2000}
    first = Mandate.objects.get()
    revoke_mandate(mandate=first, reason="New director", by=world.officer, now=NOW)
    mandate_of(world, stage.hospitals[1])
    publish_tender(tender=stage.tender, by=stage.officer, now=NOW)
    assert set(LotVolume.objects.values_list("hospital", flat=True)) == {stage.hospitals[1].pk}


def test_a_tender_for_which_nobody_gave_a_mandate_is_not_published(world):
    stage = draft_tender(world)
    revoke_mandate(mandate=Mandate.objects.get(), reason="New director", by=world.officer, now=NOW)
    with pytest.raises(Refused):
        publish_tender(tender=stage.tender, by=stage.officer, now=NOW)


def test_what_is_published_stays_when_its_mandate_is_revoked(world):
    stage = published_tender(world)
    frozen = list(LotVolume.objects.values_list("hospital", "quantity"))
    assert frozen
    revoke_mandate(mandate=Mandate.objects.get(), reason="New director", by=stage.officer, now=NOW)
    assert list(LotVolume.objects.values_list("hospital", "quantity")) == frozen


@pytest.mark.parametrize(
    "change",
    [{"signs": False, "reports": True}, {"goods": "consumable"}, {"first_year": YEAR, "last_year": YEAR}],
)
def test_a_mandate_for_something_else_covers_nothing(world, change):
    """To report only, for other goods, or for other years: the window asks for the need of medicines of next year."""
    window, _other = reported(world)
    mandate_of(world, world.hospital, **change)
    assert [line.apart for line in window.totals()] == [1000]


def test_only_the_second_signature_entrusts(world):
    window, _other = reported(world)
    mandate = given(world, world.hospital)
    assert [line.apart for line in window.totals()] == [1000]
    sign_mandates(mandates=[mandate], by=world.officer, now=NOW)
    assert [line.apart for line in window.totals()] == [None]


def test_a_county_s_institutions_are_listed_and_another_county_s_are_told_at_their_row(world):
    other = world.organisation(OrganisationKind.HOSPITAL)
    assert set(mandate_of(world, world.hospital, other).institutions.all()) == {world.hospital, other}
    far = world.organisation(OrganisationKind.HOSPITAL, region=_region("430000", "湖南省", "Hunan"))
    with pytest.raises(Refused) as refusal:
        given(world, world.hospital, far, world.hospital, world.supplier)
    faults = [(fault.row, fault.code) for fault in refusal.value.faults]
    assert faults == [(2, "other_region"), (3, "twice"), (4, "wrong_kind")]


@pytest.mark.parametrize(
    ("change", "paper", "field"),
    [
        ({"signs": False}, PAPER, "signs"),
        ({"last_year": YEAR - 1}, PAPER, "last_year"),
        ({"first_year": YEAR - 2, "last_year": YEAR - 1}, PAPER, "last_year"),
        ({"last_year": YEAR + 5}, PAPER, "last_year"),
        ({}, Paper("mandate.exe", b"MZ"), "document"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(world, change, paper, field):
    seat = world.order_approver
    with pytest.raises(Refused) as refusal:
        give_mandate(plan=plan(**change), institutions=[world.hospital], paper=paper, by=seat, now=NOW)
    assert [fault.field for fault in refusal.value.faults] == [field]


def test_each_side_signs_its_own_part_only(world):
    mandate = given(world, world.hospital)
    with pytest.raises(Denied):
        sign_mandates(mandates=[mandate], by=world.order_approver, now=NOW)
    with pytest.raises(Denied):
        give_mandate(plan=plan(), institutions=[world.hospital], paper=PAPER, by=world.officer, now=NOW)


def test_a_mandate_that_waits_is_withdrawn_by_either_side_and_never_by_a_stranger(world):
    stranger = world.seat(world.organisation(OrganisationKind.HOSPITAL), "order_approver")
    for seat in (world.order_approver, world.officer):
        mandate = given(world, world.hospital)
        with pytest.raises(Denied):
            withdraw_mandate(mandate=mandate, reason="x", by=stranger, now=NOW)
        assert withdraw_mandate(mandate=mandate, reason="Wrong years", by=seat, now=NOW).status == "withdrawn"
        with pytest.raises(Conflict):
            sign_mandates(mandates=[mandate], by=world.officer, now=NOW)


def test_a_mandate_whose_years_are_over_is_not_signed_any_more(world):
    mandate = given(world, world.hospital, last_year=YEAR)
    with pytest.raises(Refused) as refusal:
        sign_mandates(mandates=[mandate], by=world.officer, now=NOW + timedelta(days=365))
    assert refusal.value.code == "date_out_of_range"
    assert mandate.has_run_out(NOW.date().replace(year=YEAR + 1))


class TestPastTheAction:
    """SQL by hand is refused: what was signed stays, and two people sign."""

    @pytest.mark.parametrize(
        "change", [{"last_year": YEAR + 9}, {"goods": "drug"}, {"sha256": "0" * 64}, {"pays": True}]
    )
    def test_what_was_signed_stays(self, world, change):
        mandate = given(world, world.hospital)
        self.refused(lambda: Mandate.objects.filter(pk=mandate.pk).update(**change))

    def test_nobody_signs_for_both_sides(self, world):
        mandate = given(world, world.hospital)
        for seat in (mandate.given_by, world.pharmacist):
            self.refused(
                lambda seat=seat: Mandate.objects.filter(pk=mandate.pk).update(
                    status="in_force", signed_at=NOW, signed_by=seat
                )
            )

    def test_the_same_person_from_a_seat_of_the_agency_is_no_second(self, world):
        mandate = given(world, world.hospital)
        both = self.seat_at_the_agency(world, mandate.given_by.person)
        self.refused(
            lambda: Mandate.objects.filter(pk=mandate.pk).update(status="in_force", signed_at=NOW, signed_by=both)
        )
        with pytest.raises(Refused) as refusal:
            sign_mandates(mandates=[mandate], by=both, now=NOW)
        assert refusal.value.code == "two_people"

    def test_nobody_is_listed_after_the_signature(self, world):
        mandate = mandate_of(world, world.hospital)
        other = world.organisation(OrganisationKind.HOSPITAL)
        self.refused(lambda: MandateInstitution.objects.create(mandate=mandate, institution=other))

    @staticmethod
    def seat_at_the_agency(world, person):
        return give_seat(
            person=person,
            organisation=world.agency,
            roles=["officer"],
            starts_on=legal_date(NOW),
            by=None,
            now=NOW,
        )

    @staticmethod
    def refused(change):
        with pytest.raises(DatabaseError), transaction.atomic():
            action(change)()


class TestPages:
    def test_a_hospital_signs_by_page_and_the_agency_signs_several_at_once(self, world):
        other = world.organisation(OrganisationKind.HOSPITAL)
        hospital, agency = sitting(world.order_approver), sitting(world.officer)
        typed = {
            "signs": "on",
            "first_year": YEAR,
            "last_year": YEAR + 1,
            "institutions": f"{world.hospital.credit_code}\n{other.name}\nNobody knows",
        }
        page = reverse("demand:give-mandate")
        paper = {"document": SimpleUploadedFile("paper.pdf", PAPER.content)}
        answer = hospital.post(page, typed | paper)
        assert "Line 3" in str(answer.context["form"].errors["institutions"])
        typed["institutions"] = ""
        file = SimpleUploadedFile("list.csv", f"Institution\n{world.hospital.name}\n{other.credit_code}\n".encode())
        paper = {"document": SimpleUploadedFile("paper.pdf", PAPER.content), "file": file}
        assert hospital.post(page, typed | paper).status_code == 302
        mandate = Mandate.objects.get()
        assert set(mandate.institutions.all()) == {world.hospital, other}
        assert mandate.sha256 == PAPER.sha256
        for page in ("mandates", "sign-mandates"):
            assert mandate.reference in agency.get(reverse(f"demand:{page}")).content.decode()
        agency.post(reverse("demand:sign-mandates"), {"mandates": [mandate.pk]})
        mandate.refresh_from_db()
        assert mandate.status == "in_force"
        assert hospital.get(reverse("demand:mandate-document", args=[mandate.reference])).content == PAPER.content

    def test_each_act_is_a_page(self, world):
        waiting, signed = given(world, world.hospital), mandate_of(world, world.hospital)
        hospital = sitting(world.order_approver)
        assert hospital.get(reverse("demand:mandate", args=[signed.reference])).status_code == 200
        for name, mandate in (("withdraw", waiting), ("revoke", signed)):
            page = reverse(f"demand:{name}-mandate", args=[mandate.reference])
            assert hospital.get(page).status_code == 200
            assert hospital.post(page, {"reason": "New director"}).status_code == 302
        assert set(Mandate.objects.values_list("status", flat=True)) == {"withdrawn", "revoked"}

    def test_who_is_not_listed_reads_nothing(self, world):
        mandate = mandate_of(world, world.hospital)
        stranger = world.seat(world.organisation(OrganisationKind.HOSPITAL), "order_approver")
        assert not Mandate.objects.visible_to(stranger).exists()
        assert list(Mandate.objects.visible_to(world.pharmacist)) == [mandate]

    def test_a_hospital_that_is_asked_and_has_no_mandate_is_told_and_the_agency_what_waits(self, world):
        open_window(
            plan=window_plan(),
            items=[item_of(world, "Alpha")],
            hospitals=[world.hospital],
            by=world.officer,
            now=NOW,
        )
        assert [todo.url for todo in todos(world.order_approver, NOW)] == [reverse("demand:give-mandate")]
        given(world, world.hospital)
        assert todos(world.order_approver, NOW) == []
        assert reverse("demand:sign-mandates") in [todo.url for todo in todos(world.officer, NOW)]
