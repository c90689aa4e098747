"""Which products may not be offered because a licence or an approval has ended, asked for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from catalogue.models import ProductVersion, ShelfDocument
from catalogue.validity import NEEDED, DocumentKind, Lapse, Validity, lapse_of


def lapsed(products: Iterable[int], day: date, supplier: int | None = None) -> dict[int, Lapse]:
    """Of some products, by primary key, those that nobody may bid or order on a day, each with the document that ended.

    What counts is on the shelves of the maker, of the holder, and of the ``supplier`` who offers them: documents of the
    product and of the company. Three queries, however many they are.
    """
    owners = _owners(set(products), supplier)
    shelves = Shelves(owners, set().union(*owners.values()))
    return {key: lapse for key, whose in owners.items() if (lapse := shelves.lapse(key, whose, day))}


class Shelves:
    """What stands on some suppliers' shelves about some products, both by primary key. Read once. What a supplier took
    over stands on its shelf: a document that ended does so for whoever stands in its supplier's place."""

    def __init__(self, products: Iterable[int], suppliers: Iterable[int]) -> None:
        about = Q(uses__product__in=list(products)) | Q(uses=None)
        heirs: dict[int, list[int]] = defaultdict(list)
        known = Organisation.objects.filter(pk__in=list(suppliers)).values_list("pk", "predecessors")
        for heir, before in known:
            for whose in (heir, *before):
                heirs[whose].append(heir)
        documents = ShelfDocument.objects.filter(about, supplier__in=list(heirs), kind__in=NEEDED)
        # What its supplier took off the shelf is in force no more, and ends when it would have: else that were a way
        # round.
        counted = documents.exclude(withdrawn_by__organisation__kind=OrganisationKind.AGENCY)
        fields = ("supplier", "kind", "uses__product", "number", "valid_from", "valid_until", "withdrawn_at")
        self._held: dict[tuple[int, int], list[Validity]] = defaultdict(list)
        for whose, kind, product, number, begins, ends, withdrawn_at in counted.values_list(*fields):
            one = Validity(whose, kind, product or 0, number, begins, ends, withdrawn=withdrawn_at is not None)
            for heir in heirs[whose]:
                self._held[heir, one.product].append(one)

    def lapse(self, product: int, suppliers: Iterable[int], day: date) -> Lapse | None:
        """The document of one of these suppliers, of the product or of the company, with which the right to offer it
        ended before the day."""
        return lapse_of([one for whose in suppliers for key in (0, product) for one in self._of(whose, key)], day)

    def _of(self, supplier: int, product: int) -> list[Validity]:
        return self._held.get((supplier, product), [])


def why_lapsed(lapse: Lapse) -> str:
    """What is said of a product that may not be offered: which document ended, and how to go on."""
    told = {"kind": DocumentKind(lapse.kind).label, "number": lapse.number, "day": lapse.last_day.isoformat()}
    return _("The %(kind)s %(number)s ended with %(day)s. Its supplier puts the one that follows on its shelf.") % told


def _owners(products: Collection[int], supplier: int | None) -> dict[int, set[int]]:
    """Whose shelves count for each product: of its maker, its holder, and whoever offers it."""
    versions = ProductVersion.objects.current().filter(product__in=products)
    owners = versions.values_list("product", "product__maker__organisation", "holder__organisation")
    return {product: {one for one in (maker, holder, supplier) if one} for product, maker, holder in owners}
