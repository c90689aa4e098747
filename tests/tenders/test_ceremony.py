"""What an opener's program refuses to unlock, whatever the platform asks; the browser's twin refuses the same."""

import copy
from datetime import timedelta

import pytest

from sealing import ceremony, tree
from sealing.canonical import canonical_json, format_time, read_canonical
from sealing.ceremony import check_package, sign_minutes
from sealing.documents import document_hash
from sealing.envelope import parse
from sealing.errors import CeremonyError, DeskError, FormatError
from sealing.primitives import sha256
from tenders.presentation.package import _proofs, opener_package
from tenders.signing import sign
from tests.tenders.bids import HOUR, ask, bids_in, clock_at, release, technical_result
from tests.tenders.stage import DEADLINE, published_tender

LATER = DEADLINE + HOUR
FINAL = LATER + HOUR


@pytest.fixture
def stage(world):
    stage = published_tender(world, lots=("20.00",))
    stage.bids = bids_in(stage, "13.50", "12.90", "11.00")
    ask(stage)
    return stage


def package_of(stage, place=1):
    return opener_package(stage.tender.openers.select_related("tender").get(place=place))


def check(stage, package, *, place=1, root=None, now=LATER):
    keys = stage.holders[place - 1].pair
    return check_package(package, keys, root=stage.tender.close.root if root is None else root, now=now)


def body_of(text):
    return read_canonical(text.partition("\n")[0].encode())


def again(text, **changes):
    """A document of the platform with some fields changed, signed anew: what a crooked platform can do."""
    return sign(body_of(text) | changes).decode()


def test_an_opener_is_given_its_own_seals_of_listed_envelopes_and_nothing_else(stage):
    package = package_of(stage)
    (asked,) = check(stage, package)
    assert [entry.bid for entry in asked.entries] == sorted(bid.reference for bid in stage.bids)
    written = canonical_json(package)
    for bid in stage.bids:
        version = bid.versions.get()
        assert bytes(version.technical)[-4096:].hex().encode() not in written
        assert version.commercial_sha256 in written.decode()  # in the receipt, as everybody's
        assert bytes(version.commercial)[200:400].hex().encode() not in written
    for other in package_of(stage, 2)["requests"][0]["entries"]:
        assert other["seal"].encode() not in written


def test_before_the_request_a_package_is_empty(world):
    stage = published_tender(world, lots=("20.00",))
    bids_in(stage, "13.50")
    package = package_of(stage)
    assert (package["requests"], package["close"], package["names"]) == ([], "", {})


def test_the_root_is_typed_with_twenty_digits_at_least_and_blanks_do_not_matter(stage):
    root = stage.tender.close.root
    for typed in (root, root[:20].upper(), f" {root[:4]} {root[4:30]}\n"):
        check(stage, package_of(stage), root=typed)


def slips(stage):
    """What is no attack: what the opener types, of which place or tender the key is, how late the machine thinks it is;
    each with its name."""
    root, package = stage.tender.close.root, package_of(stage)
    other = "0" if root[19] != "0" else "1"
    yield "root_missing", package, {"root": " "}
    yield "root_short", package, {"root": root[:19]}
    yield "root_short", package, {"root": root[:19] + "g"}
    yield "root_short", package, {"root": root + "0"}
    yield "root_other", package, {"root": root[:19] + other}
    yield "key_place", package, {"place": 2}
    yield "key_place", package | {"place": 2}, {}
    yield "key_place", package_of(stage, 3), {}


def test_what_is_no_attack_is_named_and_unlocks_nothing(stage):
    for where, package, known in slips(stage):
        with pytest.raises(DeskError) as slip:
            check(stage, package, **known)
        assert slip.value.where == where
    with pytest.raises(DeskError) as slip:
        check(stage, package_of(stage, 3))
    assert slip.value.opener == 1


def test_the_key_of_another_tender_is_named(stage, world):
    other = published_tender(world, lots=("20.00",))
    with pytest.raises(DeskError) as slip:
        check_package(package_of(stage), other.holders[0].pair, root=stage.tender.close.root, now=LATER)
    assert slip.value.where == "key_tender"


