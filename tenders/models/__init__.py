"""Tenders, sealed bids, evaluation and opened prices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tenders.models.attachment import AttachmentChunk, SealedAttachment
from tenders.models.bid import AskedKind, Bid, BidProduct, BidVersion, EnvelopeKind, Receipt, random_reference
from tenders.models.ceremony import Canary, KeyDestruction, Minutes, MinutesSignature
from tenders.models.change import Change, TenderNotice
from tenders.models.committee import Committee, CommitteeDraw, DrawSeed, Expert
from tenders.models.evaluation import (
    EvaluationSignature,
    FormalReview,
    OfferedProduct,
    Qualification,
    Ranking,
    Score,
    TechnicalResult,
)
from tenders.models.objection import Hold, Objection
from tenders.models.opening import Close, OpenedEnvelope, OpeningRequest, Release, TimeStamp
from tenders.models.part import Part
from tenders.models.people import Evaluator, Opener
from tenders.models.question import Clarification, Question, question_reference
from tenders.models.reveal import Reveal, RevealCall
from tenders.models.round import JudgedAgain, Round
from tenders.models.rule_set import RuleSet
from tenders.models.tender import Criterion, Lot, LotItem, LotPart, LotVolume, Tender

__all__ = [
    "AskedKind",
    "AttachmentChunk",
    "Bid",
    "BidProduct",
    "BidVersion",
    "Canary",
    "Change",
    "Clarification",
    "Close",
    "Committee",
    "CommitteeDraw",
    "Criterion",
    "DrawSeed",
    "EnvelopeKind",
    "EvaluationSignature",
    "Evaluator",
    "Expert",
    "FormalReview",
    "Hold",
    "JudgedAgain",
    "KeyDestruction",
    "Lot",
    "LotItem",
    "LotPart",
    "LotVolume",
    "Minutes",
    "MinutesSignature",
    "Objection",
    "OfferedProduct",
    "OpenedEnvelope",
    "Opener",
    "OpeningRequest",
    "Part",
    "Qualification",
    "Question",
    "Ranking",
    "Receipt",
    "Release",
    "Reveal",
    "RevealCall",
    "Round",
    "RuleSet",
    "Score",
    "SealedAttachment",
    "TechnicalResult",
    "Tender",
    "TenderNotice",
    "TimeStamp",
    "Verb",
    "question_reference",
    "random_reference",
]


class Verb(TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    TENDER_PREPARED = "tender.prepared", _("%(actor)s began to prepare the tender")
    TENDER_CHANGED = "tender.changed", _("%(actor)s changed the plan of the tender")
    LOTS_SET = "tender.lots_set", _("%(actor)s set the lots: %(lots)s, with items: %(items)s")
    SCHEDULE_SET = "tender.schedule_set", _("%(actor)s set the deadline to %(deadline)s")
    CRITERIA_SET = "tender.criteria_set", _("%(actor)s set the criteria of the technical evaluation: %(count)s")
    OPENER_NAMED = "opener.named", _("%(actor)s named %(person)s as opener at place %(place)s")
    OPENER_REPLACED = "opener.replaced", _("%(actor)s replaced the opener %(person)s by %(successor)s: %(reason)s")
    RULE_SET_INSTALLED = "rule_set.installed", _("The rule set %(title)s came with the release, as version %(version)s")
    CANARY_ISSUED = "opener.canary_issued", _("%(actor)s began to prove the key of place %(place)s")
    KEY_MADE = "opener.key_made", _("%(actor)s made the key of place %(place)s")
    KEY_PROVED = "opener.key_proved", _("%(actor)s proved to hold the key of place %(place)s")
    KEY_LOST = "opener.key_lost", _("%(actor)s declared the key of place %(place)s lost: %(reason)s")
    EVALUATOR_NAMED = "evaluator.named", _("%(actor)s named %(person)s as evaluator")
    NO_INTEREST_DECLARED = "evaluator.no_interest", _("%(actor)s declared to have no interest in the tender")
    INTEREST_DECLARED = "evaluator.interest", _("%(actor)s declared an interest and has to be replaced")
    EVALUATOR_REPLACED = (
        "evaluator.replaced",
        _("%(actor)s replaced the evaluator %(person)s by %(successor)s: %(reason)s"),
    )
    EXPERT_PROPOSED = "expert.proposed", _("%(actor)s proposed %(person)s as expert: %(speciality)s")
    EXPERT_ADMITTED = "expert.admitted", _("%(actor)s admitted %(person)s to the pool of experts")
    EXPERT_DECLINED = "expert.declined", _("%(actor)s declined %(person)s as expert: %(reason)s")
    EXPERT_ENDED = "expert.ended", _("%(actor)s took %(person)s out of the pool of experts: %(reason)s")
    COMMITTEE_SET = "committee.set", _("%(actor)s set how many members of the committee are drawn: %(size)s")
    COMMITTEE_DRAWN = "committee.drawn", _("%(actor)s made draw %(number)s of the committee: %(experts)s")
    TENDER_PUBLISHED = (
        "tender.published",
        _("%(actor)s published the tender; bids are due before %(deadline)s"),
    )
    CHANGE_PROPOSED = "tender.change_proposed", _("%(actor)s proposed a change (%(kind)s): %(reason)s")
    CHANGE_DECLINED = (
        "tender.change_declined",
        _("%(actor)s declined the change (%(kind)s) that %(proposer)s proposed: %(reason)s"),
    )
    TENDER_EXTENDED = (
        "tender.extended",
        _("%(actor)s extended the deadline from %(before)s to %(deadline)s, as %(proposer)s proposed: %(reason)s"),
    )
    TENDER_AMENDED = (
        "tender.amended",
        _("%(actor)s amended the tender by notice %(number)s, as %(proposer)s proposed: %(reason)s"),
    )
    TENDER_CANCELLED = (
        "tender.cancelled",
        _("%(actor)s cancelled the tender, as %(proposer)s proposed: %(reason)s"),
    )
    DRAFT_CANCELLED = "draft.cancelled", _("%(actor)s gave the draft up: %(reason)s")
    BID_PREPARED = "bid.prepared", _("%(actor)s began a bid with %(product)s")
    BID_ATTACHED = "bid.attached", _("%(actor)s began to store a sealed attachment of the bid")
    BID_RECEIVED = "bid.received", _("%(actor)s submitted version %(version)s of the bid")
    BID_WITHDRAWN = "bid.withdrawn", _("%(actor)s withdrew the bid")
    BID_REFUSED = "bid.refused", _("The submission of %(actor)s was refused: %(reason)s")
    QUESTIONS_ASKED = "question.asked", _("%(actor)s asked questions: %(count)s")
    QUESTIONS_ANSWERED = "question.answered", _("%(actor)s answered questions for everybody: answer %(number)s")
    TENDER_CLOSED = "tender.closed", _("The deadline has passed; standing bids: %(count)s")
    CLOSE_STAMPED = "tender.stamped", _("An outside authority stamped the close at %(at)s")
    OPENING_REQUESTED = (
        "opening.requested",
        _("%(actor)s asked the openers to unlock envelopes (%(envelope)s): %(envelopes)s"),
    )
    OPENING_POSTPONED = "opening.postponed", _("%(actor)s postponed the opening; %(missing)s had not come: %(reason)s")
    REVEAL_CALLED = "reveal.called", _("%(actor)s prepared a call to reveal the seeds: %(reason)s")
    CALL_PUBLISHED = (
        "reveal.published",
        _("%(actor)s published the call of %(caller)s: bidders reveal their seeds before %(due)s"),
    )
    BID_REVEALED = "bid.revealed", _("%(actor)s revealed the seeds of the bid to the openers of the call")
    BIDS_NOT_REVEALED = (
        "reveal.silent",
        _("Bids of lot %(lot)s that were not revealed and take no further part: %(bids)s"),
    )
    SHARES_RELEASED = "opening.released", _("%(actor)s released the shares of place %(place)s")
    MINUTES_SIGNED = "opening.minutes_signed", _("%(actor)s signed minutes of the opening")
    KEY_DESTROYED = "opener.key_destroyed", _("%(actor)s declared the key of place %(place)s destroyed")
    SEALS_DELETED = "opening.seals_deleted", _("Envelopes that were never opened were deleted: %(seals)s")
    ENVELOPES_OPENED = "opening.opened", _("Envelopes opened (%(envelope)s): %(opened)s of %(listed)s")
    BID_REVIEWED = (
        "evaluation.reviewed",
        _("%(actor)s reviewed the formal requirements of %(bid)s: %(outcome)s"),
    )
    BID_SCORED = "evaluation.scored", _("%(actor)s scored %(bid)s")
    EVALUATION_SIGNED = "evaluation.signed", _("%(actor)s signed the scores of lot %(lot)s")
    RESULT_PUBLISHED = (
        "result.published",
        _("%(actor)s published the technical result of lot %(lot)s: %(passed)s passed, %(failed)s did not"),
    )
    LOT_RANKED = "lot.ranked", _("The prices of lot %(lot)s were ranked: %(valid)s valid")
    OBJECTION_FILED = "objection.filed", _("%(actor)s objected on lot %(lot)s")
    OBJECTION_ANSWERED = (
        "objection.answered",
        _("%(actor)s answered the objection on lot %(lot)s: %(answer)s"),
    )
    LOT_JUDGED_AGAIN = (
        "lot.judged_again",
        _("%(actor)s had bids of lot %(lot)s judged again, in round %(round)s: %(bids)s (%(reason)s)"),
    )
    LOT_HELD = "lot.held", _("%(actor)s held lot %(lot)s (%(why)s, %(file)s): %(reason)s")
    LOT_RELEASED = "lot.released", _("%(actor)s let lot %(lot)s go on (%(why)s, %(file)s): %(reason)s")
    LOT_ENDED = "lot.ended", _("Lot %(lot)s ended: %(ending)s")
