"""The second wall around bids: policies of the database on each row that tells of one, written anew after migrations.

The first wall is ``visible_to``, which a query can forget. Behind it the database itself shows the web role a bid, and
what hangs on it, only where the session acts for its supplier (``accounts.acting``) or the bids of its tender are
closed: the deadline has passed by the database's own clock, or the close is signed. A tender cancelled before its
deadline is never closed, and its bids stay their suppliers' own. Who bids writes rows of its own bids only.

The owner of the tables is not held by policies. It migrates, makes the demo and checks the trail; web processes and
workers run as the other role.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections, transaction

from accounts.acting import ORGANISATION

# Every table whose rows hang on a bid (the bidder's own with where the bid's key is found), and the bids themselves.
OF_BIDDERS = {
    "tenders_bidversion": "bid_id",
    "tenders_receipt": "bid_id",
    "tenders_sealedattachment": "bid_id",
    "tenders_attachmentchunk": "(SELECT bid_id FROM tenders_sealedattachment WHERE id = attachment_id)",
}
OF_JUDGES = (
    "tenders_openedenvelope",
    "tenders_formalreview",
    "tenders_score",
    "tenders_qualification",
    "tenders_ranking",
)
# Seeds revealed after a call: their bidder's own until the hour of the call.
REVEALS = "tenders_reveal"
# Events are of all rooms. Those that may tell of a bid are read by the organisations that they name, and by auditors.
EVENTS = "core_event"
BEHIND = ("tenders_bid", *OF_BIDDERS, REVEALS, *OF_JUDGES, EVENTS)

_OWN = f"supplier_id = {ORGANISATION}"
_CLOSED = """EXISTS (
    SELECT FROM tenders_tender AS tender WHERE tender.id = tender_id AND (
        tender.status = 'published' AND tender.deadline <= (SELECT platform_clock())
        OR EXISTS (SELECT FROM tenders_close WHERE tenders_close.tender_id = tender.id)
    )
)"""
# The policy of the bids themselves holds inside this one too.
_SEEN = "EXISTS (SELECT FROM tenders_bid AS seen WHERE seen.id = {bid})"
_OWN_BID = f"EXISTS (SELECT FROM tenders_bid AS own WHERE own.id = {{bid}} AND own.{_OWN})"
_DUE = f"""{_OWN_BID.format(bid="bid_id")} OR {_SEEN.format(bid="bid_id")} AND EXISTS (
    SELECT FROM tenders_revealcall AS call WHERE call.id = call_id AND call.due_at <= (SELECT platform_clock())
)"""
_TOLD = f"""verb NOT LIKE 'bid.%' AND verb <> 'act.refused' OR {ORGANISATION} = ANY (organisations)
    OR EXISTS (SELECT FROM accounts_organisation WHERE id = {ORGANISATION} AND kind = 'regulator')"""

_IN_PLACE = "SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'"


@dataclass(frozen=True)
class Policy:
    """One policy: which command on which table it allows, for which rows. Each role is held by it but the owner."""

    table: str
    name: str
    command: str
    using: str = ""
    check: str = ""

    @property
    def sql(self) -> str:
        using = f" USING ({self.using})" if self.using else ""
        check = f" WITH CHECK ({self.check})" if self.check else ""
        return f"CREATE POLICY {self.name} ON {self.table} FOR {self.command}{using}{check}"


def raise_wall(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Write the policies, in one transaction. Whatever was there before, by hand too, goes first."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if not set(BEHIND) <= set(connection.introspection.table_names(cursor)):
            return  # A migration to a time before these tables.
        cursor.execute(_IN_PLACE)
        for table, name in cursor.fetchall():
            cursor.execute(f'DROP POLICY "{name}" ON "{table}"')
        for table in BEHIND:
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        for policy in policies():
            cursor.execute(policy.sql)


def policies() -> list[Policy]:
    """Every policy of the wall. What none of them allows is refused."""
    return [
        Policy("tenders_bid", "seen", "SELECT", using=f"{_OWN} OR {_CLOSED}"),
        Policy("tenders_bid", "begun", "INSERT", check=_OWN),
        # Nothing of a bid is changed, but its bidder's processes lock it, which counts as a change.
        Policy("tenders_bid", "locked", "UPDATE", using=_OWN),
        *(Policy(table, "seen", "SELECT", using=_SEEN.format(bid=bid)) for table, bid in OF_BIDDERS.items()),
        *(Policy(table, "written", "INSERT", check=_OWN_BID.format(bid=bid)) for table, bid in OF_BIDDERS.items()),
        Policy(REVEALS, "seen", "SELECT", using=_DUE),
        Policy(REVEALS, "written", "INSERT", check=_OWN_BID.format(bid="bid_id")),
        *(Policy(table, "seen", "ALL", using=_SEEN.format(bid="bid_id")) for table in OF_JUDGES),
        Policy(EVENTS, "seen", "SELECT", using=_TOLD),
        Policy(EVENTS, "written", "INSERT", check="true"),
    ]
