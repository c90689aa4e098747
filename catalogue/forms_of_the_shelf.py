"""What a supplier types or uploads for its shelf."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.documents import ACCEPTED, Paper
from accounts.models import Seat
from catalogue.actions.shelf import MOST_ROWS, ShelfRow
from catalogue.models import Product, ProductVersion
from catalogue.validity import DocumentKind
from core.spreadsheets import Limits, SpreadsheetError, read_rows

LIMITS = Limits(bytes=2**20, rows=MOST_ROWS, columns=50, unpacked=16 * 2**20, elements=200_000, texts=50_000)
# The columns of a file, in either language.
COLUMNS = {"kind": "类别", "number": "编号", "valid_from": "生效日期", "valid_until": "有效期至", "products": "产品"}
_KINDS = {kind.value: kind.value for kind in DocumentKind} | {
    "营业执照": "business", "生产许可证": "production", "经营许可证": "distribution", "注册证": "approval",
    "批准文件": "approval", "质量管理规范证书": "practice", "质量检验报告": "quality",
    "授权书": "letter", "其他": "other",
}  # fmt: skip


def own_products(seat: Seat, day: date) -> Any:
    """What the seat's supplier offers, as a field offers it."""
    offered = ProductVersion.objects.current().offered_by(seat.organisation_id, day, dealers=True)
    return Product.objects.filter(pk__in=offered.values("product")).select_related("item", "maker")


def _file(required: bool) -> forms.FileField:
    return forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        required=required,
        help_text=gettext_lazy("PDF, OFD or picture, at most 10 megabytes."),
        widget=forms.FileInput({"accept": ACCEPTED}),
    )


class AttachForm(forms.Form):
    document = _file(required=True)

    @property
    def paper(self) -> Paper:
        file = self.cleaned_data["document"]
        return Paper(file.name, file.read())


class ShelfForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DocumentKind)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=80)
    valid_from = forms.DateField(label=gettext_lazy("From"), required=False)
    valid_until = forms.DateField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty where it is valid without end.")
    )
    products = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Products"),
        queryset=Product.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Choose none where it is of the company as a whole."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)
    document = _file(required=False)

    def __init__(self, seat: Seat, day: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["products"].queryset = own_products(seat, day)

    @property
    def row(self) -> ShelfRow:
        given = dict(self.cleaned_data)
        file, products = given.pop("document"), tuple(given.pop("products"))
        return ShelfRow(**given, products=products, paper=Paper(file.name, file.read()) if file else None)


class ShelfFileForm(forms.Form):
    """A spreadsheet of documents: kind, number, days, and products by their reference or national code."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy(
            "CSV or XLSX with the columns kind, number, valid_from, valid_until and products: references such as PD-12"
            " or national codes, with blanks between them. Their files are attached afterwards."
        ),
    )

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat, self.rows = seat, list[ShelfRow]()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            sheet = read_rows(file, file.name, limits=LIMITS)
            cells = [(number, _named(row)) for number, row in sheet]
        except SpreadsheetError as error:
            raise forms.ValidationError(str(error)) from None
        named = {word for _number, row in cells for word in row.get("products", "").replace(",", " ").split()}
        known = _known(named)
        faults: list[str] = []
        for number, row in cells:
            try:
                self.rows.append(_row(row, known))
            except ValueError as error:
                faults.append(_("Row %(row)s: %(message)s") % {"row": number, "message": error})
        if faults:
            raise forms.ValidationError(faults[:50])
        return file


def _named(row: Any) -> dict[str, str]:
    """The cells of a row by our names of the columns, whichever language their headings have."""
    ours = {**{name: name for name in COLUMNS}, **{word: name for name, word in COLUMNS.items()}}
    return {ours[key.strip()]: text.strip() for key, text in row.items() if key.strip() in ours}


def _known(words: set[str]) -> dict[str, Product]:
    named = Product.objects.filter(reference__in=words).select_related("item")
    found = {product.reference: product for product in named}
    coded = ProductVersion.objects.current().filter(national_code__in=words).select_related("product__item")
    return found | {version.national_code: version.product for version in coded}


def _row(row: dict[str, str], known: dict[str, Product]) -> ShelfRow:
    kind = _KINDS.get(row.get("kind", "").lower())
    if kind is None:
        raise ValueError(_("This kind of document is not known: %(kind)s.") % {"kind": row.get("kind", "")})
    words = row.get("products", "").replace(",", " ").split()
    if unknown := [word for word in words if word not in known]:
        raise ValueError(_("The catalogue has no product %(code)s.") % {"code": unknown[0]})
    return ShelfRow(
        kind=kind,
        number=row.get("number", ""),
        valid_from=_day(row.get("valid_from", "")),
        valid_until=_day(row.get("valid_until", "")),
        products=tuple(dict.fromkeys(known[word] for word in words)),
    )


def _day(text: str) -> date | None:
    if text in ("", "长期", "–", "-"):
        return None
    try:
        return date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError:
        raise ValueError(_("%(text)s is not a day. Write 2026-03-01.") % {"text": text}) from None
