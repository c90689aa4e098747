"""What the agency decides on opened prices, what the winners make of it, and the verbs of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from awards.models.decisions import Allocation, Award, AwardProduct, Decision
from awards.models.letters import AwardLetter, NextOffer

__all__ = ["Allocation", "Award", "AwardLetter", "AwardProduct", "Decision", "NextOffer", "Verb"]


class Verb(TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    AWARD_PROPOSED = "award.proposed", _("%(actor)s proposed to award lot %(lot)s to %(supplier)s")
    LOT_AWARDED = "lot.awarded", _("%(actor)s awarded lot %(lot)s to %(supplier)s")
    PROPOSAL_WITHDRAWN = (
        "award.withdrawn",
        _("%(actor)s withdrew the proposal for lot %(lot)s: another bid is to follow"),
    )
    LOT_NOT_AWARDED = "award.none", _("%(actor)s decided that lot %(lot)s is not awarded: %(ending)s")
    AWARD_REFUSED = "award.refused", _("%(actor)s refused the award of lot %(lot)s: %(reason)s")
    AWARD_LAPSED = (
        "award.lapsed",
        _("%(actor)s ended the award of lot %(lot)s to %(supplier)s, which had not signed by its day"),
    )
    NEXT_OFFERED = "award.offered", _("%(actor)s offered the award of lot %(lot)s to %(supplier)s, the next in rank")
    OFFER_ACCEPTED = "award.offer_accepted", _("%(actor)s accepted the award of lot %(lot)s")
    OFFER_DECLINED = "award.offer_declined", _("%(actor)s declined the award of lot %(lot)s: %(reason)s")
    NEXT_AWARDED = (
        "award.replaced",
        _("%(actor)s awarded lot %(lot)s to %(supplier)s in the place of %(before)s"),
    )
    AWARD_GIVEN_UP = (
        "award.given_up",
        _("%(actor)s found nobody left for the award of lot %(lot)s that %(before)s had: its need is free"),
    )
