"""Shape and validation of what people enter about awards and negotiations."""

from awards.forms.decisions import AnswerToProposalForm, RegionsForm
from awards.forms.negotiation import (
    FollowedForm,
    LeadsOnForm,
    OpenNegotiationForm,
    OutcomeForm,
    PackPriceForm,
)

__all__ = [
    "AnswerToProposalForm",
    "FollowedForm",
    "LeadsOnForm",
    "OpenNegotiationForm",
    "OutcomeForm",
    "PackPriceForm",
    "RegionsForm",
]
