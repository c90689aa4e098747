"""Documents of a supplier: of which kinds, and what it means when one has ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    """What stands on a supplier's shelf."""

    BUSINESS = "business", _("business licence")
    PRODUCTION = "production", _("production licence")
    DISTRIBUTION = "distribution", _("distribution licence")
    APPROVAL = "approval", _("approval or registration certificate")
    PRACTICE = "practice", _("certificate of good practice")
    QUALITY = "quality", _("quality report")
    LETTER = "letter", _("letter of authorisation")
    OTHER = "other", _("other document")


# Of which one in force is needed, once the supplier has shown one: nothing is made or sold without a licence to produce
# or distribute (药品管理法, arts. 41, 51) or an approval (art. 24; 医疗器械监督管理条例, art. 13).
NEEDED = (DocumentKind.BUSINESS, DocumentKind.PRODUCTION, DocumentKind.DISTRIBUTION, DocumentKind.APPROVAL)
# What is about products, and never about the company as a whole.
OF_PRODUCTS = (DocumentKind.APPROVAL, DocumentKind.QUALITY)


@dataclass(frozen=True)
class Validity:
    """Of what kind a document is, whose, about which product (0: all of the supplier's), and from when until when."""

    supplier: int
    kind: str
    product: int
    number: str
    valid_from: date | None
    valid_until: date | None
    withdrawn: bool = False

    def holds(self, day: date) -> bool:
        if self.withdrawn:
            return False
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True)
class Lapse:
    """The document with which the right to offer a product ended, and its last day."""

    kind: str
    number: str
    last_day: date


def lapse_of(documents: Iterable[Validity], day: date) -> Lapse | None:
    """What has ended of the documents about one product: of a kind of which one is needed a supplier has shown some
    that have ended, and none that holds on the day. None where all is in force, or nothing was ever shown.

    One that begins later ends nothing before: only what has ended counts against a product.
    """
    groups: dict[tuple[int, str], list[Validity]] = {}
    for one in documents:
        if one.kind in NEEDED:
            groups.setdefault((one.supplier, one.kind), []).append(one)
    lapses = []
    for held in groups.values():
        ended = [one for one in held if one.valid_until is not None and one.valid_until < day]
        if ended and not any(one.holds(day) for one in held):
            last = max(ended, key=lambda one: (one.valid_until, one.number))
            lapses.append(Lapse(last.kind, last.number, last.valid_until))  # type: ignore[arg-type]  # it has ended
    return min(lapses, key=lambda one: (one.last_day, one.kind), default=None)


class Standing(TextChoices):
    """How a document stands for something that is offered on a day and has to hold until another."""

    STANDS = "stands", _("in force to the end")
    ENDS = "ends", _("ends before")
    ENDED = "ended", _("ended")
    LATER = "later", _("begins later")
    MISSING = "missing", _("not on the shelf")


def standing_of(document: Validity, day: date, until: date) -> Standing:
    """How one document stands.

    >>> held = Validity(1, "approval", 7, "H1", None, date(2027, 1, 31))
    >>> str(standing_of(held, date(2027, 1, 31), date(2027, 2, 1)))
    'ends'
    """
    if document.valid_until is not None and document.valid_until < day:
        return Standing.ENDED
    if document.valid_from is not None and document.valid_from > day:
        return Standing.LATER
    return Standing.ENDS if document.valid_until is not None and document.valid_until < until else Standing.STANDS


# Of which each offer shows one in force: who it is, its right to make or sell, and the approval of each product.
SHOWN = ((DocumentKind.BUSINESS,), (DocumentKind.PRODUCTION, DocumentKind.DISTRIBUTION))
SHOWN_OF_PRODUCTS = (DocumentKind.APPROVAL,)
