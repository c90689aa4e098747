"""What an opener's program refuses to unlock, whatever the platform asks; the browser's twin refuses the same."""

import copy
from datetime import timedelta

import pytest

from sealing import ceremony
from sealing.canonical import canonical_json, read_canonical
from sealing.ceremony import check_package, sign_minutes
from sealing.documents import document_hash
from sealing.errors import CeremonyError, FormatError
from sealing.primitives import sha256
from tenders.presentation.package import opener_package
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


def check(stage, package, *, place=1, root="", now=LATER):
    keys = stage.holders[place - 1].pair
    return check_package(package, keys, root=root or stage.tender.close.root, now=now)


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


def test_only_the_first_eight_digits_of_the_root_are_asked_for_and_no_fewer(stage):
    root = stage.tender.close.root
    check(stage, package_of(stage), root=root[:8].upper())
    for wrong in (root[:7], "0" * 64 if root[:8] != "0" * 8 else "1" * 64, root + "0", " "):
        with pytest.raises(CeremonyError) as refusal:
            check(stage, package_of(stage), root=wrong)
        assert refusal.value.where == "root"


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
    yield changed("notice", lambda crooked: crooked.update(place=2))
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
    assert len(found) == 20
    for where, crooked in found:
        with pytest.raises(CeremonyError) as refusal:
            check(stage, crooked)
        assert refusal.value.where == where


def test_a_package_that_is_none_is_refused_before_anything_is_read(stage):
    for wrong in ({}, [], package_of(stage) | {"format": "opener-package/2"}, package_of(stage) | {"more": 1}):
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
        changed_result = again(asked["result"], passed=bids, failed=[])
        new_hash = document_hash(changed_result.encode())
        late_result = again(asked["result"], final_at="2099-01-01T00:00:00.000000Z")
        crooked = {
            "longer list": {"document": again(asked["document"], list=longer)},
            "changed result": {"result": changed_result},
            "both, without a receipt of it": {
                "document": again(asked["document"], list=longer, result=new_hash),
                "result": changed_result,
            },
            "result of another lot": {"result": again(asked["result"], lot="L-02")},
            "not final": {
                "document": again(asked["document"], result=document_hash(late_result.encode())),
                "result": late_result,
            },
            "no result": {"result": ""},
        }
        for change in crooked.values():
            with pytest.raises(CeremonyError):
                check(stage, package | {"requests": [asked | change]}, now=FINAL)

    def test_an_opener_waits_by_its_own_clock_too(self, stage, package):
        with pytest.raises(CeremonyError, match="not final"):
            check(stage, package, now=FINAL - timedelta(seconds=1))


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
