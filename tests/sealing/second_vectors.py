"""Makes the test vectors of the second formats, `data/sealed_bid_2.json`, from the description alone.

Nothing of `sealing` is used here: elliptic curves, AES and HMAC are those of `cryptography` and the standard library,
everything else is written down once more. Run it anew only if a format changes, which none of these does any more:

    python -m tests.sealing.second_vectors
"""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

DATA = Path(__file__).parent / "data"
FIRST = json.loads((DATA / "sealed_bid_1.json").read_text(encoding="utf-8"))
OPENERS = [opener["public"] for opener in FIRST["openers"]]
TENDER = {"tender": "T-2026-0014", "lot": "L-01"}
SUPPLIER, OTHER = "91330000MA27XXXX5K", "91440000MA5XXXXX0P"
BID = {"bid": "B-5Q7XK2", "supplier": SUPPLIER, "version": 1}
SUITE = b"sealed-bid/1"


# --- Bytes ---


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def secret(name: str) -> bytes:
    """A value that is random anywhere else."""
    return digest(b"second vectors: " + name.encode())


def hkdf_extract(salt: bytes, material: bytes) -> bytes:
    return hmac.new(salt or bytes(32), material, hashlib.sha256).digest()


def hkdf_expand(key: bytes, info: bytes, length: int = 32) -> bytes:
    found, block = b"", b""
    while len(found) < length:
        block = hmac.new(key, block + info + bytes([len(found) // 32 + 1]), hashlib.sha256).digest()
        found += block
    return found[:length]


def label(name: str) -> bytes:
    return SUITE + b" " + name.encode() + b"\0"


def times(left: int, right: int) -> int:
    """In GF(2^8) with the polynomial 0x11b, by schoolbook multiplication."""
    product = 0
    for bit in range(8):
        if right >> bit & 1:
            product ^= left << bit
    for bit in range(14, 7, -1):
        if product >> bit & 1:
            product ^= 0x11B << (bit - 8)
    return product


# --- HPKE, RFC 9180, base mode ---


def hpke_seal(plain: bytes, public: bytes, info: bytes, scalar: bytes) -> bytes:
    private = ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1())
    receiver = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    enc = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    kem, suite = b"KEM\x00\x10", b"HPKE\x00\x10\x00\x01\x00\x02"

    def extract(suite_id: bytes, salt: bytes, name: bytes, material: bytes) -> bytes:
        return hkdf_extract(salt, b"HPKE-v1" + suite_id + name + material)

    def expand(suite_id: bytes, key: bytes, name: bytes, context: bytes, length: int) -> bytes:
        return hkdf_expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite_id + name + context, length)

    shared = expand(
        kem,
        extract(kem, b"", b"eae_prk", private.exchange(ec.ECDH(), receiver)),
        b"shared_secret",
        enc + public,
        32,
    )
    context = b"\0" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    scheduled = extract(suite, shared, b"secret", b"")
    key = expand(suite, scheduled, b"key", context, 32)
    nonce = expand(suite, scheduled, b"base_nonce", context, 12)
    return enc + AESGCM(key).encrypt(nonce, plain, b"")


# --- Sealing ---


def seal(name: str, header: dict[str, Any], payload: bytes, magic: bytes) -> dict[str, Any]:
    """The one file that header, payload, seed and ephemeral keys determine."""
    seed = secret(f"{name} seed")
    scalars = [secret(f"{name} ephemeral {place}") for place in range(len(header["openers"]))]
    prk = hkdf_extract(SUITE, seed)
    com = digest(label("com"), hkdf_expand(prk, label("r")), digest(canonical(header)), payload)
    full = canonical(header | {"com": com.hex()})
    coefficients = [hkdf_expand(prk, label("coef") + bytes([j])) for j in range(1, header["k"])]
    seals = []
    for place, (public, scalar) in enumerate(zip(header["openers"], scalars, strict=True), start=1):
        share, power = bytearray(seed), 1
        for coefficient in coefficients:
            power = times(power, place)
            for at, byte in enumerate(coefficient):
                share[at] ^= times(byte, power)
        info = label("share") + digest(full) + bytes([place])
        seals.append(hpke_seal(bytes(share), bytes.fromhex(public), info, scalar))
    head = magic + len(full).to_bytes(4, "big") + full + b"".join(seals)
    plain = len(payload).to_bytes(4, "big") + b"".join(scalars) + payload
    body = AESGCM(hkdf_expand(prk, label("key") + digest(head))).encrypt(
        bytes(12), plain + bytes(header["pad"] - len(plain)), b""
    )
    return {
        "payload": payload.decode(),
        "seed": seed.hex(),
        "ephemerals": [scalar.hex() for scalar in scalars],
        "com": com.hex(),
        "header": full.decode(),
        "file": (head + body).hex(),
        "file_sha256": digest(head + body).hex(),
    }


def bid(envelope: str, payload: dict[str, Any], name: str) -> dict[str, Any]:
    header = {
        **TENDER,
        **BID,
        "blobs": [],
        "envelope": envelope,
        "format": "sealed-bid/1",
        "k": 3,
        "openers": OPENERS,
        "pad": 4096,
        "terms": "5" * 64,
    }
    return {"name": name, **seal(name, header, canonical(payload), bytes.fromhex("53424944310d0a1a"))}


def reserve(payload: dict[str, Any]) -> dict[str, Any]:
    header = {
        "format": "sealed-reserve/1",
        "k": 3,
        "negotiation": "N-2026-0007",
        "openers": OPENERS,
        "pad": 4096,
        "terms": "6" * 64,
        "version": 1,
    }
    return seal("reserve", header, canonical(payload), bytes.fromhex("53525356310d0a1a"))


# --- What is sealed ---


def commercial(**changes: Any) -> dict[str, Any]:
    offer = {
        "currency": "CNY",
        "further": [],
        "kind": "product",
        "parts": [part("113.680000", "PD-3", pack="7")],
        "price": "113.680000",
        "registration": None,
        "service_fee": None,
    }
    return {"attachments": [], "format": "sealed-bid-commercial/2", "offer": offer | changes}


def part(price: str, *products: str, quantity: str = "1", pack: str = "1") -> dict[str, Any]:
    return {"pack": pack, "price": price, "products": list(products), "quantity": quantity}


def technical(**changes: Any) -> dict[str, Any]:
    members = [{"share": "60.00", "supplier": SUPPLIER}, {"share": "40.00", "supplier": OTHER}]
    body = {
        "answers": [{"criterion": "C-01", "value": "国械注准20203130001"}],
        "attachments": [],
        "consortium": {"leader": SUPPLIER, "members": members},
        "format": "sealed-bid-technical/2",
    }
    return body | changes


JOINT = [
    part("1800.000000", "PD-20", "PD-21"),
    part("650.000000", "PD-30"),
    part("0.333333", "PD-40", quantity="3"),
    part("999.500001", "PD-50"),
]
MODELS = ["PD-10", "PD-11", "PD-12"]
STENT = {
    "kind": "registration",
    "parts": [part("645.000000", *MODELS)],
    "price": "645.000000",
    "registration": "国械注准20203130001",
    "service_fee": "50.000000",
}
SYSTEM = {"kind": "system", "parts": JOINT, "price": "3450.500000"}
FURTHER = {"further": [{"pack": "14", "price": "193.256000", "product": "PD-4"}]}
RESERVE = {"currency": "CNY", "prices": [{"pack": "30", "price": "2850.000000", "product": "PD-60"}]}


def consortium(*shares: tuple[str, str], leader: str = SUPPLIER) -> dict[str, Any]:
    return {"leader": leader, "members": [{"share": share, "supplier": supplier} for supplier, share in shares]}


# What nobody can read as a payload: envelope, content, and the part that gives it away.
REFUSED = [
    ("commercial", commercial(**SYSTEM, service_fee="1.5"), "offer.service_fee"),
    ("commercial", commercial(**SYSTEM | {"price": "3450.500001"}), "offer.price"),
    ("commercial", commercial(**SYSTEM | {"price": "3450.499999"}), "offer.price"),
    ("commercial", commercial(**SYSTEM | {"parts": JOINT[:1], "price": "1800.000000"}), "offer.parts"),
    ("commercial", commercial(**SYSTEM | {"parts": [], "price": "0.000000"}), "offer.parts"),
    ("commercial", commercial(**SYSTEM, registration="国械注准20203130001"), "offer.registration"),
    ("commercial", commercial(**SYSTEM | {"kind": "set"}), "offer.kind"),
    ("commercial", commercial(**SYSTEM | {"parts": [part("3450.500000", quantity="1")]}), "offer.parts"),
    ("commercial", commercial(**STENT | {"registration": None}), "offer.registration"),
    ("commercial", commercial(**STENT | {"registration": ""}), "offer.registration"),
    ("commercial", commercial(**STENT | {"parts": [part("645.000000", *MODELS, quantity="2")]}), "offer.parts"),
    ("commercial", commercial(**STENT | {"parts": [part("645.000000", "PD-11", "PD-10")]}), "offer.parts[0].products"),
    ("commercial", commercial(**STENT | {"parts": [part("645.000000", "PD-10", "PD-10")]}), "offer.parts[0].products"),
    ("commercial", commercial(parts=[part("113.680000", "PD-3", "PD-4", pack="7")]), "offer.parts"),
    ("commercial", commercial(parts=[part("113.680000", "PD-3", pack="07")]), "offer.parts[0].pack"),
    ("commercial", commercial(further=[{"pack": "7", "price": "1.000000", "product": "PD-3"}]), "offer.parts"),
    ("commercial", commercial() | {"format": "sealed-bid-commercial/3"}, "format"),
    ("commercial", {"attachments": [], "offer": commercial()["offer"]}, "offer"),
    ("commercial", technical(), ""),
    ("technical", technical(consortium=consortium((SUPPLIER, "100.00"))), "consortium.members[0].share"),
    ("technical", technical(consortium=consortium((SUPPLIER, "99.99"))), "consortium.members"),
    ("technical", technical(consortium=consortium((SUPPLIER, "60.00"), (OTHER, "39.99"))), "consortium.members"),
    ("technical", technical(consortium=consortium((OTHER, "40.00"), (SUPPLIER, "60.00"))), "consortium.members"),
    (
        "technical",
        technical(consortium=consortium((SUPPLIER, "60.00"), (OTHER, "40.00"), leader="X")),
        "consortium.members",
    ),
    (
        "technical",
        technical(consortium=consortium((SUPPLIER, "60.00"), (OTHER, "40.00"), leader=OTHER)),
        "consortium.leader",
    ),
]


# --- Documents ---


def signed(body: dict[str, Any]) -> str:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(FIRST["server"]["private"]))
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"{canonical(body).decode()}\n{digest(public).hex()[:16]}:{key.sign(canonical(body)).hex()}\n"


