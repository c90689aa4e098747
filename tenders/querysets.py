"""Questions about tenders and bids. What a seat may see is decided here and nowhere else."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce

from accounts.permissions import OrganisationKind, Permission
from core.clock import database_clock
from core.querysets import along


class TenderIsOver(models.Func):
    """Whether nothing in a tender, by primary key, can be opened any more."""

    function = "tender_is_over"
    output_field = models.BooleanField()


BIDDING_KINDS = {OrganisationKind.SUPPLIER, OrganisationKind.DISTRIBUTOR}


def _count(rows: models.QuerySet[Any], group: str) -> models.QuerySet[Any]:
    return rows.values(group).annotate(count=models.Count("pk")).values("count")


class ExpertQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ExpertQuerySet":
        """The pool is its agency's own, and the auditors'."""
        return self if seat.reads_the_trail else self.filter(agency=seat.organisation_id)

    def in_pool(self) -> "ExpertQuerySet":
        return self.filter(status=self.model.Status.ADMITTED)

    def waiting(self) -> "ExpertQuerySet":
        """Proposed by one person, for a second one to decide."""
        return self.filter(status=self.model.Status.PROPOSED)


class RuleSetQuerySet(models.QuerySet[Any]):
    def in_force(self, today: date) -> "RuleSetQuerySet":
        """The newest version of each rule set that holds today."""
        holding = self.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today)
        newer = holding.filter(code=models.OuterRef("code"), version__gt=models.OuterRef("version"))
        return holding.filter(~models.Exists(newer.order_by()))


class TenderQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "TenderQuerySet":
        """A draft is the agency's, its openers' and its evaluators'; what was published is everybody's."""
        if seat is None:
            return self.published()
        if seat.of_the_agency or seat.reads_the_trail:
            return self
        named = Q(openers__seat=seat, openers__replaced_at=None) | Q(
            evaluators__seat=seat, evaluators__replaced_at=None
        )
        return self.filter(Q(published_at__isnull=False) | Q(pk__in=self.model.objects.filter(named).values("pk")))

    def published(self) -> "TenderQuerySet":
        """Everything that was ever published, cancelled tenders included."""
        return self.filter(published_at__isnull=False)

    def matching(self, text: str) -> "TenderQuerySet":
        """Tenders of this number, with these words in their title, or with a lot for an item that they fit."""
        lot_items = along(self.model, "lots__lot_items")
        items = along(lot_items, "item").objects.matching(text)
        asked = lot_items.objects.filter(item__in=items).order_by().values("lot__tender")
        return self.filter(Q(title__icontains=text) | Q(reference__iexact=text) | Q(pk__in=asked))

    def for_list(self) -> "TenderQuerySet":
        """Adds ``lot_count`` and ``runs``, whether a lot has yet to end."""
        of_tender = along(self.model, "lots").objects.filter(tender=models.OuterRef("pk")).order_by()
        return self.annotate(
            lot_count=Coalesce(models.Subquery(_count(of_tender, "tender")), 0),
            runs=models.Exists(of_tender.running()),
        )

    def over(self) -> "TenderQuerySet":
        """Published once, and nothing can be opened any more: cancelled, or every lot has ended; and no lot is held
        or can still be objected to. The database asks the same before it lets a key go (``tender_is_over``)."""
        return self.annotate(is_over=TenderIsOver("pk")).filter(is_over=True)

    def open_for_bids(self, now: datetime) -> "TenderQuerySet":
        return self.filter(status=self.model.Status.PUBLISHED, deadline__gt=now)

    def closed(self, now: datetime) -> "TenderQuerySet":
        return self.filter(status=self.model.Status.PUBLISHED, deadline__lte=now)


class LotQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "LotQuerySet":
        return self.filter(tender__in=along(self.model, "tender").objects.visible_to(seat))

    def running(self) -> "LotQuerySet":
        """Lots that have not ended, with an award or without one."""
        return self.exclude(status=self.model.Status.ENDED)

    def not_held(self) -> "LotQuerySet":
        return self.exclude(pk__in=along(self.model, "holds").objects.standing().values("lot"))

    def under_evaluation(self) -> "LotQuerySet":
        """Lots of closed tenders whose technical result is not published, and that have not ended."""
        return self.filter(status=self.model.Status.OPEN, tender__status="published", tender__close__isnull=False)

    def fully_signed(self) -> "LotQuerySet":
        """Lots under evaluation whose scores every current evaluator has signed."""
        evaluators = along(self.model, "tender__evaluators").objects
        signatures = along(self.model, "tender__evaluators__signatures").objects
        signed = signatures.standing().filter(lot=models.OuterRef("pk"))
        signed_by = signatures.standing().filter(
            lot=models.OuterRef(models.OuterRef("pk")), evaluator=models.OuterRef("pk")
        )
        missing = evaluators.filter(~models.Exists(signed_by), tender=models.OuterRef("tender"), replaced_at=None)
        return self.under_evaluation().filter(models.Exists(signed), ~models.Exists(missing))


class BidJudgementQuerySet(models.QuerySet[Any]):
    def standing(self) -> "BidJudgementQuerySet":
        """Of the last round of the bid's lot."""
        return self.filter(round=models.F("bid__lot__round"))


