"""What attackers put where something else is expected, by families."""

from collections.abc import Mapping
from typing import Any

TEXTS: dict[str, tuple[str, ...]] = {
    "control characters": (
        *("a\0b", "\0", "\x1b[31m", "\x7f", "a\r\nSet-Cookie: a=b", "\u202egnp.exe", "\ufeff", "\u0085"),
    ),
    "overlong": ("x" * 5000, "長" * 3000, "9" * 4000, " " * 4000, "😀" * 2000, "a," * 2000),
    "numbers": (
        *("NaN", "-Infinity", "1e999", "-1", "0x10", "٣", "１２", "1_000", "9" * 400, "1.0000000000000000001", "0"),
    ),
    "days": (
        *("2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "0001-01-01", "2026-03-02T25:00", "2026-13", "-"),
    ),
    "SQL": (
        *("' OR 1=1--", "1;DROP TABLE core_event", "%", "_%\\"),
        "') UNION SELECT secret_hash FROM accounts_seattoken--",
    ),
    "HTML": ('"><svg onload=alert(7731)>', "<script>alert(7731)</script>", "javascript:alert(7731)", "' onx='7731"),
    "templates": ("{{7731*7}}", "{% debug %}", "${7731*7}", "%(password)s %s %n", "{0.__class__}", "<%= 7731*7 %>"),
    "paths": (
        *(
            "../../../../etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "..\\..\\x",
            "file:///etc/passwd",
            "//evil.example/",
            ".",
        ),
    ),
    "patterns": ("(a+)+$", "[", "\\", "*", "!", "a&b|c:*", "'", "«»", "-" * 50, "()" * 50),
    "other alphabets": ("ﬀİıſ", "\U0010ffff", "e\u0301" * 200, "👩‍👩‍👧‍👦", "ß" * 100, "\u2028", "ｏ－２０２６"),
}
VALUES: tuple[Any, ...] = (
    *(None, True, [], {}, [[]], [None], {"a": {}}, {"id": 1}, ["x"] * 600, ""),
    *(10**400, -(10**30), 1e308, 1.5, 0, -1, 2**31, 2**63),
)
_JSON = (
    *(b"", b"null", b"[]", b'"x"', b"7", b"{", b"{]", b"NaN", b'{"a": NaN}', b'{"a": 1e400}', b"\xff\xfe{"),
    *(b'{"a": "\xc3("}', "{}".encode("utf-16"), b"\xef\xbb\xbf{}", b'{"\\ud800": 1}', b'{"a": "\\ud800"}'),
    *(b"1" * 5000, b'{"__proto__": {}}'),
)
_DEEP = (b"[" * 20 + b"]" * 20, b"[" * 90_000, b'{"a":' * 17 + b"1" + b"}" * 17, b'{"rows":' + b"[" * 999)
BODIES: dict[str, tuple[tuple[bytes, str], ...]] = {
    "broken bodies": tuple((body, "application/json") for body in _JSON),
    "deep bodies": tuple((body, "application/json") for body in _DEEP),
    "content types": (
        (b"{}", "text/plain"),
        (b"{}", ""),
        (b"{}", "application/json; charset=utf-7"),
        (b"{}", "application/json; charset=nonsense"),
        (b"{}", "a" * 300),
        (b"{}", "/"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "application/xml"),
        (b"a=1", "multipart/form-data"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"a=%00&b=%ff", "application/x-www-form-urlencoded"),
        (b"\x80\x04.", "application/x-python-pickle"),
    ),
}
HEADERS: tuple[Mapping[str, str], ...] = (
    {"Accept": "text/html"},
    {"Accept": "*/*;q=x"},
    {"Accept": "a" * 5000},
    {"Accept-Language": "zh-" * 900},
    {"Accept-Language": "../x"},
    {"If-None-Match": '"'},
    {"If-Modified-Since": "yesterday"},
    {"Range": "bytes=0-1,5-"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Forwarded-For": "' OR 1=1, \xff"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Request-ID": "\xff{{7*7}}"},
    {"HX-Request": "x"},
    {"Idempotency-Key": "\xff" * 20},
    {"Idempotency-Key": "x" * 9000},
    {"Referer": "javascript:alert(1)"},
    {"Origin": "null"},
    {"Cookie": "sessionid=\xff; a"},
    {"Authorization": "Token \xff\xfe"},
    {"Authorization": "Token"},
    {"Authorization": "Basic x"},
)
METHODS = ("DELETE", "PATCH", "PUT", "OPTIONS", "TRACE", "HEAD", "PROPFIND", "GET", "POST", "x")
CURSORS = ("x", "gAAAAABn", "=" * 200, "null", "gAAAA" + "B" * 95, "../", "1")
REFUSED = ("duplicate keys", "unknown parameters", "cursors")  # whatever else is right about the request
FILES = (("../../x.csv", b"\xff\xfe\0"), ("a\\0.xlsx", b"PK\x03\x04junk"), ("x" * 300, b"=cmd|' /C'!A0\n"))
QUERIES = (
    *("updated_since=2026-01-01", "id=1&pk=1", "format=api", "__class__=x", "contract__id__gt=0", "order_by=-id"),
)
BROKEN = ("%ff", "%c3%28", "%ed%a0%80", "%f8%88%80%80%80", "%c0%ae", "%")