def hash_of(document: str) -> str:
    return digest(document.partition("\n")[0].encode()).hex()


def report() -> dict[str, Any]:
    """Two criteria of 60 and 40 points, three members, a mark of 60: one passes, one does not, one is left out."""

    def judged(bid: str, outcome: str, given: list[tuple[str, str]], **found: Any) -> dict[str, Any]:
        sheets = [
            {
                "member": member,
                "comment": "资料齐全" if member == 1 else "",
                "points": [{"criterion": "C-02", "points": one}, {"criterion": "C-03", "points": other}],
            }
            for member, (one, other) in enumerate(given, start=1)
        ]
        return {"bid": bid, "outcome": outcome, "formal": "", "answers": [], "sheets": sheets} | found

    return {
        "format": "evaluation-report/1",
        **TENDER,
        "close": "c" * 64,
        "round": 2,
        "members": [{"member": member, "assertion": "" if member == 2 else "ab" * 32} for member in (1, 2, 3)],
        "mark": "60",
        "table": {"reached": 1, "going_on": 1, "cut": None},
        "bids": [
            judged(
                "B-5Q7XK2",
                "qualified",
                [("50.00", "30.00"), ("55.00", "31.50"), ("55.00", "30.00")],
                place=1,
                score="83.83",
                means=[{"criterion": "C-02", "mean": "53.33"}, {"criterion": "C-03", "mean": "30.50"}],
            ),
            judged(
                "B-6AAAAA",
                "not_qualified",
                [("30.00", "20.00")] * 3,
                place=None,
                score="50.00",
                means=[{"criterion": "C-02", "mean": "30.00"}, {"criterion": "C-03", "mean": "20.00"}],
            ),
            judged("B-7BBBBB", "formal", [], place=None, score=None, means=[], formal="licence expired"),
        ],
    }


