"""Who may apply, and which licences whoever applies has to show."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicantKind(TextChoices):
    """Who may ask to take part."""

    COMPANY = "company", _("company that makes or holds products")
    DISTRIBUTOR = "distributor", _("distributor")
    HOSPITAL = "hospital", _("hospital")
    CLINIC = "clinic", _("clinic")
    PHARMACY = "pharmacy", _("pharmacy")


class LicenceKind(TextChoices):
    """Licences by which somebody works."""

    BUSINESS = "business", _("business licence")
    DRUG_PRODUCTION = "drug_production", _("drug production licence")
    DRUG_DISTRIBUTION = "drug_distribution", _("drug distribution licence")
    DEVICE_PRODUCTION = "device_production", _("medical device production licence")
    DEVICE_DISTRIBUTION = "device_distribution", _("medical device distribution licence or record")
    MEDICAL = "medical", _("practising licence of a medical institution")
    OTHER = "other", _("other licence")


_L = LicenceKind
_TRADES = (_L.DRUG_PRODUCTION, _L.DRUG_DISTRIBUTION, _L.DEVICE_PRODUCTION, _L.DEVICE_DISTRIBUTION)
# Of each group one at least: who makes or holds drugs (药品管理法, art. 41), who sells them (art. 51), who makes or
# sells devices (医疗器械监督管理条例, arts. 32, 42), and medical institutions (医疗机构管理条例, art. 14).
REQUIRED_LICENCES: dict[ApplicantKind, tuple[tuple[LicenceKind, ...], ...]] = {
    ApplicantKind.COMPANY: ((_L.BUSINESS,), _TRADES),
    ApplicantKind.DISTRIBUTOR: ((_L.BUSINESS,), (_L.DRUG_DISTRIBUTION, _L.DEVICE_DISTRIBUTION)),
    ApplicantKind.HOSPITAL: ((_L.MEDICAL,),),
    ApplicantKind.CLINIC: ((_L.MEDICAL,),),
    ApplicantKind.PHARMACY: ((_L.BUSINESS,), (_L.DRUG_DISTRIBUTION,)),
}


def missing_licences(kind: str, given: Iterable[str]) -> list[tuple[LicenceKind, ...]]:
    """What an applicant of a kind has not shown: groups of which one is needed.

    >>> missing_licences("pharmacy", ["business"])
    [(LicenceKind.DRUG_DISTRIBUTION,)]
    """
    shown = set(given)
    return [group for group in REQUIRED_LICENCES[ApplicantKind(kind)] if shown.isdisjoint(group)]
