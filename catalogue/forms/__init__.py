"""What people type in or upload."""

from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext_lazy as _

from accounts.forms import RegionField
from accounts.models import Organisation
from accounts.permissions import OrganisationKind
from catalogue.actions import Letter
from catalogue.actions.prices import RECORDED
from catalogue.models import Authorisation, Item, PriceChange, PriceEntry, Product
from catalogue.rules import Ground, ParsedCode, PriceFact
from core.money import PRICE_DECIMALS
from core.spreadsheets import LIMITS


class KeptInMemory(FileUploadHandler):
    """Keeps an upload in memory, where a full disk cannot cut it short.

    One byte more than a file may have is kept of a larger one, so that it is refused for its size.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.kept.write(raw_data[: max(0, LIMITS.bytes + 1 - start)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        size = self.kept.tell()
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type, size, self.charset, self.content_type_extra
        )


class StageImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or XLSX, at most 32 megabytes and 200,000 rows, in the layout of a template or the national list."
        ),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        max_length=200,
    )


class StageReleaseForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, also packed as .zip or .gz, at most 4 gigabytes; or XLSX. The columns may stand in any order."
        ),
        widget=forms.FileInput({"accept": ".csv,.txt,.xlsx,.zip,.gz"}),
        max_length=200,
    )
    classes = forms.CharField(
        label=_("Only these classes"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("Beginnings of codes, such as C0201 C03. Empty: the whole release."),
    )


class RecordPriceForm(forms.Form):
    """A price of an item, or of one product of it, as one person proposes it."""

    act = forms.ChoiceField(
        label=_("What it is"),
        choices=[(act, PriceChange.Act(act).label) for act in ("record", "cut", "unify")],
        initial="record",
        help_text=_("A cut and one national price bind every listing that costs more, from their first day."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in (*RECORDED, PriceEntry.Kind.UNIFIED)]
    )
    guide_class = forms.ChoiceField(
        label=_("Class of a guide price"),
        choices=PriceEntry.GuideClass,
        required=False,
        help_text=_("Above a fixed or highest price nothing is bid, listed or ordered."),
    )
    product = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.none(), required=False, empty_label=_("The item, of any maker")
    )
    hospital = forms.ModelChoiceField(
        label=_("Hospital"),
        queryset=Organisation.objects.of_kind(OrganisationKind.HOSPITAL),
        to_field_name="credit_code",
        required=False,
        widget=forms.TextInput,
        help_text=_("Unified social credit code; of a hospital's own agreement alone."),
    )
    region = RegionField()
    price = forms.DecimalField(
        label=_("Price"),
        max_digits=18,
        decimal_places=PRICE_DECIMALS,
        widget=forms.NumberInput({"data-unit": settings.CURRENCY}),
    )
    units = forms.IntegerField(
        label=_("Price of how many base units"),
        min_value=1,
        max_value=1_000_000,
        initial=1,
        help_text=_("1 for a price of one tablet, vial or piece; the size of the pack for a price a pack."),
    )
    valid_from = forms.DateField(label=_("First day"))
    valid_to = forms.DateField(label=_("Last day"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("Notice, contract or page that says so."))
    hidden = forms.BooleanField(
        label=_("Show it to the parties only"),
        required=False,
        help_text=_("The agency, auditors and the organisations below see it, nobody else."),
    )
    parties = forms.CharField(
        label=_("Parties"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("Unified social credit codes: supplier, deliverer, payer, hospitals."),
    )
    public_from = forms.DateField(label=_("Public from"), required=False)
    supply_rate = forms.DecimalField(
        label=_("Supply rate"),
        min_value=0,
        max_value=1,
        required=False,
        help_text=_("For one national price: which part of what was ordered came, such as 0.95."),
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["product"].queryset = item.products.select_related("item", "maker")
        self.fields["units"].widget.attrs["data-unit"] = item.base_unit

    def clean_parties(self) -> tuple[int, ...]:
        asked = set(self.cleaned_data["parties"].upper().replace(",", " ").split())
        found = dict(Organisation.objects.filter(credit_code__in=asked).values_list("credit_code", "pk"))
        if unknown := sorted(asked - set(found)):
            raise forms.ValidationError(_("Nobody is registered under %(codes)s.") % {"codes": ", ".join(unknown)})
        return tuple(found.values())

    @property
    def fact(self) -> PriceFact:
        given = self.cleaned_data
        return PriceFact(
            item_id=self.item.pk,
            product_id=given["product"].pk if given["product"] else None,
            region_code=given["region"].pk,
            price=given["price"],
            units=given["units"],
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            source=given["source"],
            parties=given["parties"] if given["hidden"] or given["parties"] else None,
            public_from=given["public_from"],
            hospital_id=given["hospital"].pk if given["hospital"] else None,
            guide_class=given["guide_class"] if given["kind"] == PriceEntry.Kind.GUIDE else "",
        )

    @property
    def ground(self) -> Ground:
        return Ground(self.cleaned_data["reason"], self.cleaned_data["source"])


class LinkMakerForm(forms.Form):
    credit_code = forms.ModelChoiceField(
        label=_("Unified social credit code"),
        queryset=Organisation.objects.standing().of_kind(OrganisationKind.SUPPLIER),
        to_field_name="credit_code",
        widget=forms.TextInput,
        help_text=_("Of the registered supplier that makes or holds these products."),
        error_messages={"invalid_choice": _("No supplier is registered under this code.")},
    )


class AuthoriseForm(LinkMakerForm):
    """A letter by which a maker lets a supplier offer this product, or all of its products."""

    EVERY, THIS = "maker", "product"

    kind = forms.ChoiceField(label=_("Kind"), choices=Authorisation.Kind)
    scope = forms.ChoiceField(
        label=_("For"), choices=((EVERY, _("all products of the maker")), (THIS, _("this product alone")))
    )
    valid_from = forms.DateField(label=_("From"))
    valid_to = forms.DateField(label=_("Last day"), help_text=_("As the letter says."))
    evidence = forms.CharField(
        label=_("Letter"), max_length=300, help_text=_("Who signed it, its number and day, so that it can be found.")
    )

    field_order = ("kind", "scope", "credit_code", "valid_from", "valid_to", "evidence")

    def __init__(self, product: Product, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.product = product
        self.fields["credit_code"].help_text = _("Of the registered supplier that may offer them.")

    @property
    def letter(self) -> Letter:
        said = {name: self.cleaned_data[name] for name in ("kind", "valid_from", "valid_to", "evidence")}
        alone = self.product if self.cleaned_data["scope"] == self.THIS else None
        return Letter(maker=self.product.maker, product=alone, **said)


class EndAuthorisationForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))


class EndPriceForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("Notice, contract or page that says so."))

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"last_day": said["last_day"], "ground": Ground(said["reason"], said["source"])}


class ReturnPriceChangeForm(forms.Form):
    question = forms.CharField(label=_("Question"), max_length=500, widget=forms.Textarea({"rows": 3}))


class AnswerPriceChangeForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), max_length=500, widget=forms.Textarea({"rows": 3}))


class RefusePriceChangeForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))


class ChangeCodeForm(forms.Form):
    """What became of the code of a product: another stands in its place, or it is disabled."""

    new_code = forms.CharField(
        label=_("New code"), max_length=40, required=False, help_text=_("Left empty, the code is disabled.")
    )
    valid_from = forms.DateField(label=_("Holds from"))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("The list or notice that says so.")
    )

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    @property
    def row(self) -> ParsedCode:
        return ParsedCode(self.code, **self.cleaned_data)


class TakeBackCodeForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), help_text=_("The last day on which it holds."))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))
