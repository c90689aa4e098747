"""Who wants to take part in the demo, what a supplier has on its shelf, and what is proposed to be changed."""

from datetime import timedelta

from django.utils.translation import gettext as _

from accounts.actions import (
    GivenLicence,
    Statement,
    admit_application,
    apply,
    return_application,
    review_application,
)
from accounts.documents import Paper
from accounts.licensing import ApplicantKind, LicenceKind
from accounts.models import Application
from accounts.rules import demo_uscc
from catalogue import actions
from catalogue.actions import Proposal
from catalogue.actions.shelf import ShelfRow, shelve
from catalogue.models import Adjustment, ProductVersion
from catalogue.validity import DocumentKind
from core.clock import legal_date
from procurement.demo.registry import DOCUMENT
from procurement.demo.stage import Province

_YEAR = timedelta(days=365)


def ask_to_take_part(province: Province) -> None:
    """One waits for a first look, one was asked back, one waits for its decision, and one is admitted."""
    at, (first, second) = province.cast.clock.at, province.registrars
    _applied(province, 1, ApplicantKind.PHARMACY, _("Demo Pharmacy"), 2)
    asked = _applied(province, 2, ApplicantKind.COMPANY, _("Demo Pharmaceutical of the North"), 9)
    question = _("The production licence names another company. Attach yours.")
    return_application(application=asked, question=question, by=first, now=at(7))
    looked = _applied(province, 3, ApplicantKind.CLINIC, _("Demo Clinic at the Lake"), 6)
    review_application(application=looked, advice="admit", note="", by=first, now=at(4))
    admitted = _applied(province, 4, ApplicantKind.DISTRIBUTOR, _("Demo Distribution of the South"), 12)
    review_application(application=admitted, advice="admit", note="", by=first, now=at(8))
    admit_application(application=admitted, by=second, now=at(3))


def fill_shelf(province: Province) -> None:
    """The first supplier's licences and approvals; of what nobody's right to offer hangs on, one ends soon."""
    supplier, at = next(iter(province.bidders.values())), province.cast.clock.at
    today = legal_date(at(0))
    offered = ProductVersion.objects.current().offered_by(supplier.organisation_id, today, dealers=True)
    versions = list(offered.select_related("product__item", "product__maker").order_by("pk")[:3])
    paper = Paper(_("licence.pdf"), DOCUMENT)
    rows = [
        ShelfRow(DocumentKind.BUSINESS, _("Demo business licence"), paper=paper),
        ShelfRow(DocumentKind.PRODUCTION, _("Demo production licence"), valid_until=today + 4 * _YEAR, paper=paper),
        ShelfRow(DocumentKind.PRACTICE, _("Demo certificate"), valid_until=today + timedelta(days=25), paper=paper),
        *(
            ShelfRow(
                DocumentKind.APPROVAL,
                version.approval_number or _("Demo approval %(n)s") % {"n": number},
                valid_until=today + 3 * _YEAR,
                products=(version.product,),
                paper=paper if number == 1 else None,
            )
            for number, version in enumerate(versions, start=1)
        ),
    ]
    shelve(rows=rows, by=supplier, now=at(90))


def propose_changes(province: Province) -> None:
    """A hospital's addition waits, a supplier was asked back, and a correction was accepted."""
    at, hospital, officer = province.cast.clock.at, province.hospitals[0].pharmacist, province.cataloguer
    supplier = next(iter(province.bidders.values()))
    papers = [Paper(_("evidence.pdf"), DOCUMENT)]
    versions = ProductVersion.objects.current().order_by("pk").select_related("product__item", "product__maker")
    offered = versions.offered_by(supplier.organisation_id, legal_date(at(0)), dealers=True).first()
    said = {
        "kind": "drug", "item_name": _("Demo oral solution"), "strength": "100ml", "base_unit": _("bottle"),
        "maker": _("Demo Maker"), "pack_size": "1", "pack_unit": _("bottle"),
    }  # fmt: skip
    addition = Proposal(Adjustment.Kind.ADD, _("Children need it, and the catalogue has tablets only."), said)
    brand = {"brand": _("Demo brand")}
    correction = Proposal(Adjustment.Kind.CORRECT_PRODUCT, _("The brand changed."), brand, product=versions[1].product)
    given = {"papers": papers, "by": hospital}
    actions.propose_adjustments(proposals=[addition], **given, now=at(5))
    [corrected] = actions.propose_adjustments(proposals=[correction], **given, now=at(6))
    actions.accept_adjustment(adjustment=corrected, by=officer, now=at(2))
    if offered:
        gone = Proposal(Adjustment.Kind.WITHDRAW, _("This pack is made no more."), product=offered.product)
        [asked] = actions.propose_adjustments(proposals=[gone], papers=papers, by=supplier, now=at(11))
        question = _("Until when can what is ordered be delivered?")
        actions.ask_back_adjustment(adjustment=asked, question=question, by=officer, now=at(9))


def _applied(province: Province, number: int, kind: ApplicantKind, name: str, ago: int) -> Application:
    at = province.cast.clock.at
    ends = legal_date(at(0)) + 2 * _YEAR
    paper = Paper(_("licence.pdf"), DOCUMENT)
    needed = {
        ApplicantKind.COMPANY: (LicenceKind.BUSINESS, LicenceKind.DRUG_PRODUCTION),
        ApplicantKind.CLINIC: (LicenceKind.MEDICAL,),
    }.get(kind, (LicenceKind.BUSINESS, LicenceKind.DRUG_DISTRIBUTION))
    statement = Statement(
        kind=kind,
        name=name,
        credit_code=demo_uscc(98_000 + number),
        region=province.cast.region,
        size="small",
        representative=_("Demo representative"),
        contact_name=_("Demo contact"),
        contact_phone="000-0000000",
        contact_email=f"applicant{number}@demo.example",
    )
    licences = [GivenLicence(one, f"DEMO-{number}-{at_}", ends, paper) for at_, one in enumerate(needed, start=1)]
    return apply(statement=statement, licences=licences, now=at(ago))
