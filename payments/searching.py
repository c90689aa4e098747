"""What search finds of this room: payments, by both sides, the agency and who pays, and by the bank's reference."""

from collections.abc import Iterable, Iterator

from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from core.search import Entry
from payments.models import Payment


def of_payments(payments: Iterable[Payment]) -> Iterator[Entry]:
    """The entries of some payments with their payers and payees."""
    payers = tuple(Organisation.objects.of_kind(OrganisationKind.PAYER).values_list("pk", flat=True))
    for payment in payments:
        yield Entry(
            kind="payment",
            reference=payment.reference,
            title=payment.payee.name,
            detail=payment.payer.name,
            url=payment.get_absolute_url(),
            words=(payment.bank_reference,),
            organisations=(payment.payer_id, payment.payee_id, *payers),
            named=False,
        )


def everything() -> Iterator[Entry]:
    """Every entry of this room, the oldest first."""
    return of_payments(Payment.objects.select_related("payer", "payee").order_by("pk").iterator())
