"""What is open of an organisation in this room, before another takes its place."""

from datetime import datetime

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from awards.models import Allocation, Award
from contracts.models import (
    AgreedVolume,
    Contract,
    ContractLine,
    Delivery,
    Distribution,
    Order,
    Payable,
    PayeeRow,
    PayerRow,
)
from core.clock import legal_date
from core.shell import Passing
from core.templatetags.ui import money


def succession(organisation: Organisation, now: datetime) -> list[Passing]:
    today = legal_date(now)
    lasting = Q(valid_to=None) | Q(valid_to__gte=today)
    contracts, orders = Contract.objects.open(today), Order.objects.open()
    debts = Payable.objects.unpaid()
    named = Distribution.objects.filter(lasting, deliverer=organisation).exclude(
        contract__status__in=("terminated", "void")
    )
    payers = PayerRow.objects.filter(lasting, Q(institution=organisation) | Q(payer=organisation))
    payees = PayeeRow.objects.filter(lasting, institution=organisation)
    either = Q(hospital=organisation) | Q(deliverer=organisation)
    return [
        Passing(_("awards that wait for a contract"), _awarded(organisation), note=_("made with the successor")),
        Passing(_("contracts as supplier"), contracts.filter(supplier=organisation).count()),
        Passing(
            _("agreed volumes"),
            AgreedVolume.objects.filter(line__contract__in=contracts, hospital=organisation).count(),
            note=_("added to those that the successor has of the same line"),
        ),
        Passing(_("rows of who delivers"), named.count()),
        Passing(_("orders not received"), orders.filter(either).count()),
        Passing(_("deliveries that wait for a verdict"), Delivery.objects.waiting().filter(either).count()),
        _debts(_("debts to it"), debts.filter(payee=organisation)),
        _debts(_("debts of it"), debts.filter(payer=organisation)),
        Passing(
            _("rows of who pays or is paid"),
            payers.count() + payees.count(),
            note=_("where the successor has none of its own"),
            held=False,
        ),
    ]


def _awarded(organisation: Organisation) -> int:
    """Binding awards to it, or with a volume of it, of which no contract was made."""
    allocated = Allocation.objects.filter(hospital=organisation).values("award")
    awards = Award.objects.binding().filter(Q(supplier=organisation) | Q(pk__in=allocated))
    return awards.exclude(pk__in=ContractLine.objects.awards()).count()


def _debts(label: str, unpaid: QuerySet) -> Passing:
    open_amount = unpaid.aggregate(sum=Sum(F("amount") - F("reversed") - F("paid")))["sum"]
    return Passing(label, unpaid.count(), note=money(open_amount) if open_amount else "")
