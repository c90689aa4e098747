"""The words that the scripts of sealing and withdrawing say, in the reader's language, by the names they use."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Every sentence; what stands in %(…)s is filled in by the browser."""
    return {**_terms(), **_draft(), **_offer(), **_attachments(), **_sealing(), **_submitting()}


def _terms() -> dict[str, str]:
    return {
        "terms_checked": _(
            "Checked in your browser: these terms are those of the signed notice, and the signature holds."
        ),
        "terms_checked_unsigned": _(
            "Checked in your browser: these terms are those of the notice. This browser cannot check its signature; "
            "the command can."
        ),
        "terms_wrong": _(
            "What the platform sent is not what the signed notice says (%(where)s). Seal nothing here, and tell the "
            "agency."
        ),
    }


def _draft() -> dict[str, str]:
    return {
        "draft_kept": _("kept on this machine"),
        "draft_unkept": _("this browser keeps no draft"),
        "draft_found": _("the draft from this machine is filled in"),
        "answers_found": _("the answers of version %(version)s are filled in; enter the price again"),
        "draft_forgotten": _("forgotten"),
        "draft_foreign": _("This is not a draft of this bid."),
    }


def _offer() -> dict[str, str]:
    return {
        "answer_missing": _("Answer this requirement."),
        "answer_long": _("At most %(most)s characters."),
        "price_form": _("Enter digits and at most one point, with at most 6 decimals."),
        "price_range": _("Enter a price above zero, with at most 12 digits before the point."),
        "further_range": _(
            "What follows for a further specification is no price above zero with at most 12 digits before the point."
        ),
        "above_ceiling": _(
            "%(price)s for %(units)s %(unit)s is above the ceiling of %(ceiling)s: such a bid is invalid "
            "when prices are opened. Correct the price, or tick the box."
        ),
    }


def _attachments() -> dict[str, str]:
    return {
        "attachment_sealing": _("being sealed"),
        "attachment_sending": _("sealed, being sent"),
        "attachment_stored": _("sealed and stored"),
        "attachment_cut": _("The connection broke. What has arrived is kept: send the rest when you are back online."),
        "attachment_lost": _(
            "It was not fully sent, and this browser no longer has it. Remove it and choose it again."
        ),
        "attachment_remove": _("Remove %(name)s"),
        "attachment_large": _("%(name)s is too large: 256 MB is the most."),
        "attachment_name": _("%(name)s: a name has at most 255 characters."),
        "attachment_twice": _("%(name)s is attached already."),
        "attachment_many": _("An envelope has at most %(most)s attachments."),
        "attachment_unreadable": _("%(name)s cannot be read."),
        "attachment_waiting": _("Wait until every attachment is stored, or remove the one that is not."),
        "already_sealed": _("%(name)s is sealed already. Choose the file itself: sealed twice, nobody could read it."),
    }


def _sealing() -> dict[str, str]:
    return {
        "sealing_technical": _("Sealing the technical envelope and opening it again"),
        "sealing_commercial": _("Sealing the commercial envelope and opening it again"),
        "locking": _("Locking the recovery file; this is slow on purpose"),
        "not_sealed": _(
            "Something went wrong on this machine: the sealed envelope did not open again. Nothing was sent. Try once "
            "more, or use another machine."
        ),
        "too_long": _("This is too much text for one envelope. Put the long parts into attachments."),
        "prove_first": _("First prove that your recovery file opens: then you can submit."),
        "recovery_missing": _("Choose the file that you have just saved."),
        "code_missing": _("Type the code."),
        "recovery_wrong": _("File and code do not open these envelopes together. Compare the code letter by letter."),
        "proving": _("Opening the recovery file; this is slow on purpose"),
        "proved": _("Proved: your recovery file opens both envelopes. Nothing has been sent yet."),
        "code_gone": _("You have it; it is not shown again."),
    }


def _submitting() -> dict[str, str]:
    return {
        "submitting": _("Sending the sealed envelopes and checking the receipt"),
        "not_taken": _("The platform did not take it."),
        "signing": _("Your passkey signs this submission: follow your browser"),
        "not_signed": _("Your passkey did not sign, and nothing was sent. Have it at hand and press the button again."),
        "confirm_first": _(
            "Some minutes have passed, and nothing was sent yet. Confirm in another tab that it is you, come back here "
            "and press the button again: what you sealed is still here."
        ),
        "confirm_link": _("Confirm that it is you"),
        "signed_out": _(
            "You are no longer signed in. Sign in again in another tab, come back here and submit: the sealed "
            "envelopes are still here."
        ),
        "cut_off": _(
            "No answer came: the connection is broken. Press the button again when you are back online. The same "
            "sealed envelopes are sent, and they count once."
        ),
        "receipt_wrong": _(
            "The platform answered with a receipt that is not of what you sent. Do not rely on it: keep this page "
            "open, and tell the agency at once."
        ),
    }
