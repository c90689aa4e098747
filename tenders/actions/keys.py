"""Openers' keys: made on the opener's own machine, proved before publication, declared destroyed at the end.

The platform sees public keys, signed documents and, at the opening, shares. No private key and no code comes here.
"""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.errors import Conflict, Denied, Refused
from core.events import record
from sealing import keys
from sealing.documents import read_document
from sealing.errors import SealError
from sealing.primitives import public_point
from tenders.actions.preparation import lock_tender, tell_other_officers
from tenders.keylist import current_openers, fingerprint
from tenders.models import Canary, Opener, Tender, Verb
from tenders.renewal import list_may_change, may_make_key
from tenders.signing import server_key

CANARY_LASTS = timedelta(hours=1)


@action
def register_key(*, opener: Opener, public_key: str, signing_key: str, by: Seat, now: datetime) -> Opener:
    """Keep the public keys of an opener's place: P-256 (uncompressed point) and Ed25519, both in hex.

    Refused for a point off the curve and for a key that another place has: nobody could seal to such a list.
    New keys take the place of the old ones as long as no bid can be sealed to them, and have to be proved anew.
    """
    tender = _held(opener, by)
    if not may_make_key(opener, now):
        raise Refused(_("The keys stand in the published notice and cannot be changed."), code="not_now")
    _check_key(tender, opener, public_key)
    _change_current(
        opener, public_key=public_key, signing_key=signing_key, key_made_at=now, key_proved_at=None, signed_list=None
    )
    record(Verb.KEY_MADE, tender.reference, by=by, now=now, place=opener.place)
    return opener


@action
def issue_canary(*, opener: Opener, by: Seat, now: datetime) -> Canary:
    """Seal a secret to the registered key, for the opener to open. Of the secret only its hash is kept."""
    tender = _held_with_open_list(opener, by, now)
    if opener.key_made_at is None:
        raise Refused(_("Make the key first."), code="not_now")
    canary = keys.make_canary(
        tender=tender.reference, opener=opener.place, public=opener.public_key, issued_at=now, key=server_key()
    )
    record(Verb.CANARY_ISSUED, tender.reference, by=by, now=now, place=opener.place)
    return Canary.objects.create(
        opener=opener,
        document=canary.document,
        seal=canary.seal,
        expected=canary.expected,
        public_key=opener.public_key,
        issued_at=now,
        issued_by=by,
    )


@action
def prove_key(*, opener: Opener, answer: bytes, signed_list: bytes, by: Seat, now: datetime) -> Opener:
    """Show that key file and code are at hand, and sign the key list.

    ``answer`` is the signed answer to the canary issued last, ``signed_list`` the list of every opener's keys as it
    is now, signed by this one. A key that nobody can use any more is found out before the notice is published, and a
    list into which the platform slipped keys of its own finds no opener who signs it.
    """
    tender = _held_with_open_list(opener, by, now)
    canary = opener.canaries.filter(public_key=opener.public_key, issued_at__gt=now - CANARY_LASTS).last()
    if canary is None:
        raise Refused(_("Begin the proof again: it must be finished within an hour."), code="not_now")
    asked = keys.Canary(bytes(canary.document), bytes(canary.seal), canary.expected)
    try:
        keys.check_canary_answer(asked, answer, sign_public=opener.signing_key)
        signed = read_document(signed_list, [opener.signing_key])
    except SealError:
        raise Refused(
            _("File and code do not open what is sealed to your key. Take the file of this tender, and its code."),
            field="answer",
            code="key",
        ) from None
    openers = current_openers(tender)
    printed = fingerprint(tender, openers)
    if not printed:
        raise Refused(_("Some openers have not made their keys yet. Sign when the list is complete."), code="not_now")
    if signed.hash != printed:
        raise Conflict(
            _("The key list has changed meanwhile. Look at it again, and sign it as it is now."), code="conflict"
        )
    _change_current(opener, key_proved_at=now, signed_list=signed_list)
    record(Verb.KEY_PROVED, tender.reference, by=by, now=now, place=opener.place)
    return opener


@action
def declare_key_lost(*, opener: Opener, reason: str, by: Seat, now: datetime) -> Opener:
    """Declare that file and code of a published tender's key cannot be brought together any more.

    The officers are told. Until the deadline the place can be given to somebody else, and an amendment puts the new
    key into the notice; after it bidders can be called upon to reveal. Declared once: a key that was in other hands
    is not taken back.
    """
    tender = _held(opener, by)
    if tender.status != Tender.Status.PUBLISHED or tender.over():
        raise Refused(_("Nothing is sealed to this key. Make another one."), code="not_now")
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    if Opener.objects.filter(pk=opener.pk, replaced_at=None, lost_at=None).update(lost_at=now) != 1:
        raise Conflict(_("The key is declared lost already."), code="already_done")
    opener.lost_at = now
    record(Verb.KEY_LOST, tender.reference, by=by, now=now, place=opener.place, reason=reason.strip())
    text = gettext_noop("The opener %(name)s of %(title)s has lost the key.")
    path = reverse("tenders:people", args=[tender.reference])
    tell_other_officers(tender, text, path, about=f"key-lost:{opener.pk}", by=by, now=now, name=by.person.name)
    return opener


def opener_of(tender: Tender, by: Seat) -> Opener:
    """The place of the acting seat in the key list; Refused where it has none."""
    require(by, Permission.OPEN_ENVELOPES)
    opener = tender.openers.filter(seat=by, replaced_at=None).select_related("tender").first()
    if opener is None:
        raise Refused(_("You hold no key of this tender."), code="not_an_opener")
    return opener


def _held(opener: Opener, by: Seat) -> Tender:
    """The opener's tender as it is now, held until commit; Denied to everybody else."""
    require(by, Permission.OPEN_ENVELOPES)
    if opener.seat_id != by.pk:
        raise Denied(Permission.OPEN_ENVELOPES)
    opener.tender = lock_tender(opener.tender)
    return opener.tender


def _held_with_open_list(opener: Opener, by: Seat, now: datetime) -> Tender:
    tender = _held(opener, by)
    if not list_may_change(tender, now):
        raise Refused(_("The keys stand in the published notice and cannot be changed."), code="not_now")
    return tender


def _check_key(tender: Tender, opener: Opener, public_key: str) -> None:
    try:
        public_point(bytes.fromhex(public_key))
    except (SealError, ValueError):
        message = _("This is not a point of the curve P-256.")
        raise Refused(message, field="public_key", code="invalid") from None
    if tender.openers.filter(replaced_at=None, public_key=public_key).exclude(pk=opener.pk).exists():
        raise Refused(_("Another place has this key. Make one of your own."), field="public_key", code="key_known")


def _change_current(opener: Opener, **facts: object) -> None:
    if Opener.objects.filter(pk=opener.pk, replaced_at=None).update(**facts) != 1:
        raise Conflict(_("You have been replaced in this tender."), code="replaced")
    for name, value in facts.items():
        setattr(opener, name, value)