def crooked_packages(package):
    """Each way in which the platform may try to have something else unlocked, with the part that gives it away."""

    def changed(where, change):
        crooked = copy.deepcopy(package)
        change(crooked)
        return where, crooked

    request = package["requests"][0]
    body = body_of(request["document"])
    one_less = body["list"][1:]
    other_com = [body["list"][0] | {"com": "0" * 64}, *body["list"][1:]]
    other_version = [body["list"][0] | {"version": 2}, *body["list"][1:]]
    close = body_of(package["close"])
    notice = body_of(package["notice"])

    def set_request(**fields):
        return lambda crooked: crooked["requests"][0].update(document=again(request["document"], **fields))

    def set_entry(**fields):
        return lambda crooked: crooked["requests"][0]["entries"][0].update(fields)

    entries = request["entries"]
    yield changed("requests[0]", set_request(list=one_less))
    yield changed("requests[0]", set_request(close="0" * 64))
    yield changed("requests[0]", set_request(tender="T-1999-0001"))
    yield changed("requests[0].entries[0]", set_request(list=other_com))
    yield changed("requests[0].entries[0]", set_request(list=other_version))
    yield changed("requests[0].entries[0]", set_request(lot="L-02"))
    yield changed("requests[0].entries[0]", set_entry(**entries[1]))
    yield changed("requests[0].entries[0]", set_entry(index=entries[1]["index"]))
    yield changed("requests[0].entries[0]", set_entry(count=entries[0]["count"] + 1))
    yield changed("requests[0].entries[0]", set_entry(path=entries[1]["path"]))
    yield changed("requests[0].entries[0]", set_entry(header=entries[1]["header"], seal=entries[1]["seal"]))
    yield changed("requests[0].entries[0]", set_entry(receipt=again(entries[0]["receipt"], version=7)))
    yield changed("requests[0]", lambda crooked: crooked["requests"][0].update(document=body_text(body)))
    yield changed("requests", lambda crooked: crooked["requests"].append(copy.deepcopy(request)))
    yield changed("close", lambda crooked: crooked.update(close=again(package["close"], closed_at=before(close))))
    yield changed("close", lambda crooked: crooked.update(close=package["notice"]))
    yield changed("notice", lambda crooked: crooked.update(notice=again(package["notice"], openers=[])))
    yield changed("notice", lambda crooked: crooked.update(notice=again(package["notice"], fingerprint="0" * 64)))
    swapped = [notice["openers"][0], {**notice["openers"][1], "key": notice["openers"][2]["key"]}]
    yield changed(
        "notice",
        lambda crooked: crooked.update(notice=again(package["notice"], openers=[*swapped, *notice["openers"][2:]])),
    )


def body_text(body):
    return canonical_json(body).decode() + "\n"


def before(close):
    return close["deadline"].replace("20", "19", 1)


def test_nothing_is_unlocked_for_a_crooked_request(stage):
    found = list(crooked_packages(package_of(stage)))
    assert len(found) == 19
    for where, crooked in found:
        with pytest.raises(CeremonyError) as refusal:
            check(stage, crooked)
        assert refusal.value.where == where


def test_a_package_that_is_none_is_refused_before_anything_is_read(stage):
    for wrong in ({}, [], package_of(stage) | {"format": "opener-package/1"}, package_of(stage) | {"more": 1}):
        with pytest.raises(FormatError):
            check(stage, wrong)


def test_a_request_is_answered_once(stage):
    asked_before = package_of(stage)["requests"]
    release(stage, (1,))
    package = package_of(stage)
    assert (package["requests"], len(package["releases"])) == ([], 1)
    with pytest.raises(CeremonyError, match="answered"):
        check(stage, package | {"requests": asked_before})


