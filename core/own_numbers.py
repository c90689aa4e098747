"""The number that a document has in its sender's own system: one document for an organisation and kind, whichever of
its programs or people sends it.

    sending = Sending("order", own_number, [contract.reference, rows], by)
    if reference := sending.made_before():
        return Order.objects.get(reference=reference)
    …
    sending.keep(order.reference)

The number is kept in the transaction that makes the document, so that a message that was refused leaves it free.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.errors import Conflict, Fault, Refused
from core.events import Actor
from core.models import OwnNumber

LENGTH = 60


@dataclass(frozen=True)
class Sending:
    """A document that is about to be made of a message, under its sender's own number or under none.

    ``content`` is what the message says, in what JSON can say of it.
    """

    kind: str
    number: str
    content: Any
    by: Actor

    def made_before(self) -> str:
        """The reference of the document that the same message made before, or "". Refused where the number is that of
        another message."""
        if not self.number:
            return ""
        kept = OwnNumber.objects.filter(**self._name).first()
        if kept is None:
            return ""
        if kept.content != self._fingerprint:
            names = {"number": self.number, "reference": kept.reference}
            message = _("Your own number %(number)s is that of another message, which made %(reference)s.") % names
            raise Refused(message, field="own_number", code="own_number_taken")
        return kept.reference

    def keep(self, reference: str) -> None:
        """The number is that of this document from now on. Conflict where the same number is being sent twice."""
        if not self.number:
            return
        try:
            with transaction.atomic():
                OwnNumber.objects.create(**self._name, content=self._fingerprint, reference=reference)
        except IntegrityError:
            message = _("A message with this own number has just come. Send it again to get its answer.")
            raise Conflict(message, code="busy") from None

    @property
    def _name(self) -> dict[str, Any]:
        return {"organisation_number": self.by.organisation_id, "kind": self.kind, "number": self.number}

    @property
    def _fingerprint(self) -> str:
        return hashlib.sha256(json.dumps(self.content, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def refuse_twice(numbers: list[str], field: str = "own_number") -> None:
    """Refused where two rows of one message have the same own number."""
    faults = [
        Fault(_("Two rows have the own number %(number)s.") % {"number": number}, field, row, code="twice")
        for row, number in enumerate(numbers, start=1)
        if number and number in numbers[: row - 1]
    ]
    if faults:
        raise Refused(faults[0].message, faults=faults)
