"""The whole tender on one way that can be read: the model and the platform agree, and every promise is kept."""

from tests.machine import invariants
from tests.machine.machine import TenderMachine
from tests.machine.search import REACHED
from tests.machine.walk import walk


def test_on_one_way_through_a_tender_every_promise_is_kept(setting):
    tender = TenderMachine()
    try:
        walk(tender)
    finally:
        tender.teardown()
    assert set(TenderMachine.answers) >= REACHED
    done = {name for name, answer in TenderMachine.answers if answer == "done"}
    assert {"approve", "ask", "release", "publish", "object", "answer_objection", "award", "destroy"} <= done


def test_what_is_looked_for_at_the_end_of_each_example_would_be_found(setting):
    """The ceilings stand in rows, and in the bytes of the signed notice."""
    assert {"tenders_lot", "tenders_tendernotice"} <= set(invariants.tables_with(["1000.00"]))