class TestPrices:
    @pytest.fixture
    def package(self, stage):
        release(stage, (1, 2, 3))
        good, fair, cheap = stage.bids
        technical_result(stage.lots[0], passed=[good, fair], failed=[cheap], by=stage.officer, final_at=FINAL)
        with clock_at(FINAL):
            ask(stage, "commercial", at=FINAL)
        return package_of(stage)

    def test_exactly_the_bids_that_passed_are_asked_for(self, stage, package):
        (asked,) = check(stage, package, now=FINAL)
        assert [entry.bid for entry in asked.entries] == sorted(bid.reference for bid in stage.bids[:2])

    def test_a_price_of_a_bid_that_failed_is_never_unlocked(self, stage, package):
        """Neither by a longer list, nor by a result that was changed, nor before the result is final."""
        (asked,) = package["requests"]
        body = body_of(asked["document"])
        failed = stage.bids[2]
        version = failed.versions.get()
        listed = {
            "bid": failed.reference,
            "com": version.commercial_com,
            "leaf": "0" * 64,
            "sha256": version.commercial_sha256,
            "supplier": failed.supplier.credit_code,
            "version": 1,
        }
        longer = sorted([*body["list"], listed], key=lambda entry: entry["bid"])
        bids = [entry["bid"] for entry in longer]
        (result,) = package["results"]

        def asking(result, **fields):
            return again(asked["document"], result=document_hash(result.encode()), **fields)

        changed_result = again(result, passed=bids, failed=[])
        late_result = again(result, final_at="2099-01-01T00:00:00.000000Z")
        other_lot = again(result, lot="L-02")
        crooked = {
            "longer list": (again(asked["document"], list=longer), result),
            "changed result": (asked["document"], changed_result),
            "both, without a receipt of it": (asking(changed_result, list=longer), changed_result),
            "result of another lot": (asking(other_lot), other_lot),
            "not final": (asking(late_result), late_result),
            "second quotes": (again(asked["document"], envelope="second-commercial"), result),
        }
        for document, given in crooked.values():
            changed = {"requests": [asked | {"document": document}], "results": [given]}
            with pytest.raises(CeremonyError):
                check(stage, package | changed, now=FINAL)
        with pytest.raises(CeremonyError):
            check(stage, package | {"results": []}, now=FINAL)

    def test_a_result_that_was_judged_again_opens_nothing(self, stage, package):
        (result,) = package["results"]
        later = again(result, round=2, previous=document_hash(result.encode()))
        with pytest.raises(CeremonyError, match="no longer stands"):
            check(stage, package | {"results": [result, later]}, now=FINAL)

    def test_an_opener_waits_by_its_own_clock_too(self, stage, package):
        with pytest.raises(DeskError) as slip:
            check(stage, package, now=FINAL - timedelta(seconds=1))
        assert slip.value.where == "clock"

    def test_a_request_that_was_signed_before_its_hour_is_no_slow_clock(self, stage, package):
        (asked,) = package["requests"]
        early = again(asked["document"], issued_at=format_time(FINAL - timedelta(seconds=1)))
        for now in (FINAL - timedelta(seconds=1), FINAL):
            with pytest.raises(CeremonyError, match="before its hour"):
                check(stage, package | {"requests": [asked | {"document": early}]}, now=now)


