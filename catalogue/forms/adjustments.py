"""What people type or upload to propose changes of the catalogue, to answer, and to decide."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.documents import ACCEPTED, LARGEST_TOGETHER, Paper
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions import PROPOSERS, Proposal
from catalogue.models import Adjustment, Item, Product
from catalogue.presentation.adjustments import LABELS
from catalogue.rules import TEMPLATE_COLUMNS, Layout
from catalogue.rules.cells import header_of
from catalogue.rules.rows import TEXT_LENGTHS
from core.spreadsheets import Limits, SpreadsheetError, read_rows

LIMITS = Limits(bytes=4 * 2**20, rows=2000, columns=100, unpacked=32 * 2**20, elements=400_000, texts=100_000)
# The columns of a file of proposals: what is proposed of which thing and why, and those of the import template.
FILE_COLUMNS = {"act": "变更", "item": "项目编号", "product": "产品编号", "reason": "理由", **TEMPLATE_COLUMNS}
ACTS = {
    "add": "add", "增补": "add", "correct": "correct", "更正": "correct", "withdraw": "withdraw", "撤出": "withdraw",
}  # fmt: skip
KINDS = (
    ("drug", gettext_lazy("drug")),
    ("consumable", gettext_lazy("consumable")),
    ("reagent", gettext_lazy("reagent")),
)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; how large they are together is known before one of them is read."""

    widget = FilesInput({"accept": ACCEPTED, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list) else [data] if data else []
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if sum(file.size for file in files) > LARGEST_TOGETHER:
            raise forms.ValidationError(_("Attach at most 40 megabytes together."), code="document")
        return [super(FilesField, self).clean(file, initial) for file in files]


class EvidenceForm(forms.Form):
    """What every proposal has: why, and the files that show it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The agency reads it."),
    )
    documents = FilesField(
        label=gettext_lazy("Evidence"),
        max_length=200,
        help_text=gettext_lazy("One or more files: PDF, OFD or picture, at most 10 megabytes each and 40 together."),
    )

    @property
    def papers(self) -> list[Paper]:
        return [Paper(file.name, file.read()) for file in self.cleaned_data["documents"]]


class ProposeForm(EvidenceForm):
    """Some columns of the template, as the catalogue has them; and why they should say something else."""

    def __init__(self, columns: Sequence[str], *args: Any, proposal: Callable[..., Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns, self._proposal = columns, proposal
        for name in columns:
            self.fields[name] = _field(name)
        self.order_fields([*columns, "reason", "documents"])

    @property
    def proposals(self) -> list[Proposal]:
        said = {name: self.cleaned_data[name] for name in self.columns}
        return [self._proposal(said=said, reason=self.cleaned_data["reason"])]


class ProposeManyForm(EvidenceForm):
    """A file of proposals, a row each, with the same evidence."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy(
            "CSV or XLSX: act (add, correct, withdraw), item or product (references such as I-12 or PD-12), reason, and"
            " the columns of the import template. Of a correction fill only what is to be otherwise."
        ),
    )
    field_order = ("file", "reason", "documents")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = gettext_lazy("For the rows that give none of their own.")
        self._rows: list[dict[str, str]] = []

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            sheet = read_rows(file, file.name, limits=LIMITS)
            rows = [row for _number, row in sheet]
        except SpreadsheetError as error:
            raise forms.ValidationError(str(error)) from None
        header = header_of(Layout.TEMPLATE, list(rows[0]) if rows else [], FILE_COLUMNS, ("act",))
        if header.missing:
            raise forms.ValidationError(_("The file lacks the column “act”."))
        self._rows = [{name: row.get(heading, "").strip() for name, heading in header.columns.items()} for row in rows]
        unknown = [
            _("Row %(row)s: %(message)s") % {"row": number, "message": _("Expected one of: add, correct, withdraw.")}
            for number, row in enumerate(self._rows, start=1)
            if row["act"].lower() not in ACTS
        ]
        if unknown:
            raise forms.ValidationError(unknown[:50])
        return file

    @property
    def proposals(self) -> list[Proposal]:
        """A proposal a row; an unknown reference names nothing, and the act says so by row."""
        items = Item.objects.filter(reference__in={row.get("item", "") for row in self._rows})
        products = Product.objects.filter(reference__in={row.get("product", "") for row in self._rows})
        found_items = {one.reference: one for one in items}
        found = {one.reference: one for one in products.select_related("item", "maker")}
        return [
            _of_row(row, found_items.get(row.get("item", "")), found.get(row.get("product", "")), self.cleaned_data)
            for row in self._rows
        ]


