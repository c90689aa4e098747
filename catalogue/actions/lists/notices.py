"""Word of editions to whom they concern: who orders in the region, who sells what changes, who drafted them."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from accounts.actions import notify
from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.models import Authorisation, Edition, Maker
from core.actions import action
from core.clock import legal_date

_PUBLISHED = _(
    "%(list)s: edition %(title)s takes effect on %(day)s; entries added: %(added)s, removed: %(removed)s,"
    " changed: %(changed)s"
)
_IN_FORCE = _("%(list)s: edition %(title)s is in force since %(day)s")


@action
def tell_of_edition(*, edition: Edition, now: datetime) -> int:
    """Tell, once each, that an edition is published, or once its day has come that it is in force: hospitals of the
    region of its list, and suppliers of what it adds, removes or changes. Answers with how many messages are new."""
    if edition.status != Edition.Status.PUBLISHED or edition.published_at is None:
        return 0
    today = legal_date(now)
    begun = edition.valid_from <= today
    if begun and legal_date(edition.published_at) < edition.valid_from:
        stage, text = "in_force", _IN_FORCE
    else:
        stage, text = "published", _PUBLISHED
    seats = Seat.objects.that_may(Permission.PLACE_ORDER, _hospitals(edition), today)
    seats = seats | Seat.objects.that_may(Permission.BID, _sellers(edition, now), today)
    seats = seats | Seat.objects.current(today).filter(pk=edition.drafted_by_id).exclude(person__email=None)
    return notify(
        seats=list(seats.distinct().order_by("pk")),
        subject=edition.reference,
        text=text,
        data={
            "list": edition.list.name,
            "title": edition.title,
            "day": edition.valid_from.isoformat(),
            **{name: str(count) for name, count in edition.differences().items()},
        },
        path=edition.get_absolute_url(),
        about=f"edition.{stage}:{edition.reference}",
        now=now,
    )


def _hospitals(edition: Edition) -> set[int]:
    hospitals = Organisation.objects.standing().of_kind(OrganisationKind.HOSPITAL)
    if edition.list.region:
        hospitals = hospitals.within(edition.list.region)
    return set(hospitals.values_list("pk", flat=True))


def _sellers(edition: Edition, now: datetime) -> set[int]:
    """Who makes, or may offer, what the edition changes: an entry without a product is of every maker of its item."""
    makers = Maker.objects.none()
    for entries in (edition.added(), edition.removed(), edition.changed()):
        of_items = entries.filter(product=None).order_by().values("item")
        of_products = entries.exclude(product=None).order_by().values("product")
        makers = makers | Maker.objects.filter(Q(products__item__in=of_items) | Q(products__in=of_products))
    keys = set(makers.values_list("pk", flat=True))
    found = set(Maker.objects.filter(pk__in=keys, organisation__isnull=False).values_list("organisation", flat=True))
    letters = Authorisation.objects.in_force(legal_date(now)).filter(maker__in=keys)
    return found | set(letters.values_list("supplier", flat=True))
