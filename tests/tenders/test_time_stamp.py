"""The outside time stamp of a close: asked for until it comes, held against the question, and never in the way."""

import base64
import hashlib
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from checking.findings import check
from checking.material import Material
from core.models import Event, OutboxMessage
from core.tasks import deliver
from tenders.actions.opening import close_tender
from tenders.models import Close, TimeStamp
from tenders.tasks import STAMP_WITHIN, stamp_close
from tenders.time_stamp import StampError, ask_for_stamp
from tests.checking.papers import record_of
from tests.tenders.authority import STAMPED, Authority, authority
from tests.tenders.bids import HOUR, bids_in, by_hand, clock_at
from tests.tenders.stage import DEADLINE, Stage, published_tender

DATA = b"what is stamped"


@pytest.fixture
def stamper():
    with authority() as one:
        yield one


def closed(world) -> Close:
    stage = published_tender(world, lots=("20.00",))
    bids_in(stage, "13.50")
    with clock_at(DEADLINE + HOUR):
        return close_tender(tender=stage.tender, now=DEADLINE + HOUR)


def waiting() -> list[str]:
    return list(OutboxMessage.objects.filter(delivered_at=None).values_list("task", flat=True))


def test_a_stamp_names_the_authoritys_instant_and_holds_for_who_trusts_it(stamper):
    stamp = ask_for_stamp(DATA, stamper.url)
    assert stamp.stamped_at == STAMPED
    assert stamp.token


@pytest.mark.parametrize("lies", ["imprint", "nonce", "rubbish", "refusal", "absent"])
def test_an_answer_to_another_question_is_no_stamp(stamper, lies):
    stamper.lies = lies
    with pytest.raises(StampError):
        ask_for_stamp(DATA, stamper.url)


def test_an_authority_that_is_away_is_an_error_of_the_same_kind():
    with authority() as one:
        gone = one.url
    with pytest.raises(StampError):
        ask_for_stamp(DATA, gone)


@pytest.fixture
def configured(settings, stamper, monkeypatch):
    """The platform asks this authority, for closes of any age: the tests' tenders close in their own year."""
    settings.TIME_STAMP_URL = stamper.url
    monkeypatch.setattr("tenders.tasks.STAMP_WITHIN", timedelta.max)
    return stamper


def test_where_no_authority_is_configured_nothing_is_asked(world, settings):
    settings.TIME_STAMP_URL = ""
    close = closed(world)
    assert "tenders.tasks.stamp_close" not in waiting()
    assert not stamp_close(close.pk)


def test_a_close_is_stamped_once_and_everybody_sees_it(world, configured):
    close = closed(world)
    assert "tenders.tasks.stamp_close" in waiting()
    assert stamp_close(close.pk)
    assert stamp_close(close.pk)
    assert configured.asked == 1
    stamp = TimeStamp.objects.get()
    assert (stamp.close, stamp.stamped_at) == (close, STAMPED)
    event = Event.objects.get(verb="tender.stamped")
    assert (event.subject, event.audience) == (close.tender.reference, Event.Audience.PUBLIC)


@pytest.mark.parametrize("lies", ["imprint", "absent"])
def test_an_authority_that_lies_or_is_away_delays_no_close_and_is_asked_again(world, configured, lies):
    configured.lies = lies
    close = closed(world)
    message = OutboxMessage.objects.get(task="tenders.tasks.stamp_close")
    deliver(message.pk)
    message.refresh_from_db()
    assert (message.delivered_at, message.attempts, message.last_error) == (None, 1, "StampError")
    assert message.due_at > timezone.now()
    configured.lies = ""
    deliver(message.pk)
    assert TimeStamp.objects.get().close == close


def test_after_a_month_it_is_asked_no_more(world, configured, monkeypatch):
    close = closed(world)
    monkeypatch.setattr("tenders.tasks.STAMP_WITHIN", STAMP_WITHIN)
    assert not stamp_close(close.pk)
    assert configured.asked == 0


def test_a_stamp_stays_as_it_came(world, configured):
    stamp_close(closed(world).pk)
    for change in (lambda: TimeStamp.objects.update(token=b"another"), TimeStamp.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            by_hand(change)


def checked(record: dict, certificate: bytes) -> tuple[str, str]:
    found = {finding.point: finding for finding in check(Material(record, certificate=certificate))}
    return found["stamp"].answer.value, found["stamp"].why


def test_anybody_checks_the_stamp_with_the_certificate_and_the_record(world, configured):
    close = closed(world)
    stamp_close(close.pk)
    record = record_of(Stage(world, close.tender.window, close.tender, world.officer, []))
    assert checked(record, configured.certificate) == ("holds", "")
    assert checked(record, b"") == ("not asked for", "no_certificate")
    assert checked(record, Authority().certificate) == ("does not hold", "other_stamp")
    lied = base64.b64encode(configured.token(bytes(32), 1)).decode()
    assert checked(record | {"stamp": lied}, configured.certificate) == ("does not hold", "other_stamp")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl")
def test_openssl_says_the_same(configured, tmp_path):
    stamp = ask_for_stamp(DATA, configured.url)
    (tmp_path / "token.der").write_bytes(stamp.token)
    (tmp_path / "authority.pem").write_bytes(configured.certificate)
    digest = hashlib.sha256(DATA).hexdigest()
    for asked, code in ((digest, 0), ("0" * 64, 1)):
        command = ["openssl", "ts", "-verify", "-token_in", "-in", "token.der", "-digest", asked]
        found = subprocess.run([*command, "-CAfile", "authority.pem"], cwd=tmp_path, capture_output=True, check=False)
        assert found.returncode == code
