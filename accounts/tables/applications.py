"""The lists of who applied, who was admitted, and objections."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.licensing import ApplicantKind
from accounts.models import AdmissionObjection, Application
from accounts.presentation import applications as look
from core.tables import Column, Empty, Filter, Table


class ApplicationTable(Table):
    """Applications; what waits longest stands first, with its age and who must act."""

    name = "applications"
    caption = _("Applications")
    key = "reference"
    default_sort = "waits"
    filters = (
        Filter("q", forms.CharField(label=_("Name or code")), lambda rows, text: rows.named(text)),
        Filter("status", forms.ChoiceField(label=_("Status"), choices=Application.Status), "status"),
        Filter("kind", forms.ChoiceField(label=_("Kind"), choices=ApplicantKind), "kind"),
    )
    empty = Empty(_("Nobody has applied yet"), _("Who wants to take part applies without an account."))

    def __init__(self, request: HttpRequest, source: QuerySet, *, now: datetime) -> None:
        super().__init__(request, source)
        self.now = now

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", _("Reference"), kind="reference", url="get_absolute_url", sort="reference"),
            Column("name", _("Name"), sort="name"),
            Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
            Column("credit_code", _("Unified social credit code"), sort="credit_code"),
            Column(
                "status",
                _("Status"),
                value="get_status_display",
                kind="status",
                tone=lambda row: look.TONES[row.status],
            ),
            Column("acts", _("Who must act"), value=look.who_acts),
            Column("age", _("Days waiting"), value=self._age, kind="quantity"),
            Column("waits", _("Since"), value="waits_since", kind="instant", sort="waits_since"),
        )

    def _age(self, row: Application) -> int | None:
        return (self.now - row.waits_since).days if row.status in Application.OPEN else None


class AdmissionTable(Table):
    """Who was admitted, for everybody."""

    name = "admissions"
    caption = _("Admitted organisations")
    key = "reference"
    default_sort = "-until"
    filters = (
        Filter("q", forms.CharField(label=_("Name or code")), lambda rows, text: rows.named(text)),
        Filter("kind", forms.ChoiceField(label=_("Kind"), choices=ApplicantKind), "kind"),
    )
    empty = Empty(_("Nobody was admitted yet"), _("Everybody may object for some days to whoever is admitted."))

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("reference", _("Reference"), kind="reference", sort="reference"),
            Column("name", _("Name"), value="organisation.name"),
            Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
            Column("credit_code", _("Unified social credit code"), sort="credit_code"),
            Column("region", _("Region"), value="region.full_name"),
            Column("admitted", _("Admitted on"), value="decided_at", kind="instant"),
            Column("until", _("Objections until"), value="objections_until", kind="date", sort="objections_until"),
            Column("standing", _("Status"), value="organisation.standing", kind="status", tone=look.tone_of_admitted),
            Column("act", _("Action"), kind="act", value=self._word, url=self._url),
        )

    def _may_object(self, row: Any) -> bool:
        return bool(self.today and row.objections_until and self.today <= row.objections_until)

    def _word(self, row: Any) -> Any:
        return _("Object") if self._may_object(row) else ""

    def _url(self, row: Any) -> str:
        return reverse("accounts:object-to-admission", args=[row.reference]) if self._may_object(row) else ""


class ObjectionTable(Table):
    name = "admission-objections"
    caption = _("Objections to admissions")
    key = "reference"
    default_sort = "-raised"
    columns = (
        Column("reference", _("Objection"), kind="reference", url="get_absolute_url", sort="reference"),
        Column("organisation", _("Organisation"), value="application.name"),
        Column("by", _("By"), value="raised_by.organisation.name"),
        Column("raised", _("Since"), value="raised_at", kind="instant", sort="raised_at"),
        Column(
            "status",
            _("Status"),
            value="get_status_display",
            kind="status",
            tone=lambda row: "warn" if row.status == "raised" else "quiet",
        ),
    )
    filters = (Filter("status", forms.ChoiceField(label=_("Status"), choices=AdmissionObjection.Status), "status"),)
    empty = Empty(_("No objection yet"), _("Whoever objects to an admission finds its answer here."))
