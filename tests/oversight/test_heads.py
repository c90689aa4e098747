"""A signed head every ten minutes, in every place that the settings name, and everybody told where it stops."""

import http.server
import io
import ssl
import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core.models import Link, OutboxMessage, RowRecord
from core.tasks import deliver
from core.trail import link_waiting
from oversight import sending, state, tasks
from oversight.actions import keep_check, sign_head
from oversight.models import TrailCheck, TrailHead
from oversight.rules import HEAD, checked_head, documents_in, due, is_place, late
from oversight.shell import todos
from sealing.errors import SealError
from tenders.signing import server_public
from tests.core.races import at_once
from tests.world import NOW, World

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def places(settings, tmp_path):
    settings.TRAIL_HEADS_TO = [str(tmp_path), str(tmp_path / "more.txt"), "mailto:auditor@example.test"]
    return tmp_path


def body(head):
    return checked_head(bytes(head.document), server_public()).body


def delivered():
    for message in OutboxMessage.objects.filter(delivered_at=None):
        deliver(message.pk)


# --- Signing ----------------------------------------------------------------------------------------------
def test_a_head_says_the_hash_of_the_last_link_and_names_the_head_before(world):
    _ = world.officer
    first = sign_head(now=NOW)
    _ = world.auditor
    second = sign_head(now=NOW + 10 * MINUTE)
    last = Link.objects.order_by("-number")[0]
    assert body(second) == {
        "format": HEAD,
        "installation": server_public(),
        "hash": bytes(last.hash).hex(),
        "prev": first.sha256,
        "signed_at": "2026-03-02T01:10:00.000000Z",
    }
    assert body(first)["prev"] == ""
    assert last.number == second.number == RowRecord.objects.count() - 1  # without its own record


def test_heads_do_not_tell_whether_anything_happened(world):
    """Before a deadline, a chain that grows would tell a rival of a bid."""
    heads = [sign_head(now=NOW + minutes * MINUTE) for minutes in (0, 10)]
    for _many in range(9):
        world.seat(world.agency, "officer")
    heads.append(sign_head(now=NOW + 20 * MINUTE))
    told = [{**body(head), "hash": "", "prev": "", "signed_at": ""} for head in heads]
    assert told[0] == told[1] == told[2]
    assert len({head.hash for head in heads}) == 3
    assert len({len(bytes(head.document)) for head in heads[1:]}) == 1


def test_there_is_one_head_in_ten_minutes():
    assert due(None, NOW)
    assert not due(NOW, NOW + 8 * MINUTE)
    assert due(NOW, NOW + 10 * MINUTE)


@pytest.mark.parametrize("change", [b'"hash":"00"', b'"format":"trail-head/2"', b"f" * 40])
def test_what_this_installation_did_not_sign_is_no_head(world, change):
    _ = world.officer
    document = bytes(sign_head(now=NOW).document)
    with pytest.raises(SealError):
        checked_head(document.replace(document[:40], change), server_public())
    with pytest.raises(SealError):
        checked_head(document, "00" * 32)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_at_once_one_does():
    world = World()
    _ = world.officer
    made = at_once(*[lambda: sign_head(now=NOW)] * 4)
    assert sum(head is not None for head in made) == 1
    assert TrailHead.objects.count() == 1


# --- Sending ----------------------------------------------------------------------------------------------
def test_every_head_goes_to_every_place(world, places):
    _ = world.officer
    heads = [sign_head(now=NOW)]
    world.seat(world.agency, "officer")
    heads.append(sign_head(now=NOW + 10 * MINUTE))
    delivered()
    kept = [bytes(head.document) for head in heads]
    for name in (sending.FILE, "more.txt"):
        with (places / name).open("rb") as lines:
            assert list(documents_in(lines)) == kept
    assert [letter.body.encode() for letter in mail.outbox] == kept
    assert mail.outbox[0].to == ["auditor@example.test"]


class Taker(http.server.BaseHTTPRequestHandler):
    taken: list = []
    answer = 204

    def do_POST(self):
        self.taken.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *args):
        """Quietly."""


@pytest.fixture
def keeper(monkeypatch):
    """Somebody on the web who keeps heads; without a certificate, which is not what is tried here."""
    server = http.server.HTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(sending.http.client, "HTTPSConnection", http.client.HTTPConnection)
    Taker.taken, Taker.answer = [], 204
    yield f"https://127.0.0.1:{server.server_address[1]}/heads?of=us"
    server.shutdown()


