"""Organisations, people, the seats in which they act, and how they prove who they are."""

from accounts.models.bank import BankAccount
from accounts.models.factors import CodeApp, Device, GuessedCodes, Passkey, RecoveryCode, Session
from accounts.models.organisations import Organisation, Region
from accounts.models.seats import InboxMessage, Invitation, Person, Seat, SeatToken, Verb

__all__ = [
    "BankAccount",
    "CodeApp",
    "Device",
    "GuessedCodes",
    "InboxMessage",
    "Invitation",
    "Organisation",
    "Passkey",
    "Person",
    "RecoveryCode",
    "Region",
    "Seat",
    "SeatToken",
    "Session",
    "Verb",
]
