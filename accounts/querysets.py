"""Questions about organisations, seats and notices."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.permissions import ROLES, OrganisationKind, Permission
from accounts.rules import PROPOSAL_DAYS, groups, region_prefix
from core.querysets import along, holding

PROPOSAL_LASTS = timedelta(days=PROPOSAL_DAYS)
_SIGNED = ("person", "organisation")


class PersonManager(BaseUserManager[Any]):
    def create_user(self, email: str, name: str, password: str | None = None) -> Any:
        person = self.model(email=self.normalize_email(email).lower(), name=name)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, email: str | None) -> Any:
        return self.get(email__iexact=email)


class RegionQuerySet(models.QuerySet[Any]):
    def within(self, region: Any) -> "RegionQuerySet":
        """The region itself and every region that lies in it."""
        return self.filter(code__startswith=region_prefix(region.code))

    def offered(self) -> "RegionQuerySet":
        """Full names and codes of what a field offers: provinces, and all that lies in those of the agency."""
        offered = Q(parent=None)
        for code in self.filter(organisations__kind=OrganisationKind.AGENCY).values_list("code", flat=True):
            offered |= Q(code__startswith=code[:2])
        return self.filter(offered).values_list("full_name", "code")

    def named(self, text: str) -> "RegionQuerySet":
        """The region with this code or full name; else all with this short name, of which there may be several."""
        exactly = self.filter(Q(code=text) | Q(full_name=text))
        return exactly if exactly.exists() else self.filter(Q(name=text) | ~Q(name_en="") & Q(name_en__iexact=text))


class OrganisationQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "OrganisationQuerySet":
        """Organisations are public facts: every seat reads them all."""
        return self

    def of_kind(self, *kinds: str) -> "OrganisationQuerySet":
        return self.filter(kind__in=kinds)

    def standing(self) -> "OrganisationQuerySet":
        """Those that have not ended: who may be asked, named, invited."""
        return self.filter(ended_on=None)

    def heirs(self, organisations: Iterable[int]) -> dict[int, int]:
        """Who stands today in the place of some, by primary key; whoever has no successor stands in its own."""
        asked = set(organisations)
        last = self.filter(predecessors__overlap=list(asked), succeeded_by=None).values_list("pk", "predecessors")
        stands = {before: pk for pk, predecessors in last for before in predecessors}
        return {one: stands.get(one, one) for one in asked}

    def named(self, text: str) -> "OrganisationQuerySet":
        """Organisations that have, or had, a name with this text in it, or that have this code."""
        versions = along(self.model, "versions").objects.filter(name__icontains=text, organisation=OuterRef("pk"))
        return self.filter(Exists(versions) | Q(credit_code__iexact=text))

    def within(self, region: Any) -> "OrganisationQuerySet":
        """Organisations whose region is this one or lies in it."""
        return self.filter(region__code__startswith=region_prefix(region.code))


class AffiliationQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "AffiliationQuerySet":
        """Whoever keeps the register of organisations, and whoever watches."""
        return self if seat.may(Permission.MANAGE_ORGANISATIONS) or seat.reads_the_trail else self.none()

    def on(self, day: date) -> "AffiliationQuerySet":
        """What holds on a day."""
        return self.filter(holding(day))

    def groups_of(self, organisations: Iterable[int], day: date) -> list[frozenset[int]]:
        """Which of these organisations, by primary key, belong together on a day, also through others."""
        members = set(organisations)
        return groups(self.on(day).values_list("organisation", "other"), members) if len(members) > 1 else []


class FilingQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "FilingQuerySet":
        """Whoever keeps the register of organisations, and whoever watches. Documents are left in the database."""
        may = seat.may(Permission.MANAGE_ORGANISATIONS) or seat.reads_the_trail
        return self.defer("document") if may else self.none()

    def with_people(self) -> "FilingQuerySet":
        """Fetches whom it is about and who filed, confirmed or declined it."""
        acts = [f"{act}_by__{part}" for act in ("proposed", "confirmed", "declined") for part in _SIGNED]
        return self.select_related("organisation__region", "other", "administrator__person", *acts)

    def waiting_for(self, seat: Any) -> "FilingQuerySet":
        """What another registrar has filed, which this one may confirm or decline."""
        if not seat.may(Permission.MANAGE_ORGANISATIONS):
            return self.none()
        return self.filter(status="proposed").exclude(proposed_by__person=seat.person_id)


class SeatQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "SeatQuerySet":
        """An organisation reads its own seats; the agency reads all."""
        return self if seat.of_the_agency else self.filter(organisation_id=seat.organisation_id)

    def current(self, today: date) -> "SeatQuerySet":
        """Seats that may be sat in today."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            starts_on__lte=today,
            ended_at__isnull=True,
            person__is_active=True,
        )

    def with_role(self, *roles: str) -> "SeatQuerySet":
        return self.filter(roles__overlap=list(roles))

    def that_may(self, permission: Permission, organisations: Iterable[int], today: date) -> "SeatQuerySet":
        """The people of some organisations who may do something and are there today."""
        roles = [role.code for role in ROLES.values() if permission in role.permissions]
        people = self.current(today).with_role(*roles).filter(organisation__in=list(organisations))
        return people.exclude(person__email=None)


class SystemQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "SystemQuerySet":
        """Whoever manages seats reads the systems of its own organisation; the registrar, who confirms where there is
        one administrator only, reads all."""
        if seat.may(Permission.MANAGE_ORGANISATIONS):
            return self
        return self.filter(organisation__in=seat.lineage) if seat.may(Permission.MANAGE_SEATS) else self.none()

    def to_confirm(self, seat: Any) -> "SystemQuerySet":
        """What waits for this seat in its own organisation: never what its own person proposed."""
        own = self.visible_to(seat).filter(status="proposed", organisation=seat.organisation_id)
        return own.exclude(proposed_by__person=seat.person_id).order_by("pk")

    def with_people(self) -> "SystemQuerySet":
        """Fetches whom it acts for and who proposed, confirmed or declined it."""
        acts = [f"{act}_by__{part}" for act in ("proposed", "confirmed", "declined") for part in _SIGNED]
        return self.select_related("organisation", "seat__organisation", "seat__person", *acts)


class PasswordResetQuerySet(models.QuerySet[Any]):
    def usable(self, now: datetime) -> "PasswordResetQuerySet":
        """Links that nobody has used, and that have not expired."""
        return self.filter(used_at=None, expires_at__gt=now)


class InboxMessageQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "InboxMessageQuerySet":
        return self.filter(seat=seat)

    def unread(self) -> "InboxMessageQuerySet":
        return self.filter(read_at__isnull=True)


class BankAccountQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "BankAccountQuerySet":
        """An organisation reads its own; whoever pays reads all."""
        return self if seat.may(Permission.PAY) else self.filter(organisation=seat.organisation_id)

    def paid_at(self, organisation: int, at: datetime) -> Any:
        """The account to which an organisation is paid at an instant; None where it has none yet."""
        usable = self.filter(organisation=organisation, status=self.model.Status.CONFIRMED, usable_at__lte=at)
        return usable.order_by("-usable_at", "-pk").first()

    def paid_at_each(self, organisations: Iterable[int], at: datetime) -> dict[int, Any]:
        """The accounts to which some organisations are paid at an instant, by primary key of those that have one."""
        usable = self.filter(organisation__in=organisations, status=self.model.Status.CONFIRMED, usable_at__lte=at)
        latest = usable.order_by("organisation_id", "-usable_at", "-pk").distinct("organisation_id")
        return {account.organisation_id: account for account in latest}

    def with_replaced(self, now: datetime) -> "BankAccountQuerySet":
        """Adds ``replaced``: whether a later account of the organisation is in use."""
        later = self.model.objects.filter(
            organisation=OuterRef("organisation"),
            status=self.model.Status.CONFIRMED,
            usable_at__gt=OuterRef("usable_at"),
            usable_at__lte=now,
        )
        return self.annotate(replaced=Exists(later))

    def open(self, now: datetime) -> "BankAccountQuerySet":
        """What still waits for a second person; what lapsed does not, whether or not anybody has noted it."""
        return self.filter(status=self.model.Status.PROPOSED, proposed_at__gt=now - PROPOSAL_LASTS)

    def lapsed(self, now: datetime) -> "BankAccountQuerySet":
        """What nobody confirmed in time and nobody has noted yet."""
        return self.filter(status=self.model.Status.PROPOSED, proposed_at__lte=now - PROPOSAL_LASTS)

    def to_confirm(self, seat: Any, now: datetime) -> "BankAccountQuerySet":
        """What waits for this seat: never what its own person proposed."""
        own = self.open(now).filter(organisation=seat.organisation_id).order_by("pk")
        return own.exclude(proposed_by__person=seat.person_id)


class PasskeyQuerySet(models.QuerySet[Any]):
    def in_use(self) -> "PasskeyQuerySet":
        return self.filter(removed_at__isnull=True)