def test_a_head_is_posted_as_it_was_signed(keeper):
    sending.send(b"{}\n", keeper)
    assert Taker.taken == [("/heads?of=us", b"{}\n")]


def test_a_head_that_was_not_taken_is_sent_again(world, keeper, settings):
    settings.TRAIL_HEADS_TO, Taker.answer = [keeper], 500
    _ = world.officer
    head = sign_head(now=NOW)
    delivered()
    waiting = OutboxMessage.objects.get(delivered_at=None, task="oversight.tasks.send_head")
    assert (waiting.attempts, waiting.last_error) == (1, "NotTaken")
    Taker.answer = 200
    delivered()
    assert Taker.taken == [("/heads?of=us", bytes(head.document))] * 2
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("/mnt/auditor/heads.txt", True), ("mailto:a@b.example", True), ("https://audit.example/heads?of=us", True),
        ("https://audit.example", True), ("", False), ("heads.txt", False), ("http://audit.example/", False),
        ("mailto:nobody", False), ("https:///heads", False), ("ftp://audit.example/", False),
    ],
)  # fmt: skip
def test_heads_go_to_files_by_mail_and_to_encrypted_addresses_only(text, is_one):
    assert is_place(text) is is_one


def test_an_installation_whose_heads_go_nowhere_does_not_start(settings):
    settings.TRAIL_HEADS_TO = ["/var/heads.txt", "audit.example"]
    with pytest.raises(ImproperlyConfigured, match="TRAIL_HEADS_TO"):
        apps.get_app_config("oversight").ready()


def test_the_web_is_asked_with_a_certificate():
    """The control of the fixture above: what stands in the product checks who answers."""
    assert sending.http.client.HTTPSConnection("localhost")._context.verify_mode == ssl.CERT_REQUIRED


def test_the_tasks_link_sign_and_send(world, places):
    _ = world.officer
    assert tasks.link_trail() == RowRecord.objects.count()
    assert tasks.link_trail() == 0
    assert tasks.sign_head() == 1
    assert tasks.sign_head() == 0
    tasks.send_head(TrailHead.objects.get().pk, str(places))
    assert (places / sending.FILE).read_bytes() == bytes(TrailHead.objects.get().document)


# --- When it stops ------------------------------------------------------------------------------------------
def age(minutes):
    return timezone.now() + minutes * MINUTE


def test_the_trail_is_late_twenty_minutes_after_a_record_without_a_link(world, places, monkeypatch):
    monkeypatch.setattr(state, "_unsigned_since", lambda: None)
    link_waiting()
    assert not state.trail_is_late(age(21))
    _ = world.officer
    assert not state.trail_is_late(age(19))
    assert state.trail_is_late(age(21))


def test_the_trail_is_late_twenty_minutes_after_a_link_without_a_head(world, places):
    _ = world.officer
    link_waiting()
    began = Link.objects.get(number=1).record.recorded_at
    assert not state.trail_is_late(began + 19 * MINUTE)
    assert state.trail_is_late(began + 21 * MINUTE)
    tasks.sign_head()
    delivered()
    assert not state.trail_is_late(age(19))


def test_the_trail_is_late_when_twenty_minutes_bring_no_head(world, places):
    _ = world.officer
    tasks.sign_head()
    delivered()
    link_waiting()
    assert not state.trail_is_late(age(19))
    assert state.trail_is_late(age(21))


def test_the_trail_is_late_twenty_minutes_after_a_head_that_no_place_took(world, settings, tmp_path):
    settings.TRAIL_HEADS_TO = [str(tmp_path / "missing" / "heads.txt")]
    _ = world.officer
    tasks.sign_head()
    delivered()
    assert not state.trail_is_late(age(19))
    assert state.trail_is_late(age(21))


def test_an_auditor_is_told_and_others_are_not(world):
    auditor, officer = world.auditor, world.officer
    link_waiting()
    assert [todo.url for todo in todos(auditor, age(21))] == ["/trail/"]
    assert todos(officer, age(21)) == []
    assert todos(auditor, Link.objects.get(number=1).record.recorded_at) == []


