"""One way through a tender that meets every promise once, and at each the attempt to break it.

The search finds such ways by itself, and others; this one is short, always the same, and can be read.
"""

from datetime import timedelta

from tests.machine.course import next_act
from tests.machine.facts import COMMERCIAL, EVALUATED, TECHNICAL
from tests.machine.machine import MICROSECOND, TenderMachine


def walk(tender: TenderMachine) -> None:
    """From the first bid to the last destroyed key."""
    bidding(tender)
    changes(tender)
    deadline(tender)
    technical_opening(tender)
    evaluation(tender)
    prices(tender)
    award(tender)
    end_of_the_keys(tender)


def bidding(tender: TenderMachine) -> None:
    for bid in range(6):
        tender.submit(bid=bid, flaw="")
    tender.send_again(back=1, other=False)
    tender.send_again(back=1, other=True)
    tender.submit(bid=0, flaw="")
    tender.act("withdraw", bid=5, supplier=2, key="withdrawn")
    tender.act("withdraw", bid=5, supplier=2, key="withdrawn twice")
    for wrong in ("outdated", "ahead", "bid", "lot", "supplier"):
        tender.submit_something_else(bid=1, wrong=wrong)


def changes(tender: TenderMachine) -> None:
    tender.propose_an_extension(by="officer", hours=-2)
    tender.propose_an_extension(by="officer", hours=1)
    tender.act("approve", change=0, by="officer")
    tender.act("approve", change=0, by="preparer")
    tender.change(kind="amendment", hours=30)
    tender.submit_under_the_notice_before(bid=0)
    for bid in range(4):  # bid 4 is not confirmed, and 5 was withdrawn
        tender.submit(bid=bid, flaw=TECHNICAL if bid == 1 else "")


def deadline(tender: TenderMachine) -> None:
    tender.act("close")
    tender.act("ask", lot=0, envelope=TECHNICAL, by="officer")
    tender.wait_for_the_next_limit(about=-MICROSECOND)
    tender.submit(bid=1, flaw="")
    tender.wait_for_the_next_limit(about=timedelta(0))
    tender.submit(bid=2, flaw="")
    tender.act("withdraw", bid=0, supplier=0, key="withdrawn late")
    tender.propose_an_extension(by="officer", hours=5)
    tender.act("close")


def technical_opening(tender: TenderMachine) -> None:
    for lot in (0, 1):
        tender.act("ask", lot=lot, envelope=TECHNICAL, by="officer")
    tender.act("conclude", lot=0, envelope=TECHNICAL, by="officer")
    for opener, trick in ((0, "wrong_share"), (1, "other_hash"), (1, "other_key"), (1, "stranger"), (1, ""), (1, "")):
        tender.release(opener=opener, trick=trick)
    for opener in (2, 3):
        tender.release(opener=opener, trick="")


def evaluation(tender: TenderMachine) -> None:
    tender.act("publish", lot=0, by="officer")
    tender.act("sign", lot=0, evaluator=0)
    while tender.model.lots[0].status != EVALUATED:
        go_on(tender)


def prices(tender: TenderMachine) -> None:
    """The third bid of the lot did not pass, and objects: it is judged again, and once more does not pass."""
    tender.act("ask", lot=0, envelope=COMMERCIAL, by="officer")
    tender.object(lot=0, supplier=2)
    tender.answer_objection(back=1, by="officer", upheld=True, again=True)
    tender.act("review", bid=0, by="evaluator", passed=False)
    tender.act("score", lot=0, evaluator=0, points={0: 40})
    tender.act("publish", lot=0, by="officer")
    while tender.model.lots[0].status != EVALUATED:
        go_on(tender)
    tender.object(lot=0, supplier=2)
    tender.wait_for_the_next_limit(about=timedelta(0))
    tender.act("ask", lot=0, envelope=COMMERCIAL, by="officer")
    tender.answer_objection(back=1, by="officer", upheld=False, again=False)
    tender.act("ask", lot=0, envelope=COMMERCIAL, by="officer")
    for opener in (0, 1, 4):
        tender.release(opener=opener, trick="")


def award(tender: TenderMachine) -> None:
    tender.propose_award(lot=0, by="officer")
    tender.award(lot=0, by="awarder")
    tender.object(lot=0, supplier=1)
    tender.wait_for_the_next_limit(about=timedelta(0))
    tender.award(lot=0, by="awarder")
    tender.answer_objection(back=1, by="officer", upheld=False, again=False)
    tender.destroy(opener=0, other=False)
    tender.award(lot=0, by="officer")
    tender.award(lot=0, by="awarder")


def end_of_the_keys(tender: TenderMachine) -> None:
    while not tender.model.over:
        go_on(tender)
    tender.destroy(opener=0, other=True)
    for opener in range(4):
        tender.destroy(opener=opener, other=False)


def go_on(tender: TenderMachine) -> None:
    """What a patient agency does next."""
    act = next_act(tender.model)
    assert act
    name, given = act
    if name == "tick":
        tender.tick(**given)
    else:
        tender.act(name, **given)