def sheet(told: dict[str, Any], member: int) -> bytes:
    own = [
        {"bid": bid["bid"], "comment": one["comment"], "points": one["points"]}
        for bid in told["bids"]
        for one in bid["sheets"]
        if one["member"] == member
    ]
    place = {name: told[name] for name in ("tender", "lot", "close", "round")}
    return canonical({"format": "evaluation-sheet/1", **place, "member": member, "bids": own})


def documents() -> dict[str, Any]:
    told = report()
    result = signed(
        {
            "format": "sealed-bid-result/2",
            **TENDER,
            "close": "c" * 64,
            "passed": ["B-5Q7XK2"],
            "failed": ["B-6AAAAA", "B-7BBBBB"],
            "final_at": "2026-11-25T06:00:00.000000Z",
            "report": digest(canonical(told)).hex(),
            "round": 2,
            "previous": "d" * 64,
        }
    )
    asked = {
        "format": "sealed-bid-request/2",
        **TENDER,
        "close": "c" * 64,
        "envelope": "second-commercial",
        "issued_at": "2026-11-26T06:00:00.000000Z",
        "result": hash_of(result),
    }
    entry = {**BID, "com": "1" * 64, "leaf": "2" * 64, "sha256": "3" * 64}
    request = signed(asked | {"number": 1, "previous": "", "list": [entry]})
    further = asked | {"number": 2, "previous": hash_of(request), "list": [entry, entry | {"bid": "B-9CCCCC"}]}
    return {"result": result, "request": request, "further": signed(further)}


