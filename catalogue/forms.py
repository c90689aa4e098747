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
from catalogue.actions import Edit, ItemFacts, Letter, ProductFacts
from catalogue.models import Authorisation, Item, PriceEntry, Product
from catalogue.rules import LARGEST_PACK, PriceFact
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


class RecordPriceForm(forms.Form):
    """A price of an item, or of one product of it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PriceEntry.Kind)
    product = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.none(), required=False, empty_label=_("The item, of any maker")
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
    supersede = forms.BooleanField(label=_("End the running price the day before"), required=False)

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
        )


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


class EditForm(forms.Form):
    """What is edited, since when, and why; ``facts`` are what the action takes."""

    starts_on = forms.DateField(label=_("Holds from"), help_text=_("Until the day before it stays as it was."))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Kept for the record."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in EditForm.base_fields])

    @property
    def edit(self) -> Edit:
        return Edit(self.cleaned_data["starts_on"], self.cleaned_data["reason"])

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in EditForm.base_fields}


class EditItemForm(EditForm):
    name = forms.CharField(label=_("Name"), max_length=300)
    strength = forms.CharField(label=_("Strength or specification"), max_length=200, required=False)
    fill = forms.CharField(
        label=_("Fill"),
        max_length=30,
        required=False,
        help_text=_("What one bag, bottle or ampoule holds, such as 5ml, where the strength does not say it."),
    )
    form = forms.CharField(label=_("Dosage form"), max_length=100, required=False)
    route = forms.CharField(label=_("Route"), max_length=100, required=False)
    base_unit = forms.CharField(
        label=_("Counted in"), max_length=20, required=False, help_text=_("Tablet, vial, stent: what demand counts.")
    )

    @property
    def facts(self) -> ItemFacts:
        return ItemFacts(**self.given())


class EditProductForm(EditForm):
    brand = forms.CharField(label=_("Brand"), max_length=200, required=False)
    holder = forms.CharField(
        label=_("Marketing authorisation holder"),
        max_length=200,
        required=False,
        help_text=_("Where it is not the maker."),
    )
    national_code = forms.CharField(label=_("National code"), max_length=40, required=False)
    approval_number = forms.CharField(label=_("Approval number"), max_length=60, required=False)
    standard_code = forms.CharField(label=_("Standard code"), max_length=20, required=False)
    pack_size = forms.IntegerField(
        label=_("Base units in one pack"), min_value=1, max_value=LARGEST_PACK, required=False
    )
    pack_unit = forms.CharField(
        label=_("Unit of the pack"), max_length=20, required=False, help_text=_("Box, bottle, piece.")
    )
    packaging = forms.CharField(
        label=_("Packaging"), max_length=60, required=False, help_text=_("How the pack is made up: 12片/板×2板/盒.")
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("Notice, contract or page that says so.")
    )

    @property
    def facts(self) -> ProductFacts:
        return ProductFacts(**self.given())
