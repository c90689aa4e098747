"""Framework contracts, orders, deliveries, acceptance, and what is owed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import AgreedVolume, Contract, ContractLine, ContractProduct, Orderable
from contracts.models.correction import Correction
from contracts.models.delivery import Acceptance, Delivery, DeliveryLine, ProductBatch
from contracts.models.distribution import Distribution
from contracts.models.order import Order, OrderLine
from contracts.models.payable import Payable
from contracts.models.payer import PayeeRow, PayerRow, PayerRule

__all__ = [
    "Acceptance",
    "AgreedVolume",
    "Contract",
    "ContractLine",
    "ContractProduct",
    "Correction",
    "Delivery",
    "DeliveryLine",
    "Distribution",
    "Order",
    "OrderLine",
    "Orderable",
    "Payable",
    "PayeeRow",
    "PayerRow",
    "PayerRule",
    "ProductBatch",
    "Verb",
]


class Verb(TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    CONTRACT_VOIDED = "contract.voided", _("%(actor)s set the contract aside unsigned: an award of it has ended")
    CONTRACT_PREPARED = "contract.prepared", _("%(actor)s prepared the contract from the award")
    SIGNED_BY_SUPPLIER = "contract.signed_by_supplier", _("%(actor)s signed for the supplier")
    SIGNED_BY_AGENCY = "contract.signed_by_agency", _("%(actor)s signed for the procurement agency")
    CONTRACT_IN_FORCE = "contract.in_force", _("The contract is signed by both sides and in force")
    LISTINGS_TAKEN_UP = "contract.listings", _("Listed products were added to the agreement: %(count)s (%(listings)s)")
    CONTRACT_TERMINATED = "contract.terminated", _("%(actor)s terminated the contract: %(reason)s")
    PARTY_SUCCEEDED = "contract.party_succeeded", _("With %(filing)s %(after)s took the place of %(before)s, %(part)s")
    PAYER_SET = "payer.set", _("%(actor)s set by %(row)s who pays from %(day)s: %(who)s")
    PAYER_ENDED = "payer.ended", _("%(actor)s ended %(row)s with %(day)s")
    PAYEE_SET = "payee.set", _("%(actor)s set by %(row)s who is paid from %(day)s: %(whom)s")
    PAYEE_ENDED = "payee.ended", _("%(actor)s ended %(row)s with %(day)s")
    DELIVERER_NAMED = "contract.deliverer", _("%(actor)s named %(deliverer)s as deliverer from %(day)s: %(scope)s")
    DISTRIBUTION_ENDED = (
        "contract.distribution",
        _("%(actor)s let %(deliverer)s deliver until %(day)s: %(scope)s"),
    )
    ORDER_PLACED = "order.placed", _("%(actor)s placed the order; lines: %(lines)s, amount: %(amount)s")
    ORDER_APPROVED = "order.approved", _("%(actor)s approved the order")
    ORDER_SENT_BACK = "order.sent_back", _("%(actor)s did not approve the order: %(reason)s")
    ORDER_CONFIRMED = "order.confirmed", _("%(actor)s confirmed packs: %(confirmed)s of %(ordered)s")
    ORDER_REFUSED = "order.refused", _("%(actor)s refused the order: %(reason)s")
    REST_CLOSED = "order.rest_closed", _("%(actor)s closed the rest (packs: %(packs)s): %(why)s. %(reason)s")
    ORDER_CANCELLED = "order.cancelled", _("%(actor)s cancelled the order: %(reason)s")
    DELIVERY_SENT = "delivery.sent", _("%(actor)s sent delivery %(delivery)s; packs: %(packs)s")
    DELIVERY_ACCEPTED = (
        "delivery.accepted",
        _("%(actor)s took delivery %(delivery)s: %(accepted)s accepted, %(rejected)s rejected, %(short)s short"),
    )
    ACCEPTANCE_REVERSED = (
        "delivery.reversed",
        _("%(actor)s reversed the acceptance of delivery %(delivery)s, line %(line)s: %(reason)s"),
    )
    REVERSAL_ASKED = (
        "correction.reversal_asked",
        _("%(actor)s asked to reverse the overdue acceptance of delivery %(delivery)s, line %(line)s: %(reason)s"),
    )
    LATER_ARRIVAL_ASKED = (
        "correction.later_arrival_asked",
        _("%(actor)s asked to count delivery %(delivery)s, line %(line)s from %(day)s: %(reason)s"),
    )
    FIRST_DAY_MOVED = (
        "correction.first_day_moved",
        _(
            "%(actor)s confirmed that the goods of delivery %(delivery)s, line %(line)s came on %(day)s: what is owed "
            "counts from then, %(days)s days later"
        ),
    )
    CORRECTION_DECLINED = (
        "correction.declined",
        _("%(actor)s declined the correction of delivery %(delivery)s, line %(line)s: %(reason)s"),
    )
    CORRECTION_WITHDRAWN = (
        "correction.withdrawn",
        _("%(actor)s withdrew the correction of delivery %(delivery)s, line %(line)s"),
    )
    CORRECTION_LAPSED = (
        "correction.lapsed",
        _("Nobody answered the correction of delivery %(delivery)s, line %(line)s in time: it lapsed"),
    )
    EXPIRY_CORRECTED = (
        "batch.expiry_corrected",
        _("%(actor)s corrected the expiry of batch %(batch)s from %(before)s to %(expires_on)s: %(reason)s"),
    )
