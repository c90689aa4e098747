"""Make the first agency of an installation and invite its first officer."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invite, register_organisation
from accounts.models import Organisation, Region
from accounts.permissions import OrganisationKind
from core.actions import action
from core.errors import Refused

FIRST_ROLES = ("administrator", "registrar", "cataloguer", "officer")


class Command(BaseCommand):
    help = "Register the procurement agency and invite its first officer; prints the link of the invitation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="name of the agency")
        parser.add_argument("--code", required=True, help="its unified social credit code")
        parser.add_argument("--region", required=True, help="six digits of GB/T 2260, such as 420000")
        parser.add_argument("--officer", required=True, help="name of the first officer")
        parser.add_argument("--email", required=True, help="the officer's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        if Organisation.objects.of_kind(OrganisationKind.AGENCY).exists():
            raise CommandError("This installation has an agency already: invite people on its page “People”.")
        try:
            secret = found(options)
        except Refused as error:
            raise CommandError(str(error)) from None
        address = settings.PUBLIC_URL + reverse("accounts:accept-invitation", args=[secret])
        self.stdout.write(f"Open this address to choose a password: {address}")


@action
def found(options: dict[str, Any]) -> str:
    """Both steps in one transaction. Returns the secret of the invitation."""
    now = timezone.now()
    region = Region.objects.filter(code=options["region"]).first()
    if region is None:
        message = f"No region has the code {options['region']}. It has six digits, such as 420000 for a province."
        raise Refused(message, code="does_not_exist")
    agency = register_organisation(
        kind=OrganisationKind.AGENCY,
        name=options["name"],
        credit_code=options["code"],
        region=region,
        by=None,
        now=now,
    )
    _invitation, secret = invite(
        email=options["email"], name=options["officer"], organisation=agency, roles=FIRST_ROLES, by=None, now=now
    )
    return secret