class LotJudgementQuerySet(models.QuerySet[Any]):
    def standing(self) -> "LotJudgementQuerySet":
        """Of the last round of the lot."""
        return self.filter(round=models.F("lot__round"))


class QualificationQuerySet(models.QuerySet[Any]):
    def standing(self) -> "QualificationQuerySet":
        """The verdicts of the technical results that stand."""
        return self.filter(result=models.F("bid__lot__technical_result"))


class BidQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "BidQuerySet":
        """Before the openers were asked for its envelopes a bid exists for its supplier alone.

        From then on the bids that stood at the close are seen by the agency, by auditors, and by the
        openers and evaluators of the tender. With one envelope, whose bids are judged before any is opened,
        they are seen from the close on.
        """
        own = Q(supplier=seat.organisation_id)
        if seat.organisation.kind in BIDDING_KINDS:
            return self.filter(own)
        shown = self.model.objects.standing().filter(
            Q(lot__opening_requests__isnull=False) | Q(tender__envelopes=1, tender__close__isnull=False)
        )
        if not (seat.of_the_agency or seat.reads_the_trail):
            shown = shown.filter(
                Q(tender__openers__seat=seat, tender__openers__replaced_at=None)
                | Q(tender__evaluators__seat=seat, tender__evaluators__replaced_at=None)
            )
        return self.filter(own | Q(pk__in=shown.values("pk")))

    def standing(self) -> "BidQuerySet":
        """Bids whose last version is a bid, not a withdrawal, and sealed to the notice that holds."""
        return self.filter(pk__in=along(self.model, "versions").objects.standing().values("bid"))

    def unconfirmed(self) -> "BidQuerySet":
        """Bids that were submitted and not withdrawn, and do not count until they are sealed to the amended notice."""
        return self.filter(pk__in=along(self.model, "versions").objects.unconfirmed().values("bid"))

    def with_technical_envelope_shut(self) -> "BidQuerySet":
        """Bids that have a technical envelope on which there is no verdict yet."""
        return self.filter(tender__envelopes=2).exclude(opened__envelope="technical")

    def to_evaluate(self) -> "BidQuerySet":
        """Standing bids whose technical envelope is open; with one envelope, all that stood at the close."""
        opened = along(self.model, "opened").objects.filter(envelope="technical", outcome="opened")
        at_hand = Q(tender__envelopes=1, tender__close__isnull=False) | Q(pk__in=opened.values("bid"))
        return self.standing().filter(at_hand)

    def to_score(self, evaluator: Any) -> "BidQuerySet":
        """What an evaluator has yet to score: bids that meet the formal requirements, where points are given."""
        scored = along(self.model, "scores").objects.standing().filter(evaluator=evaluator)
        waiting = self.to_evaluate().filter(tender=evaluator.tender_id).reviewed(passed=True)
        return waiting.filter(tender__criteria__kind="scored").exclude(pk__in=scored.values("bid")).distinct()

    def reviewed(self, **found: Any) -> "BidQuerySet":
        """Bids with a formal review of the round that stands, of which these lookups hold."""
        return self.filter(pk__in=along(self.model, "formal_reviews").objects.standing().filter(**found).values("bid"))

    def with_last_version(self) -> "BidQuerySet":
        """Adds ``last_kind``, ``last_number``, ``last_terms`` and ``last_received_at``, all None without a version,
        and ``state``: draft, bid, unconfirmed (sealed to a notice that was amended since) or withdrawal."""
        last = along(self.model, "versions").objects.filter(bid=models.OuterRef("pk")).order_by("-number")
        return self.annotate(
            last_kind=models.Subquery(last.values("kind")[:1]),
            last_number=models.Subquery(last.values("number")[:1]),
            last_terms=models.Subquery(last.values("terms")[:1]),
            last_received_at=models.Subquery(last.values("received_at")[:1]),
            state=Case(
                When(last_kind=None, then=Value("draft")),
                When(~Q(last_terms=models.F("tender__terms")), last_kind="bid", then=Value("unconfirmed")),
                default=models.F("last_kind"),
                output_field=models.CharField(),
            ),
        )


