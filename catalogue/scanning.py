"""The field into which people type what they look for, and scanners send barcodes."""

from typing import Any

from django import forms
from django_filters import rest_framework as filters

from core.parsing import FNC1

SHOWN = "\u241d"  # the separator of a barcode as a sign that can be seen, so that no other field has to take it


class SearchField(forms.CharField):
    """A text; the separators of a scanned barcode in it are made visible, in place of being refused."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace(FNC1, SHOWN) if isinstance(value, str) else value)


class SearchFilter(filters.CharFilter):
    field_class = SearchField