def proof() -> dict[str, Any]:
    """One signature for three submissions: the list of their manifests' hashes, whatever order they come in."""
    hashes = [secret(f"manifest {number}").hex() for number in range(3)]
    return {"manifests": hashes, "challenge": digest(canonical(sorted(hashes))).hex()}


def vectors() -> dict[str, Any]:
    told = report()
    revealed = {"seed": "0a" * 32, "sha256": "0b" * 32}
    return {
        "format": "second test vectors of sealed-bid/1",
        "note": "every random value is fixed; openers and server are those of the first vectors",
        "envelopes": [
            bid("technical", technical(), "consortium"),
            bid("commercial", commercial(), "product"),
            bid("commercial", commercial(**STENT), "registration"),
            bid("commercial", commercial(**SYSTEM), "system"),
            bid("commercial", commercial(**FURTHER), "further"),
            bid(
                "second-commercial",
                commercial(price="100.000000", parts=[part("100.000000", "PD-3", pack="7")]),
                "second",
            ),
            bid("reveal-second-commercial", revealed, "reveal"),
        ],
        "reserve": reserve(RESERVE),
        "refused": [
            {"envelope": envelope, "payload": canonical(body).decode(), "where": where}
            for envelope, body, where in REFUSED
        ],
        "report": canonical(told).decode(),
        "sheets": {str(member): digest(sheet(told, member)).hex() for member in (1, 2, 3)},
        **documents(),
        "proof": proof(),
    }


if __name__ == "__main__":
    written = json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n"
    (DATA / "sealed_bid_2.json").write_text(written, encoding="utf-8")