class BidVersionQuerySet(models.QuerySet[Any]):
    def last_of_each(self) -> "BidVersionQuerySet":
        newer = self.model.objects.filter(bid=models.OuterRef("bid"), number__gt=models.OuterRef("number"))
        return self.filter(~models.Exists(newer))

    def submitted(self) -> "BidVersionQuerySet":
        """The last version of every bid that was not withdrawn, confirmed after an amendment or not."""
        return self.last_of_each().filter(kind=self.model.Kind.BID)

    def standing(self) -> "BidVersionQuerySet":
        """The last version of every bid that counts: not withdrawn, and sealed to the tender's last notice."""
        return self.submitted().filter(terms=models.F("tender__terms"))

    def unconfirmed(self) -> "BidVersionQuerySet":
        """The last version of every bid that was not withdrawn and is sealed to a notice that was amended."""
        return self.submitted().exclude(terms=models.F("tender__terms"))


class SealedAttachmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "SealedAttachmentQuerySet":
        """Sealed attachments are handed to nobody but their bidder, before the opening and after it."""
        return self.filter(bid__supplier=seat.organisation_id)

    def with_stored(self) -> "SealedAttachmentQuerySet":
        """Adds ``stored``: the numbers of the chunks that are here."""
        return self.annotate(stored=ArrayAgg("parts__number", filter=Q(parts__isnull=False), default=[]))

    def complete(self) -> "SealedAttachmentQuerySet":
        """Those of which every chunk is stored."""
        return self.annotate(here=models.Count("parts")).filter(here=models.F("count"))


class ReceiptQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ReceiptQuerySet":
        return self.filter(bid__supplier=seat.organisation_id)

    def committed_by(self, tender: Any) -> "ReceiptQuerySet":
        """The receipts that the close of a tender commits to: the last one of every bid that stands."""
        standing = along(self.model, "version").objects.standing().filter(tender=tender)
        return self.filter(version__in=standing.values("pk"))


class OpeningRequestQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "OpeningRequestQuerySet":
        """What the openers are asked for is public, like everything that they answer except the shares."""
        return self

    def still_shut(self) -> "OpeningRequestQuerySet":
        """Requests with an envelope that has no verdict yet, of tenders that were not cancelled.

        After a call to reveal nobody is asked for the envelopes themselves any more.
        """
        done = models.Count("opened", distinct=True)
        asked = self.filter(tender__status="published").exclude(
            ~Q(envelope__startswith="reveal-"), tender__reveal_call__published_at__isnull=False
        )
        return asked.annotate(done=done).filter(done__lt=models.F("listed"))

    def with_verdicts(self) -> "OpeningRequestQuerySet":
        """Adds ``verdicts``: on how many of the lot's envelopes of the very kind that it lists there is a verdict."""
        of_kind = Q(lot__bids__opened__envelope=models.F("envelope"))
        return self.annotate(verdicts=models.Count("lot__bids__opened", filter=of_kind))

    def waiting_for(self, **opener: Any) -> "OpeningRequestQuerySet":
        """What an opener, found by these lookups of its place, is asked for and has not released.

        Whose key stands in the last notice, made before it, is asked for envelopes; after a call everybody for seeds.
        """
        openers, notices = (along(self.model, f"tender__{name}").objects for name in ("openers", "notices"))
        places = openers.filter(**opener, replaced_at=None, tender=models.OuterRef("tender"))
        places = places.exclude(releases__request=models.OuterRef("pk"))
        last = notices.filter(tender=models.OuterRef("tender")).order_by("-number")
        in_notice = places.filter(key_made_at__lte=last.values("published_at")[:1])
        seeds = Q(envelope__startswith="reveal-") & models.Exists(places)
        return self.still_shut().filter(seeds | models.Exists(in_notice))


class RevealCallQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "RevealCallQuerySet":
        """What is published is everybody's; what is prepared the agency's and the auditors'."""
        if seat is not None and (seat.of_the_agency or seat.reads_the_trail):
            return self
        return self.published()

    def published(self) -> "RevealCallQuerySet":
        return self.filter(published_at__isnull=False)

    def in_preparation(self) -> "RevealCallQuerySet":
        """Called by one person and not published yet: replacement openers make their keys."""
        return self.filter(published_at=None, tender__status="published")


class RevealQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "RevealQuerySet":
        """Before the hour of the call a reveal exists for its bidder alone, and its files for nobody else ever."""
        return self.filter(bid__supplier=seat.organisation_id)


class PartQuerySet(models.QuerySet[Any]):
    def take(self, tender: Any, persons: Iterable[int], permission: str) -> None:
        """Write down that persons, by primary key, have this part in a tender, those for whom it is not written yet."""
        at = database_clock()
        rows = [self.model(tender=tender, person_id=pk, permission=permission, at=at) for pk in persons]
        self.bulk_create(rows, ignore_conflicts=True)


class ChangeQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ChangeQuerySet":
        """What was approved is everybody's; what is proposed or was declined the agency's and the auditors'."""
        if seat is not None and (seat.of_the_agency or seat.reads_the_trail):
            return self
        return self.approved()

    def approved(self) -> "ChangeQuerySet":
        return self.filter(status=self.model.Status.APPROVED)

    def waiting(self, now: datetime) -> "ChangeQuerySet":
        """Proposals that can still be decided: a change before the deadline is void once it has come."""
        ahead = Q(kind=self.model.Kind.CANCELLATION) | Q(tender__deadline__gt=now)
        return self.filter(ahead, status=self.model.Status.PROPOSED, tender__status="published")


class QuestionQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "QuestionQuerySet":
        """One's own; the questions of its tenders are read by whoever answers for the agency, and by auditors."""
        if seat.reads_the_trail:
            return self
        if seat.may(Permission.PUBLISH_TENDER):
            return self.filter(tender__agency=seat.organisation_id)
        return self.filter(supplier=seat.organisation_id)

    def waiting(self) -> "QuestionQuerySet":
        """Without an answer yet."""
        return self.filter(clarification=None)


class MinutesQuerySet(models.QuerySet[Any]):
    def to_be_signed(self, **opener: Any) -> "MinutesQuerySet":
        """Minutes of openings at which an opener, found by these lookups of its place, released and has not signed."""
        present = along(self.model, "request__tender__openers").objects.filter(**opener, replaced_at=None)
        unsigned = present.exclude(minutes_signatures__minutes=models.OuterRef("pk"))
        return self.filter(models.Exists(unsigned.filter(releases__request=models.OuterRef("request"))))


class ObjectionQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ObjectionQuerySet":
        if seat.of_the_agency or seat.reads_the_trail:
            return self
        return self.filter(supplier=seat.organisation_id)

    def waiting(self) -> "ObjectionQuerySet":
        """Without an answer yet: each stops its lot."""
        return self.filter(answer="")


class HoldQuerySet(models.QuerySet[Any]):
    def standing(self) -> "HoldQuerySet":
        """Those that were not lifted: their lots stand still."""
        return self.filter(lifted_at=None)
