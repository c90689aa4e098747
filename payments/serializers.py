"""Shapes of the API about what is owed and paid. Amounts are strings."""

from rest_framework import serializers

from accounts.models import BankAccount, Organisation
from accounts.serializers import OrganisationSerializer
from contracts.models import Payable
from contracts.querysets import DELIVERING_KINDS
from contracts.rules import Clock
from core.api import StrictSerializer
from payments.actions import PaymentRow
from payments.models import BANK_REFERENCE_LENGTH, Payment, PaymentLine

MOST_ROWS = 500  # of one payment


# --- What is answered -------------------------------------------------------------------------------------
class PayableSerializer(serializers.ModelSerializer):
    supplier = OrganisationSerializer()
    payee = OrganisationSerializer()
    hospital = OrganisationSerializer()
    payer = OrganisationSerializer()
    owed = serializers.DecimalField(max_digits=18, decimal_places=2, help_text="After reversals.")
    open = serializers.DecimalField(max_digits=18, decimal_places=2, help_text="Still to be paid.")
    contract = serializers.CharField(source="acceptance.line.delivery.order.contract.reference")
    order = serializers.CharField(source="acceptance.line.delivery.order.reference")
    delivery = serializers.CharField(source="acceptance.line.delivery.reference")
    clock = serializers.SerializerMethodField(help_text=f"As of today: {', '.join(Clock)}.")

    class Meta:
        model = Payable
        fields = (
            "reference",
            "contract",
            "order",
            "delivery",
            "supplier",
            "payee",
            "hospital",
            "payer",
            "owed",
            "fee",
            "paid",
            "open",
            "owed_from",
            "due_on",
            "settled_on",
            "clock",
        )

    def get_clock(self, payable: Payable) -> str:
        return payable.clock(self.context["today"]).value


class _AccountField(serializers.CharField):
    """The number of an account; whole for its organisation and for whoever pays."""

    def to_representation(self, account: BankAccount) -> str:
        return account.number_for(self.context["seat"])


class PaymentSerializer(serializers.ModelSerializer):
    payee = OrganisationSerializer()
    payer = OrganisationSerializer()
    account = _AccountField(read_only=True)

    class Meta:
        model = Payment
        fields = (
            "reference",
            "payee",
            "payer",
            "amount",
            "account",
            "bank_reference",
            "paid_on",
            "reason",
            "paid_at",
        )


class PaymentLineSerializer(serializers.ModelSerializer):
    payable = serializers.CharField(source="payable.reference")

    class Meta:
        model = PaymentLine
        fields = ("payable", "amount")


class PaymentDetailSerializer(PaymentSerializer):
    lines = PaymentLineSerializer(many=True)

    class Meta(PaymentSerializer.Meta):
        fields = (*PaymentSerializer.Meta.fields, "lines")


class RecordedPaymentSerializer(serializers.ModelSerializer):
    account = serializers.CharField(source="account.number")

    class Meta:
        model = Payment
        fields = ("reference", "amount", "account", "bank_reference", "paid_on")


# --- What is asked ----------------------------------------------------------------------------------------
class PaymentRowSerializer(StrictSerializer):
    payable = serializers.CharField(max_length=40)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)


class RecordPaymentSerializer(StrictSerializer):
    payee = serializers.SlugRelatedField("credit_code", queryset=Organisation.objects.of_kind(*DELIVERING_KINDS))
    bank_reference = serializers.CharField(max_length=BANK_REFERENCE_LENGTH)
    paid_on = serializers.DateField(help_text="From the first day of what it pays until today.")
    reason = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="Needed where it was paid more than a month ago."
    )
    lines = PaymentRowSerializer(many=True, allow_empty=False, max_length=MOST_ROWS)

    @property
    def rows(self) -> list[PaymentRow]:
        return [PaymentRow(**row) for row in self.validated_data["lines"]]
