"""After lost keys: two officers call on the bidders to reveal their seeds to replacement openers.

Between the two the openers who lost their keys are replaced, and all openers sign the key list as before a
publication (``actions.people``, ``actions.keys``).
"""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from core.outbox import queue
from sealing.documents import document_hash
from tenders.actions.opening.closing import wait_for_bids_in_flight
from tenders.actions.preparation import in_words, tell_other_officers
from tenders.call import call_body, shut_envelopes
from tenders.checklist import missing_of_openers
from tenders.duties import permit
from tenders.models import OpeningRequest, RevealCall, Tender, Verb
from tenders.notice import PublishedNotice
from tenders.signing import sign

LEAST_TIME = timedelta(hours=24)  # a bidder has to fetch a recovery file and its code


@action
def postpone_opening(*, tender: Tender, reason: str, by: Seat, now: datetime) -> None:
    """Put on record that fewer openers came than are needed, who had not come, and why. Nothing is lost by it:
    whoever comes later releases, and the envelopes open."""
    permit(tender, by, Permission.PUBLISH_TENDER)
    _give(reason)
    absent = absent_openers(tender)
    if not absent:
        raise Refused(_("No opening waits for openers."), code="not_now")
    record(
        Verb.OPENING_POSTPONED,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        missing=", ".join(absent),
        reason=reason.strip(),
    )


def absent_openers(tender: Tender) -> list[str]:
    """Who has not released for a list that fewer openers answered than are needed; nobody where there is none."""
    waiting = [
        request
        for request in OpeningRequest.objects.still_shut().filter(tender=tender).prefetch_related("releases")
        if len(request.releases.all()) < tender.openers_needed
    ]
    if not waiting:
        return []
    came = set.intersection(*({one.opener_id for one in request.releases.all()} for request in waiting))
    absent = tender.openers.filter(replaced_at=None).exclude(pk__in=came).order_by("place")
    return list(absent.values_list("seat__person__name", flat=True))


@action
def call_reveal(*, tender: Tender, reason: str, due_at: datetime, by: Seat, now: datetime) -> RevealCall:
    """Prepare the call: why, and until which hour. Called again before its publication it says the newer words.

    Possible after the close, once the openers were asked in public and did not open, while an envelope is shut
    that may yet be opened. From here on openers can be replaced.
    """
    tender = _held(tender, by)
    _give(reason)
    if due_at - now < LEAST_TIME:
        raise Refused(_("Bidders need at least 24 hours. Set a later hour."), field="due_at", code="date_out_of_range")
    if not shut_envelopes(tender) or _unasked(tender):
        raise Refused(_("Ask the openers first: the seeds are called for when they cannot open."), code="not_asked")
    facts = {"reason": reason.strip(), "due_at": due_at, "called_at": now, "called_by": by}
    call, _new = RevealCall.objects.update_or_create(tender=tender, defaults=facts)
    record(Verb.REVEAL_CALLED, tender.reference, by=by, now=now, reason=call.reason)
    text = gettext_noop("A call to reveal the seeds of %(title)s is prepared and waits for a second person.")
    path = reverse("tenders:opening", args=[tender.reference])
    tell_other_officers(tender, text, path, about=f"call:{call.pk}:{now.isoformat()}", by=by, now=now)
    return call


@action
def publish_call(*, call: RevealCall, by: Seat, now: datetime) -> RevealCall:
    """Sign and publish the call, as the second person. Every bidder whose bid stands is told, with the hour.

    Refused with every fault of the new key list at once, while nobody was replaced, and with less than 24 hours
    to go; Conflict where it is published, or was made anew since it was read.
    """
    tender = _held(call.tender, by)
    seen, call = call, RevealCall.objects.select_related("called_by__person").get(pk=call.pk)
    call.tender = tender
    if seen.called_at != call.called_at:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    if call.called_by.person_id == by.person_id:
        raise Refused(_("You called for this yourself: somebody else publishes it."), code="two_people")
    if call.due_at - now < LEAST_TIME:
        raise Refused(
            _("Less than 24 hours are left. Prepare the call again, with a later hour."),
            field="due_at",
            code="date_out_of_range",
        )
    faults = missing_of_openers(tender, now=now)
    if faults:
        raise Refused(_("The new key list is not complete; nothing was published."), faults=faults, code="incomplete")
    body = call_body(call, now)
    if body["fingerprint"] == PublishedNotice.of(tender).body["fingerprint"]:
        raise Refused(_("Nobody was replaced. Name openers in the places of those who lost their keys."), code="same")
    _publish(call, body, by, now)
    record(
        Verb.CALL_PUBLISHED,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        caller=call.called_by.signature,
        due=in_words(call.due_at),
        reason=call.reason,
    )
    queue("tenders.tasks.announce_call", call.pk, now=now)
    return call


def _publish(call: RevealCall, body: dict[str, Any], by: Seat, now: datetime) -> None:
    call.document = sign(body)
    call.sha256 = document_hash(call.document)
    call.published_at, call.published_by = now, by
    call.save(update_fields=["document", "sha256", "published_at", "published_by"])


def _held(tender: Tender, by: Seat) -> Tender:
    """The closed tender, held until commit, if ``by`` may call in it and nobody has published a call."""
    permit(tender, by, Permission.PUBLISH_TENDER)
    wait_for_bids_in_flight(tender)
    tender = Tender.objects.select_related("agency").get(pk=tender.pk)
    if tender.status != Tender.Status.PUBLISHED or not hasattr(tender, "close"):
        raise Refused(_("The deadline of this tender has not come, or it is not published."), code="not_closed")
    if RevealCall.objects.published().filter(tender=tender).exists():
        raise Conflict(_("The call is published already."), code="published")
    return tender


def _unasked(tender: Tender) -> bool:
    """Whether there are technical envelopes for which the openers were not asked in public: the list of all bids."""
    running = tender.lots.running() if tender.envelopes == 2 else tender.lots.none()
    return running.exclude(opening_requests__envelope="technical").filter(bids__versions__isnull=False).exists()


def _give(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
