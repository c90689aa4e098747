"""The points and the reasons as sentences: for people at a terminal, and, translated, on the page of the check."""

from typing import NewType

Sentence = NewType("Sentence", str)


def _(sentence: str) -> Sentence:
    """Mark a sentence for translators. The command speaks English; the page speaks its reader's language."""
    return Sentence(sentence)


# The nine points that a bidder asks for have numbers; the others make them trustworthy.
NUMBERS = {
    "receipt": 1,
    "included": 2,
    "root": 3,
    "count": 4,
    "commitment": 5,
    "price": 6,
    "evaluation": 7,
    "ranking": 8,
    "openers": 9,
}
POINTS = {
    "notice": _("the notice is signed by the platform's key"),
    "receipt": _("my receipt is signed, for this tender and for the files that I hold"),
    "included": _("my receipt is under the published root, and my bid on the list of its lot"),
    "root": _("the root of the close is the one in my mail"),
    "stamp": _("an outside time stamp was made over this close"),
    "count": _("as many envelopes were opened or failed as bids stood at the close"),
    "commitment": _("my own file opens, with my seed, to what the receipt commits to"),
    "price": _("the published price is the price that I sealed"),
    "evaluation": _("who passed follows from the notice's rules and every member's points"),
    "ranking": _("the ranking follows from the notice's rules and the opened prices"),
    "openers": _("enough openers signed, wherever something was opened"),
    "requests": _("the openers were asked for exactly the bids that passed"),
    "releases": _("each release answers a published request, entry by entry"),
    "files": _("each published file is the one received, and opens as is said"),
    "program": _("the minutes were written by the program that the notice printed"),
}
REASONS = {
    "malformed": _("a document in it is not of its format"),
    "unsigned": _("{where}: a signature is missing or does not hold"),
    "other_tender": _("{where}: of another tender"),
    "other_key": _("signed by another key than the notice names; compare it with the platform's page of signing keys"),
    "other_amendment": _("an amendment does not name the notice that it amends"),
    "other_terms": _("the receipt is for another notice than the one in this record"),
    "other_proof": _("the passkey's signature is not over this submission, or not the one that the receipt names"),
    "other_file": _("the {envelope} file is not the one that the receipt names"),
    "other_version": _("another version of the bid was used than the receipt's; take the evidence of the last receipt"),
    "not_a_receipt": _("this document is no receipt"),
    "not_a_bid": _("a withdrawal or a refusal is counted nowhere"),
    "no_evidence": _("give the evidence file from the page of your receipt"),
    "not_closed": _("the tender is not closed"),
    "no_inclusion": _(
        "no proof: a bid that was replaced, withdrawn, or not confirmed after an amendment counts by its last receipt"
    ),
    "not_included": _("the proof does not lead to the published root"),
    "left_out": _("the bid was received, and is on no list of its lot"),
    "closed_early": _("it was closed before its deadline"),
    "two_closes": _("the close in the evidence is another one than the record's"),
    "no_root": _("give the root from your mail"),
    "other_root": _("the root that you gave is not the root of the close"),
    "not_stamped": _("there is no outside time stamp"),
    "no_certificate": _(
        "it names this close, {digest}; who signed it is for the command or openssl, with the authority's certificates"
    ),
    "no_package": _("checking a time stamp needs the package rfc3161-client"),
    "other_stamp": _("the time stamp is not over this close, or not by this authority"),
    "other_count": _("{found} bids are on the lists, and {count} stood at the close"),
    "not_all_listed": _("{found} of {count} bids are listed so far; if it stays so to the end, one was left out"),
    "other_leaves": _("the bids on the lists do not give the root of the close"),
    "still_shut": _("{shut} envelopes on the lists have no verdict yet"),
    "no_secret": _("give the recovery file of this bid"),
    "other_recovery": _("the recovery file belongs to another bid or version"),
    "does_not_open": _("the {envelope} file does not open with the seed, or opens to something else"),
    "price_shut": _("the price of this bid was not opened"),
    "opens_for_me": _("it is said not to open, and opens with the seed"),
    "other_price": _("the price shown is not the price that was sealed"),
    "no_result": _("no technical result is published"),
    "without_reports": _("results of the first format say nothing of the members' points"),
    "no_report": _("{lot}: the evaluation report that the signed result names is not published"),
    "other_report": _("{lot}: the evaluation report is of something else than the signed result"),
    "other_round": _("{lot}: the result of a later round does not name the one before it"),
    "points_missing": _("{bid}: a member's points for a criterion are missing, or there are more than were asked for"),
    "other_points": _("{bid}: the members' points give another mean or score than the one shown"),
    "other_table": _("{lot}: the rules give another mark or another number of bids that go on"),
    "other_outcome_of": _("{bid}: points and rules give another verdict or place than the one shown"),
    "other_passed": _("{lot}: the signed result lets others pass than the report"),
    "other_score": _("{bid}: ranked with another technical score than the report has"),
    "no_price": _("no lot has all its prices opened"),
    "other_ranking": _("{lot}: the rules give another ranking than the one shown"),
    "other_item": _("{bid} offers an item that its lot does not ask for"),
    "nothing_opened": _("nothing was opened"),
    "too_few_openers": _("{lot}: opened with fewer signed releases than the notice asks for"),
    "other_minutes": _("the minutes speak of something else than the published papers"),
    "nothing_asked": _("the openers were not asked for anything"),
    "other_close": _("{where}: of another close"),
    "asked_twice": _("the same list was asked for twice"),
    "not_as_passed": _("{lot}: the list of prices is not what the signed result let pass"),
    "not_continued": _("{lot}: a further request does not continue the one before it"),
    "no_call": _("seeds were asked for, or said not to be revealed, without a call"),
    "before_call": _("seeds were asked for before the hour of the call"),
    "nothing_released": _("no opener has released anything"),
    "release_of_nothing": _("the opener at place {place} answered a request that is not published"),
    "release_of_others": _("the opener at place {place} released another number of shares than were asked for"),
    "released_twice": _("the opener at place {place} answered the same request twice"),
    "twice": _("an envelope has two verdicts"),
    "not_listed": _("{bid} was opened and is on no list"),
    "other_file_opened": _("{bid}: the file opened is not the file received"),
    "no_file": _("{bid}: said to be opened, and not published"),
    "other_outcome": _("{bid}: the file opens otherwise than is said"),
    "no_minutes": _("there are no minutes yet"),
    "other_program": _("the notice printed release {printed}, and the minutes were written by release {used}"),
    "blamed": _("{bid}: the opener at place {place} is blamed for a share that was right"),
}
