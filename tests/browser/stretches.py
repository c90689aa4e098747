"""The stretches of the way from an imported catalogue to a payment, through the pages: who is asked to do something
finds it in the list of what to do.

``test_whole_journey.py`` goes all of it in one run. Each ``test_journey_to_….py`` goes one stretch from a kept stage,
and leaves to actions what others do there in the same way.
"""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from core import tasks
from core.clock import legal_date
from tenders.models import Close
from tests.accounts.proving import code_of, give_codes
from tests.browser import bidding
from tests.browser.walk import Key
from tests.demand.stage import mandate_of
from tests.journeys.test_by_api import CATALOGUE
from tests.world import NOW

# Of the usual criteria, the two that the tender keeps, by their rows.
LICENCE, QUALITY = 1, 5
DEADLINE = NOW + timedelta(days=35)
ZONED = "%Y-%m-%dT%H:%M"


# --- From catalogue to published tender ------------------------------------------------------------------
def import_catalogue(walk, world):
    """The first person signs in by hand, in two steps; a file is uploaded, read, looked through and merged."""
    give_codes(world.cataloguer.person)
    walk.open("/sign-in/")
    walk.fill(**{"E-mail_address": world.cataloguer.person.email}, Password="correct horse battery staple")
    walk.press("Sign in")
    walk.fill(Code=code_of(world.cataloguer.person))
    walk.press("Continue")
    walk.nav("Imports")
    walk.follow("Import a file")
    file = {"name": "catalogue.csv", "mimeType": "text/csv", "buffer": CATALOGUE.encode()}
    walk.page.get_by_label("File").set_input_files(file)
    walk.press("Upload and preview", "The file is being read")
    tasks.sweep()
    walk.page.get_by_role("link", name="Merge").wait_for()
    walk.todo(world.cataloguer, "Look through the import and merge it")
    walk.follow("Merge")
    walk.press("Merge all rows")
    tasks.sweep()
    walk.page.get_by_role("heading", name="What the rows did").wait_for()
    walk.nav("Catalogue")
    walk.reads("阿托伐他汀钙片")


def report_demand(walk, world, travel):
    today, hospital = legal_date(NOW), world.hospital
    mandate_of(world, hospital)
    item = re.search(r"I-\d+", walk.page.get_by_role("main").inner_html())[0]
    walk.sit(world.officer)
    walk.nav("Demand")
    walk.follow("Open a window")
    walk.fill(Title="Demand of next year", Last_day=str(today + timedelta(days=5)))
    walk.page.get_by_label("Items", exact=False).first.fill(item)
    walk.choose("Hospitals", hospital.name)
    walk.press("Open the window", "The window is open, and its hospitals are told.")
    walk.todo(world.pharmacist, "Report your demand")
    walk.fill(Quantity_a_year="7000")
    walk.press("Report", "Reported. You may report again")
    travel(NOW + timedelta(days=6))
    walk.todo(world.officer, "Lock the demand")
    walk.press("Lock the demand", "The demand is locked.")


def prepare_tender(walk, world):
    walk.follow("Prepare a tender")
    walk.fill(Title="Statins")
    walk.page.get_by_role("radio", name="drug").check()
    walk.choose("Rule set", "Double envelope, pass mark 60 of 100")
    walk.press("Begin the draft", "The draft is begun.")
    walk.todo(world.officer, "Complete and publish the tender")
    walk.follow(re.compile(": Lots"))
    walk.page.get_by_label("Take").check()
    walk.fill(Ceiling_price="1.20")
    walk.press("Save the lots", "The lots are set.")
    walk.follow(re.compile(": Schedule"))
    supply = legal_date(DEADLINE) + timedelta(days=15)
    walk.fill(
        Deadline=timezone.localtime(DEADLINE).strftime(ZONED),
        First_day_of_supply=str(supply),
        Last_day_of_supply=str(supply + timedelta(days=364)),
    )
    walk.press("Save", "The schedule is set.")
    walk.follow(re.compile(": Criteria"))
    for row in set(range(1, 15)) - {LICENCE, QUALITY}:
        walk.page.get_by_label(f"Criterion, {row}", exact=True).fill("")
    walk.page.get_by_label(f"Points, {QUALITY}", exact=True).fill("100")
    walk.press("Save the criteria", "The criteria are set.")


def name_people(walk, openers, evaluators):
    walk.follow(re.compile(": Openers and evaluators"))
    walk.follow("Name openers")
    walk.tick(*map(str, openers))
    walk.press("Name the openers", "Named, and told to make the key.")
    walk.follow("Name evaluators")
    walk.tick(*map(str, evaluators))
    walk.press("Name the evaluators", "Named, and asked for the declaration.")


