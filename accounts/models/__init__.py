"""Organisations, people, the seats in which they act, and how they prove who they are."""

from accounts.models.affiliations import Affiliation
from accounts.models.bank import BankAccount
from accounts.models.factors import CodeApp, Device, GuessedCodes, GuessedPasswords, Passkey, RecoveryCode, Session
from accounts.models.filings import Filing
from accounts.models.organisations import Organisation, OrganisationVersion, Region
from accounts.models.seats import InboxMessage, Invitation, PasswordReset, Person, Seat, SeatToken, Verb
from accounts.models.systems import System, TokenUse

__all__ = [
    "Affiliation",
    "BankAccount",
    "CodeApp",
    "Device",
    "Filing",
    "GuessedCodes",
    "GuessedPasswords",
    "InboxMessage",
    "Invitation",
    "Organisation",
    "OrganisationVersion",
    "Passkey",
    "PasswordReset",
    "Person",
    "RecoveryCode",
    "Region",
    "Seat",
    "SeatToken",
    "Session",
    "System",
    "TokenUse",
    "Verb",
]
