"""The first agency of an installation without demo, and mail that repeats the inbox."""

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.actions import notify
from accounts.models import Organisation, Seat
from accounts.rules import demo_uscc
from accounts.tasks import mail_message
from tests.world import NOW

ARGUMENTS = {
    "name": "Demo agency",
    "region": "420000",
    "officer": "Demo officer",
    "email": "officer@example.test",
    "code": demo_uscc(1),
}


def test_found_agency_invites_the_first_officer(db):
    said = StringIO()
    call_command("found_agency", **ARGUMENTS, stdout=said)
    link = re.search(rf"{settings.PUBLIC_URL}(/invitation/\S+)", said.getvalue())[1]
    Client().post(link, {"password": "correct horse battery staple"})
    assert Seat.objects.get().person.email == "officer@example.test"
    with pytest.raises(CommandError, match="has an agency already"):
        call_command("found_agency", **ARGUMENTS)


def test_found_agency_refuses_a_wrong_code_and_leaves_nothing(db):
    with pytest.raises(CommandError, match="unified social credit code"):
        call_command("found_agency", **{**ARGUMENTS, "code": "911100006000373417"})
    with pytest.raises(CommandError, match="No region has the code 999999"):
        call_command("found_agency", **{**ARGUMENTS, "region": "999999"})
    assert not Organisation.objects.exists()


def test_a_notice_stands_in_the_inbox_once_and_is_mailed(world, mailoutbox):
    words = {"subject": "O-2026-0001", "text": "Order %(order)s waits", "path": "/orders/O-2026-0001/"}
    for _time in range(2):
        notify(seats=[world.pharmacist], about="order-waits-1", data={"order": "1"}, now=NOW, **words)
    notice = world.pharmacist.messages.get()
    mail_message(notice.pk)
    assert mailoutbox[0].to == [world.pharmacist.person.email]
    assert "Order 1 waits" in mailoutbox[0].body
    assert "/orders/O-2026-0001/" in mailoutbox[0].body