class TestFurtherRequests:
    """A second list for the same envelopes, after a later round: it continues the first, or nothing is unlocked."""

    @pytest.fixture
    def package(self, stage):
        release(stage, (1, 2, 3))
        good, fair, cheap = stage.bids
        technical_result(stage.lots[0], passed=[good, fair], failed=[cheap], by=stage.officer, final_at=FINAL)
        with clock_at(FINAL):
            ask(stage, "commercial", at=FINAL)
        self.bids = sorted(bid.reference for bid in stage.bids)
        return package_of(stage)

    def further(self, stage, package, *, answered=True, **changes):
        """The package of a second round that lets the third bid pass too, after the first list was answered."""
        (asked,), (result,) = package["requests"], package["results"]
        first = body_of(asked["document"])
        second_result = again(result, passed=self.bids, failed=[], round=2, previous=document_hash(result.encode()))
        cheap = stage.bids[2].versions.get()
        entry = {
            "bid": stage.bids[2].reference,
            "com": cheap.commercial_com,
            "leaf": tree.leaf(cheap.receipt.body),
            "sha256": cheap.commercial_sha256,
            "supplier": stage.bids[2].supplier.credit_code,
            "version": 1,
        }
        fields = {
            "number": 2,
            "previous": document_hash(asked["document"].encode()),
            "result": document_hash(second_result.encode()),
            "list": sorted([*first["list"], entry], key=lambda one: one["bid"]),
        }
        document = again(asked["document"], **fields | changes)
        released = [ceremony.release(one, stage.holders[0].pair, at=FINAL) for one in check(stage, package, now=FINAL)]
        return package | {
            "requests": [{"document": document, "entries": self.entries(stage, body_of(document))}],
            "results": [result, second_result],
            "earlier": [*package["earlier"], asked["document"]],
            "releases": [*package["releases"], *([one.document.decode() for one in released] if answered else [])],
        }

    def entries(self, stage, body):
        proofs = _proofs(stage.tender)
        versions = {bid.reference: bid.versions.get() for bid in stage.bids}
        parsed = {name: parse(bytes(version.commercial)) for name, version in versions.items()}
        return [
            proofs[tree.leaf(versions[one["bid"]].receipt.body)]
            | {"header": parsed[one["bid"]].header_bytes.decode(), "seal": parsed[one["bid"]].seals[0].hex()}
            for one in body["list"]
        ]

    @pytest.mark.parametrize("answered", [True, False])
    def test_one_that_continues_the_first_is_shown_with_what_is_new(self, stage, package, answered):
        """Whether or not this opener was present at the first."""
        (asked,) = check(stage, self.further(stage, package, answered=answered), now=FINAL)
        assert [entry.bid for entry in asked.entries] == self.bids
        assert asked.before == {bid.reference for bid in stage.bids[:2]}

    def test_one_that_does_not_is_refused(self, stage, package):
        first = body_of(package["requests"][0]["document"])
        technical = document_hash(package["earlier"][0].encode())
        crooked = {
            "without what was listed before": {"list": first["list"][1:]},
            "another file of a listed bid": {"list": [first["list"][0] | {"com": "0" * 64}, *first["list"][1:]]},
            "a gap": {"number": 3},
            "of the technical envelopes": {"previous": technical},
            "of nothing that was shown": {"previous": "0" * 64},
            "the first once more": {"number": 1, "previous": "", "list": first["list"], "result": first["result"]},
            "under the same result": {"result": first["result"]},
        }
        for change in crooked.values():
            with pytest.raises(CeremonyError):
                check(stage, self.further(stage, package, **change), now=FINAL)

    def test_a_result_that_does_not_follow_from_the_first_is_refused(self, stage, package):
        given = self.further(stage, package)
        stray = again(given["results"][1], previous="0" * 64)
        document = again(given["requests"][0]["document"], result=document_hash(stray.encode()))
        given["requests"][0]["document"] = document
        with pytest.raises(CeremonyError, match="continue"):
            check(stage, given | {"results": [given["results"][0], stray]}, now=FINAL)

    def test_a_request_that_was_answered_cannot_be_hidden(self, stage, package):
        given = self.further(stage, package)
        hidden = given | {"earlier": [one for one in given["earlier"] if "commercial" not in one]}
        with pytest.raises(CeremonyError):
            check(stage, hidden, now=FINAL)


def test_an_envelope_that_the_platform_lost_stops_no_other(stage):
    package = package_of(stage)
    package["requests"][0]["entries"][1].update(header="", seal="")
    (asked,) = check(stage, package)
    answer = ceremony.release(asked, stage.holders[0].pair, at=LATER)
    assert [len(share) for share in answer.shares] == [32, 0, 32]


def test_minutes_that_leave_out_a_release_are_not_signed(stage):
    release(stage, (1, 2, 3))
    package = package_of(stage)
    (minutes,) = package["minutes"]
    body = read_canonical(minutes.encode())
    own = sha256(bytes(stage.holders[0].opener.releases.get().document).partition(b"\n")[0])
    assert own in body["releases"]
    assert len(sign_minutes(package, stage.holders[0].pair)) == 1
    crooked = {
        "a release": body | {"releases": [one for one in body["releases"] if one != own]},
        "notice": body | {"notice": "0" * 64},
        "close": body | {"close": "0" * 64},
    }
    for changed in crooked.values():
        with pytest.raises(CeremonyError):
            sign_minutes(package | {"minutes": [canonical_json(changed).decode()]}, stage.holders[0].pair)
