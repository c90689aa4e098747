"""The award letter: issued with the award, answered by the contract's signature, refused, or ended after its day."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from awards.models import Award, AwardLetter, Verb
from awards.rules import MOST_CHARACTERS, PRESENTED_DAYS, SIGNATURE_DAYS
from core.actions import action
from core.clock import zone
from core.errors import Conflict, Denied, Refused
from core.models import Event
from core.outbox import queue
from tenders.actions.lots import hold, tell
from tenders.actions.preparation import in_words
from tenders.duties import permit
from tenders.models import Lot
from tenders.rules.schedule import after_days


def issue_letters(awards: Iterable[Award], *, by: Seat, now: datetime) -> None:
    """Write the letters of awards that bind from now on, with their signature day. Within an action."""
    until = after_days(now, SIGNATURE_DAYS, zone())
    facts = {"sign_until": until, "issued_at": now, "issued_by": by}
    AwardLetter.objects.bulk_create(AwardLetter(award=award, **facts) for award in awards)


def present_letters(awards: Collection[Award], *, by: Seat, now: datetime) -> None:
    """Note that the contract on these awards lies before the winner, who has some days from now at least. Within the
    action that prepares it, as often as it is prepared."""
    letters = AwardLetter.objects.filter(award__in=awards, ended_at=None)
    letters.filter(presented_at=None).update(presented_at=now, presented_by=by)
    letters.update(sign_until=Greatest("sign_until", after_days(now, PRESENTED_DAYS, zone())))


def sign_letters(awards: Collection[int], *, by: Seat, now: datetime) -> None:
    """Note that the winner has signed the contract on these awards, by primary key. Within the action that signs it.
    Refused where one of them has ended: of a signature and an end at once only one is written."""
    letters = AwardLetter.objects.filter(award__in=awards)
    letters.filter(signed_at=None, ended_at=None).update(signed_at=now, signed_by=by)
    require_none_ended(awards)


def require_none_ended(awards: Collection[int]) -> None:
    """Refused where one of these awards, by primary key, has ended."""
    if AwardLetter.objects.filter(award__in=awards, ended_at__isnull=False).exists():
        raise Refused(
            _("An award of this contract has ended. The agency sets the contract aside and prepares another."),
            code="award_ended",
        )


@action
def refuse_award(*, award: Award, reason: str, by: Seat, now: datetime) -> AwardLetter:
    """Refuse, as the winner and for good, an award whose contract one has not signed. It ends, and the next in rank
    can be offered it."""
    require(by, Permission.SIGN_CONTRACT)
    if award.supplier_id not in by.lineage:
        raise Denied(Permission.SIGN_CONTRACT)
    lot = hold(award.decision.lot, Lot.Status.ENDED)
    letter = _end(award, AwardLetter.End.REFUSED, stated(reason), by, now)
    audience = Event.Audience.PUBLIC
    tell(Verb.AWARD_REFUSED, lot, by, now, audience=audience, supplier=award.supplier.name, reason=letter.end_reason)
    return letter


@action
def lapse_award(*, award: Award, by: Seat, now: datetime) -> AwardLetter:
    """End an award whose winner has neither signed the contract that lies before it nor refused by the day of its
    letter; the next in rank can be offered it. Refused before."""
    lot = award.decision.lot
    permit(lot.tender, by, Permission.AWARD)
    lot = hold(lot, Lot.Status.ENDED)
    check_lapsing(award, now)
    letter = _end(award, AwardLetter.End.SILENT, gettext_noop("no signature by the day of the letter"), by, now)
    tell(Verb.AWARD_LAPSED, lot, by, now, audience=Event.Audience.PUBLIC, supplier=award.supplier.name)
    return letter


def check_lapsing(award: Award, now: datetime) -> None:
    """Refused, with the reason and the hour, where an award cannot be ended for silence now."""
    letter = letter_of(award)
    if letter.presented_at is None:
        raise Refused(_("No contract lies before the winner: prepare it first."), code="not_presented")
    if now < letter.sign_until:
        told = _("The winner can still sign, until %(until)s.") % {"until": in_words(letter.sign_until)}
        raise Refused(told, code="not_now")


def letter_of(award: Award) -> AwardLetter:
    """The letter of an award as it is now; Refused where it was signed, Conflict where it has ended."""
    letter = AwardLetter.objects.filter(award=award).first()
    if letter is None:
        raise Refused(_("This award does not bind."), code="not_now")
    if letter.signed_at:
        raise Refused(_("The winner has signed the contract."), code="signed")
    if letter.ended_at:
        raise Conflict(_("This award has ended already."), code="already_done")
    return letter


def _end(award: Award, end: str, reason: str, by: Seat, now: datetime) -> AwardLetter:
    letter = letter_of(award)
    open_ = AwardLetter.objects.filter(pk=letter.pk, signed_at=None, ended_at=None)
    if open_.update(end=end, end_reason=reason, ended_at=now, ended_by=by) != 1:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    letter.refresh_from_db()
    queue("awards.tasks.announce_end", letter.pk, now=now)
    return letter


def stated(reason: str) -> str:
    """A reason, without blanks around it; Refused where it is empty or too long."""
    reason = reason.strip()
    if not reason:
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    if len(reason) > MOST_CHARACTERS:
        told = _("Write at most %(most)d characters.") % {"most": MOST_CHARACTERS}
        raise Refused(told, field="reason", code="max_length")
    return reason