def make_key(walk, opener):
    """The key is made in the page; its file and code are taken away, and opened again before it is registered."""
    walk.todo(opener, "Make your opener's key")
    walk.start("Make the key", "Made. Save the file")
    with walk.page.expect_download() as saved:
        walk.page.get_by_role("button", name="Save the key file").click()
    key = Key(opener, saved.value.path(), walk.page.locator("[data-code]").inner_text())
    walk.bring(key)
    walk.send("Register the public keys", "made, not proved")
    return key


def prove_key(walk, key):
    walk.todo(key.seat, "Prove that you hold your key")
    walk.bring(key)
    walk.send("Prove it and sign the list", "made and proved")


def declare(walk, evaluator):
    walk.todo(evaluator, "Declare whether you have an interest")
    walk.page.get_by_label("I have no interest in this tender").check()
    walk.press("Declare", "Your declaration is recorded.")


def publish_tender(walk, world):
    """By another officer than the one who prepared it."""
    walk.todo(world.preparer, "Complete and publish the tender")
    walk.follow("Publish", exact=True)
    walk.reads("any 3 of them open, fewer never can")
    walk.press("Publish the tender")
    walk.follow("Notice", exact=True)
    walk.reads("Statins")


# --- Bids ------------------------------------------------------------------------------------------------
def seal_bid(walk, supplier, maker, price, folder):
    walk.todo(supplier, "Open for bids")
    walk.follow("Begin a bid")
    walk.choose("Product", maker)
    walk.press("Begin the bid", "Nothing stands yet")
    walk.follow("Seal and submit")
    bidding.write(walk.page, price=price, answer="Licence 2024-117, no batch failed")
    bidding.seal(walk.page)
    bidding.keep_recovery(walk.page, folder)
    bidding.submit(walk.page)
    walk.look()


def ask_openers(walk, world, envelopes):
    walk.todo(world.officer, f"Ask the openers: {envelopes}")
    walk.press("Sign and publish the lists", "The lists are signed and public.")


def release_and_sign(walk, keys):
    """The last of the keys that are needed opens the envelopes; then there are minutes to sign."""
    for key in keys:
        walk.todo(key.seat, "Release your shares")
        walk.bring(key)
        walk.page.get_by_label("Root, at least").fill(Close.objects.get().root[:20])
        walk.start("Check what is asked for", "agrees with what was published")
        walk.send("Release and sign", "Opening of the envelopes")
    for key in keys:
        walk.todo(key.seat, "Sign the minutes of the opening")
        walk.bring(key)
        walk.start("Check what is asked for", "Minutes to sign: 1")
        walk.send("Release and sign", "Opening of the envelopes")


def evaluate(walk, evaluator, points):
    """The first evaluator reviews every bid, each gives points by keyboard, criterion by criterion, and signs."""
    walk.todo(evaluator, "Evaluate the bids")
    walk.follow("Next bid")
    for _bid in points:
        review = walk.page.get_by_role("button", name="Record the review")
        if review.is_visible():
            walk.page.get_by_role("radio", name="All are met").check()
            walk.press("Record the review", "is recorded.")
        *first, last = points[walk.page.get_by_role("heading", level=1).inner_text()]
        for given in first:
            walk.page.keyboard.type(given)
            walk.page.keyboard.press("Enter")
        walk.page.keyboard.type(last)
        with walk.page.expect_navigation():
            walk.page.keyboard.press("Enter")
        walk.reads("are recorded.")
    walk.follow("Sign your scores")
    walk.press("Sign", "You have signed lot 1.")


def publish_result(walk, world, rejected):
    walk.todo(world.officer, "Publish 1 technical result")
    walk.press("Publish", "Published. Bidders are told.")
    walk.todo(rejected, "Read the technical result of 1 lot")
    price_stays_sealed(walk, rejected)


def path_of(walk, bidder):
    """How a bid fared, unfolded."""
    path = walk.page.get_by_role("listitem").filter(has=walk.page.get_by_text(bidder.organisation.name, exact=True))
    path.locator("summary").click()
    return path


def price_stays_sealed(walk, bidder):
    path = path_of(walk, bidder)
    expect(path).to_contain_text("The price stays sealed for ever")
    expect(path).not_to_contain_text("a pack")


# --- Award and contract ----------------------------------------------------------------------------------
def award_lot(walk, world, bidders, travel, *, at):
    """``at`` is an instant after the standstill."""
    walk.todo(world.officer, "Propose 1 award")
    walk.press("Propose", "Proposed. Bidders are told, and the standstill runs.")
    walk.todo(bidders[1], "Read the proposed award of 1 lot")
    walk.reads("Standstill until")
    walk.sit(world.awarder)
    walk.waits_not("Award 1 lot")
    travel(at)
    walk.todo(world.awarder, "Award 1 lot")
    walk.reads(bidders[0].organisation.name)
    walk.press("Award", "Awarded. The price register has the prices")


