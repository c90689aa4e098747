"""The browser's sealing module at work in a real browser, and the shapes in which both sides' answers compare."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from playwright.sync_api import Page

from sealing import primitives
from sealing.envelope import SealedEnvelope, seal
from sealing.errors import SealError
from sealing.keys import OpenerKeys
from sealing.opening import Opened
from tests.sealing.kit import COMMERCIAL, NOTICE, OFFER, OPENER_KEYS
from tests.sealing.test_opening import EPHEMERALS, SEED

PREAMBLE = """
    const utf8 = (text) => new TextEncoder().encode(text);
    const text = (data) => new TextDecoder().decode(data);
    const { hex, bytes } = sealing;
    const pairs = (list) => list.map(([scalar, point]) => ({ scalar: bytes(scalar), point: bytes(point) }));
    const shares = (list) => new Map(list.map(([position, share]) => [position, bytes(share)]));
    const told = ({ name, party, where, opener }) => [name, party, where, opener];
    const verdict = (one) => ({
        outcome: one.outcome, wrong: one.wrongOpeners, missing: one.missing, digest: one.digest,
        payload: one.payload && hex(one.payload), seed: one.seed && hex(one.seed), ephemerals: one.ephemerals.map(hex),
    });
    const fault = async (act) => {
        try { await act(); } catch (error) {
            if (!(error instanceof sealing.SealError)) throw error;
            return told(error);
        }
        return null;
    };
"""

InBrowser = Callable[..., Any]


def runner(page: Page, url: str) -> InBrowser:
    """Run a script with the module as ``sealing`` and the other arguments by name; what it returns comes back."""
    page.goto(url + reverse("home"))

    def run(script: str, **given: Any) -> Any:
        names = ", ".join(given)
        source = f"""async ({{ {names} }}) => {{
            const sealing = await import({json.dumps(static("js/sealing.js"))});
            {PREAMBLE}
            {script}
        }}"""
        return page.evaluate(source, given)

    return run


def told(act: Callable[[], Any]) -> list | None:
    """The fault that Python names, in the same shape as the browser's."""
    try:
        act()
    except SealError as error:
        return [type(error).__name__, error.party, error.where, error.opener]
    return None


def verdict(one: Opened) -> dict[str, Any]:
    """Python's verdict, in the same shape as the browser's."""
    return {
        "outcome": one.outcome.value,
        "wrong": list(one.wrong_openers),
        "missing": one.missing,
        "digest": one.digest,
        "payload": None if one.payload is None else one.payload.hex(),
        "seed": None if one.seed is None else one.seed.hex(),
        "ephemerals": [scalar.hex() for scalar in one.ephemerals],
    }


def pairs(scalars: Iterable[bytes]) -> list[list[str]]:
    return [[scalar.hex(), primitives.point_of(scalar).hex()] for scalar in scalars]


def written(shares: Mapping[int, bytes]) -> list[list]:
    return [[position, share.hex()] for position, share in shares.items()]


def key_of(position: int) -> dict[str, str]:
    return OpenerKeys("T-2026-0014", OPENER_KEYS[position - 1], bytes(range(32))).secret()


def sealed_here() -> SealedEnvelope:
    return seal(OFFER, NOTICE, COMMERCIAL, seed=SEED, ephemerals=EPHEMERALS)