class AnswerAdjustmentForm(forms.Form):
    """An answer, what is said as it is to be now, and further files."""

    answer = forms.CharField(label=gettext_lazy("Answer"), max_length=500, widget=forms.Textarea({"rows": 3}))
    documents = FilesField(
        label=gettext_lazy("Further evidence"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("One or more files: PDF, OFD or picture, at most 10 megabytes each and 40 together."),
    )

    def __init__(self, columns: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for name in columns:
            self.fields[name] = _field(name)
        self.order_fields([*columns, "answer", "documents"])

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        papers = [Paper(file.name, file.read()) for file in said["documents"]]
        words = {name: said[name] for name in self.columns} if self.columns else None
        return {"answer": said["answer"], "papers": papers, "said": words}


# What may be done with proposals, who may, and whether it takes words.
DECISIONS: Mapping[str, tuple[tuple[str, ...], Any, bool]] = {
    "accept": ((Permission.IMPORT_CATALOGUE,), gettext_lazy("Accept: the catalogue is changed at once"), False),
    "ask_back": ((Permission.IMPORT_CATALOGUE,), gettext_lazy("Ask back"), True),
    "refuse": ((Permission.IMPORT_CATALOGUE,), gettext_lazy("Refuse"), True),
    "withdraw": (PROPOSERS, gettext_lazy("Withdraw the proposal"), True),
}


class DecideAdjustmentsForm(forms.Form):
    """One decision, on one proposal or on many, each as it was shown: since when it waited goes along unseen."""

    act = forms.ChoiceField(label=gettext_lazy("Decision"))
    starts_on = forms.DateField(
        label=gettext_lazy("Holds from"),
        required=False,
        help_text=gettext_lazy("Of what is accepted; empty for today. Until the day before it stays as it was."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason or question"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The other side reads it. Needed for all but accepting."),
    )

    def __init__(self, seat: Seat, rows: Iterable[Adjustment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in rows:
            # As text: a hidden moment would lose its microseconds.
            self.fields[f"seen-{one}"] = forms.DateTimeField(
                widget=forms.HiddenInput, initial=one.waits_since.isoformat()
            )
        offered = [
            (name, label) for name, (permissions, label, _words) in DECISIONS.items() if any(map(seat.may, permissions))
        ]
        self.fields["act"].choices = offered
        if not seat.may(Permission.IMPORT_CATALOGUE):
            del self.fields["starts_on"]

    @property
    def words(self) -> dict[str, Any]:
        """What was decided, without what it was decided on."""
        return {name: said for name, said in self.cleaned_data.items() if not name.startswith("seen-")}

    def clean(self) -> None:
        super().clean()
        act = self.cleaned_data.get("act")
        if act in DECISIONS and DECISIONS[act][2] and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Give the reason, so that the other side knows."))


def _field(name: str) -> forms.Field:
    if name == "kind":
        return forms.ChoiceField(label=LABELS[name], choices=KINDS)
    return forms.CharField(label=LABELS[name], max_length=TEXT_LENGTHS.get(name, 60), required=False)


def _of_row(row: dict[str, str], item: Item | None, product: Product | None, given: Mapping[str, Any]) -> Proposal:
    act = ACTS[row["act"].lower()]
    said = {name: text for name, text in row.items() if name in TEMPLATE_COLUMNS and text}
    reason = row.get("reason", "") or given["reason"]
    if act == "add":
        return Proposal(Adjustment.Kind.ADD, reason, said)
    if act == "withdraw":
        return Proposal(Adjustment.Kind.WITHDRAW, reason, product=product)
    if row.get("item"):
        return Proposal(Adjustment.Kind.CORRECT_ITEM, reason, said, item=item)
    return Proposal(Adjustment.Kind.CORRECT_PRODUCT, reason, said, product=product)
