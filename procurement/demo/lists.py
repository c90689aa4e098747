"""Lists, varieties and shortages of the demo: two lists in force, an edition that waits for its review, strengths of
one medicine as a variety, a shortage with substitute and commissioned maker, and one that waits to be verified."""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from catalogue import actions
from catalogue.actions import Commission, EditionFacts, EntryRow, GroupedItem, ReportedShortage
from catalogue.models import CatalogueList, Edition, Item, Maker
from core.clock import legal_date
from procurement.demo.stage import Province

VARIETIES = 12


def keep_lists(province: Province) -> None:
    """The second cataloguer reviews what the first prepared; the next edition of the insurance catalogue waits."""
    region, items = province.cast.region, list(Item.objects.filter(kind=Item.Kind.DRUG).order_by("pk")[:14])
    essential = _list(province, CatalogueList.Kind.ESSENTIAL, _("National essential drugs (demonstration)"))
    _published(essential, [EntryRow(item=item) for item in items[:10]], province)
    insured = _list(province, CatalogueList.Kind.INSURANCE, _("Insurance catalogue (demonstration)"), region=region)
    rows = [EntryRow(item=item, entry_class="a" if at % 2 else "b") for at, item in enumerate(items[:11])]
    standard = {"payment_standard": Decimal("2.80"), "restriction": _("Only after first-line treatment failed")}
    rows.append(EntryRow(item=items[11], entry_class="negotiated", **standard))
    _published(insured, rows, province)
    _waiting(insured, items, province)


def group_varieties(province: Province) -> None:
    """Medicines of which the catalogue has several strengths in one form, the first of each its main specification."""
    of_name: dict[tuple[str, str], list[Item]] = {}
    for item in Item.objects.filter(kind=Item.Kind.DRUG).order_by("pk"):
        of_name.setdefault((item.name, item.form), []).append(item)
    several = [(name, items) for name, items in of_name.items() if len(items) > 1][:VARIETIES]
    rows = [GroupedItem(item, *name, is_main=place == 0) for name, items in several for place, item in enumerate(items)]
    actions.group_items(rows=rows, by=province.cataloguer, now=province.cast.clock.at(20))


def run_short(province: Province) -> None:
    """What a hospital reported is verified and has a substitute; what a supplier reported waits."""
    at, (first, other, third, *_rest) = province.cast.clock.at, Item.objects.filter(kind=Item.Kind.DRUG).order_by("pk")
    pharmacist, cataloguer = province.hospitals[0].pharmacist, province.cataloguer
    evidence = _("Three orders were refused, and two distributors have none in stock.")
    report = ReportedShortage(first, None, province.cast.region, legal_date(at(12)), evidence)
    [short] = actions.report_shortages(reports=[report], by=pharmacist, now=at(9))
    actions.verify_shortage(shortage=short, by=cataloguer, now=at(8))
    reason = _("The same indication; the doctor decides on the dose.")
    actions.name_substitute(shortage=short, item=other, reason=reason, by=cataloguer, now=at(8))
    day, maker = legal_date(at(8)), Maker.objects.filter(products__item=first).order_by("pk")[0]
    commission = Commission(first, maker, None, day, day + timedelta(days=365), _("Demo decision on small medicines"))
    actions.designate_production(commission=commission, by=cataloguer, now=at(7))
    evidence = _("The maker's letter: the raw material is late by six weeks.")
    report = ReportedShortage(third, None, province.cast.region, legal_date(at(3)), evidence)
    actions.report_shortages(reports=[report], by=province.competitors[0], now=at(1))


def _list(province: Province, kind: str, name: str, **more: object) -> CatalogueList:
    return actions.begin_list(kind=kind, name=name, by=province.cataloguer, now=province.cast.clock.at(200), **more)


def _drafted(of: CatalogueList, days: int, ago: int, province: Province) -> Edition:
    """An edition that takes effect so many days from today, drafted some days ago."""
    at = province.cast.clock.at
    day = legal_date(at(0)) + timedelta(days=days)
    facts = EditionFacts(f"{of.name} {day.year}", _("Demo notice of %(day)s") % {"day": day}, day)
    return actions.draft_edition(of=of, facts=facts, by=province.cataloguer, now=at(ago))


def _published(of: CatalogueList, rows: list[EntryRow], province: Province) -> None:
    at, edition = province.cast.clock.at, _drafted(of, -180, 190, province)
    actions.set_entries(edition=edition, rows=rows, by=province.cataloguer, now=at(190))
    actions.propose_edition(edition=edition, by=province.cataloguer, now=at(189))
    actions.publish_edition(edition=edition, removed=0, by=province.second_cataloguer, now=at(188))


def _waiting(of: CatalogueList, items: list[Item], province: Province) -> None:
    at, edition = province.cast.clock.at, _drafted(of, 30, 3, province)
    rows = [EntryRow(item=items[12], entry_class="b"), EntryRow(item=items[1], entry_class="b", note=_("moved"))]
    actions.set_entries(edition=edition, rows=rows, by=province.cataloguer, now=at(3))
    gone = edition.entries.get(item=items[3])
    actions.remove_entries(edition=edition, entries=[gone.pk], by=province.cataloguer, now=at(3))
    reason = _("Withdrawn by its maker")
    actions.propose_edition(edition=edition, removal_reason=reason, by=province.cataloguer, now=at(2))