def test_a_monitor_sees_that_the_trail_is_late_and_visitors_are_still_let_in(client, world, places, monkeypatch):
    monkeypatch.setattr("procurement.health.broker_and_worker", lambda now: {"broker": True, "worker": True})
    tasks.sign_head()
    delivered()
    assert client.get("/healthz").json()["trail"] is True
    monkeypatch.setattr("procurement.health.trail_is_late", lambda now: True)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["healthy"], answer.json()["trail"]) == (200, True, False)


def test_late_is_later_than_twenty_minutes():
    assert not late(None, NOW)
    assert not late(NOW, NOW + 20 * MINUTE)
    assert late(NOW, NOW + 20 * MINUTE + timedelta(microseconds=1))


def test_an_auditor_is_told_when_nobody_checks_and_when_a_check_found_faults(world, client, places):
    auditor = world.auditor
    tasks.sign_head()
    began = RowRecord.objects.earliest("pk").recorded_at
    unchecked, faulty = "The trail has not been checked for more than a day", "The last check of the trail found faults"

    def told(at):
        return {str(todo.what) for todo in todos(auditor, at)} & {unchecked, faulty}

    assert told(began + timedelta(hours=25)) == set()
    assert told(began + timedelta(hours=27)) == {unchecked}
    keep_check(looked_at={"links": 7}, faults=1, told=["core_event 1: is gone"], now=began + timedelta(hours=27))
    assert told(began + timedelta(hours=28)) == {faulty}
    assert "core_event 1" not in client.get("/trail/").content.decode()
    client.force_login(auditor.person)
    assert "core_event 1: is gone" in client.get("/trail/").content.decode()
    keep_check(looked_at={"links": 8}, faults=0, told=[], now=began + timedelta(hours=29))
    assert told(began + timedelta(hours=30)) == set()


# --- Pages ------------------------------------------------------------------------------------------------
def test_everybody_reads_the_heads(client, world):
    _ = world.officer
    head = sign_head(now=NOW)
    page = client.get("/trail/").content.decode()
    assert head.hash in page
    assert f">{head.number}<" not in page
    assert server_public() in page
    assert client.get(f"/trail/heads/{head.sha256}/").content == bytes(head.document)
    assert client.get(f"/trail/heads/{'0' * 64}/").status_code == 404
    [told] = client.get("/api/v1/trail/heads/").json()["results"]
    assert told["document"].encode() == bytes(head.document)


def test_the_file_of_all_heads_is_what_the_check_takes(client, world, tmp_path):
    for minutes in (0, 10, 20):
        world.seat(world.agency, "officer")
        sign_head(now=NOW + minutes * MINUTE)
    file = tmp_path / "heads.txt"
    file.write_bytes(b"".join(client.get("/trail/heads.txt").streaming_content))
    call_command("verify_trail", head=[file], stdout=(said := io.StringIO()))
    assert "3 heads from outside" in said.getvalue()
    assert not TrailCheck.objects.exists()


def test_a_check_by_night_takes_the_heads_that_went_to_files_and_is_kept(client, world, places):
    _ = world.officer
    tasks.sign_head()
    delivered()
    call_command("verify_trail", keep=True, stdout=(said := io.StringIO()))
    assert "2 heads from outside" in said.getvalue()
    check = TrailCheck.objects.get()
    assert (check.faults, check.told, check.looked_at["heads"]) == (0, [], 1)
    assert "no fault" in client.get("/trail/").content.decode()


def test_the_command_names_the_fault_and_says_so_with_its_exit_code(world, places, tmp_path):
    _ = world.officer
    link_waiting()
    with connection.connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE accounts_region SET name = 'x' WHERE code = (SELECT min(code) FROM accounts_region) RETURNING code"
        )
        changed = cursor.fetchone()[0]
    with (tmp_path / "said").open("w+") as said:
        with pytest.raises(CommandError, match="1 faults") as raised:
            call_command("verify_trail", stdout=said, no_color=True)
        said.seek(0)
        assert said.readline() == f"accounts_region {changed}: is not as its last record says\n"
    with pytest.raises(CommandError):
        call_command("verify_trail", keep=True, stdout=io.StringIO())
    assert TrailCheck.objects.get().told == [f"accounts_region {changed}: is not as its last record says"]
    assert raised.value.returncode == 1


def test_a_file_of_heads_that_is_missing_is_said(tmp_path):
    with pytest.raises(CommandError) as raised:
        call_command("verify_trail", head=[tmp_path / "missing.txt"], stdout=io.StringIO())
    assert raised.value.returncode == 3