def read_why(walk, bidders, lot, price):
    """A losing bidder follows the award to the cent; the world reads the same without signing in."""
    walk.sit(bidders[1])
    walk.nav("Tenders")
    walk.follow("T-")
    walk.follow("Results and awards")
    walk.follow(lot)
    path = path_of(walk, bidders[1])
    expect(path).to_contain_text("your bid")
    expect(path).to_contain_text("Rank 2: the lowest comparable price goes first.")
    expect(path_of(walk, bidders[0])).to_contain_text(f"{price} a pack")
    price_stays_sealed(walk, bidders[3])
    walk.page.context.clear_cookies()
    walk.open("/")
    walk.nav("Results", menu="Public pages")
    walk.follow("T-")
    walk.follow(lot)
    expect(walk.page.get_by_text("Awarded to")).to_be_visible()
    expect(path_of(walk, bidders[0])).to_contain_text("rank 1")
    price_stays_sealed(walk, bidders[3])


def conclude_contract(walk, world, supplier):
    walk.todo(world.officer, "Prepare the contract on 1 lot")
    walk.fill(Maximum="120")
    walk.press("Prepare the contract", "Prepared. Both sides have been asked to sign.")
    for signer in (supplier, world.awarder):
        walk.todo(signer, "Sign the contract")
        walk.press("Sign", "Signed.")


# --- Orders and money ------------------------------------------------------------------------------------
def order_and_receive(walk, world, supplier):
    walk.sit(world.pharmacist)
    walk.nav("Orders")
    walk.follow("Place an order")
    walk.page.get_by_role("textbox", name="Packs").fill("1201")
    walk.press("Review the order", "1,200 packs remain")
    walk.press("Go back and change")
    walk.page.get_by_role("textbox", name="Packs").fill("100")
    walk.press("Review the order", "Nothing is placed yet")
    walk.press("Place the order", "The order waits for approval.")
    walk.todo(world.order_approver, "Approve the order over")
    walk.press("Approve")
    walk.todo(supplier, "Confirm or refuse the order")
    walk.press("Confirm")
    walk.todo(supplier, "Send the delivery")
    expires_on = legal_date(timezone.now()) + timedelta(days=400)
    walk.page.get_by_label("Batch, row 1", exact=True).fill("B1")
    walk.page.get_by_label("Expiry, row 1", exact=True).fill(str(expires_on))
    walk.press("Send", "Sent. Print the delivery note")
    walk.todo(world.receiver, "Receive the delivery")
    walk.page.get_by_label("Accepted, batch B1", exact=True).fill("99")
    walk.page.get_by_label("Rejected, batch B1", exact=True).fill("1")
    walk.page.get_by_label("Why rejected, batch B1").select_option("damaged")
    walk.press("Record what arrived", "Received. What you accepted is now owed.")


def say_where_to_pay(walk, world, supplier):
    """One person of the supplier proposes the account, and a second one, who comes for it, confirms it."""
    walk.sit(supplier)
    walk.nav("Bank accounts")
    walk.follow("Propose a bank account")
    walk.fill(Bank="Demo bank, Wuhan branch", Account_number="6222 0212 3456 7890")
    walk.press("Propose a bank account", "A second person of your organisation confirms it.")
    walk.todo(world.seat(supplier.organisation, "accountant"), "Confirm the bank account, or withdraw it")
    walk.follow("Confirm", exact=True)
    walk.press("Confirm the bank account", "Confirmed. Everybody concerned is told.")
    walk.nav("Bank accounts")
    walk.reads("in use")


def settle(walk, world, supplier, travel):
    accepted_on = legal_date(timezone.now())
    walk.sit(world.finance)
    walk.nav("Payables")
    walk.reads("653.40")
    walk.reads(str(accepted_on + timedelta(days=30)))
    travel(timezone.now() + timedelta(days=25))
    walk.todo(world.finance, "Due within 7 days")
    walk.page.get_by_role("checkbox", name="Select D-").check()
    walk.press("Pay what is ticked", "Check this number against the transfer.")
    asked = walk.page.url
    walk.fill(Bank_reference="BANK-1")
    walk.press("Continue", "1 payable is settled.")
    walk.press("Record the payment", "Recorded. The payee has been told.")
    walk.page.goto(asked)
    walk.reads("Nothing is open with this payee")
    walk.sit(world.finance)
    walk.waits_not("Due within 7 days")
    walk.sit(supplier)
    walk.nav("Payables")
    walk.follow("Payments")
    walk.reads("653.40")
    walk.reads("BANK-1")
