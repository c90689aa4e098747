// A sealed reserve price, `sealed-reserve/1`: sealed to openers, committed to and opened as a bid is, under another
// magic and header, so that neither is ever read as the other.

import { FormatError, PayloadError } from "./errors.js";
import { HASH, REFERENCE, canonicalJson, choice, hexadecimal, listing, number, readCanonical, record } from "./canonical.js";
import { PADS, RESERVE_MAGIC, assemble, checkedHeader, fittingPad } from "./envelope.js";
import { CURRENCY, PRICE, WHOLE } from "./offers.js";
import { POINT_BYTES, freshPair, freshSecret } from "./primitives.js";

export const RESERVE_FORMAT = "sealed-reserve/1";
const PAYLOAD = record({
  currency: CURRENCY,
  prices: listing(record({ pack: WHOLE, price: PRICE, product: REFERENCE }), 999, (entry) => entry.product),
});

/** The front of a sealed reserve: give it to `parse`, `openEnvelope`, `openWithSeed` and `releaseShare`. */
export const RESERVE = {
  magic: RESERVE_MAGIC,
  check: record({
    com: HASH,
    format: choice(RESERVE_FORMAT),
    k: number(2, 15),
    negotiation: REFERENCE,
    openers: listing(hexadecimal(POINT_BYTES), 15),
    pad: choice(...PADS),
    terms: HASH,
    version: number(1, 999_999),
  }),
};

/** Write the payload: `prices` is `[{pack, price, product}]`, all texts, by product. */
export function reservePayload(currency, prices) {
  const payload = asPayload(() => canonicalJson({ currency, prices }));
  readReserve(payload);
  return payload;
}

/** Read the payload; throws PayloadError. */
export function readReserve(payload) {
  const body = asPayload(() => {
    const value = readCanonical(payload);
    PAYLOAD(value, "");
    return value;
  });
  if (!body.prices.length) throw new PayloadError("prices: at least one", { where: "prices" });
  return body;
}

/**
 * Seal a reserve.
 * @param {Uint8Array} payload
 * @param {{k: number, negotiation: string, openers: string[], pad: number, terms: string, version: number}} front
 *   `pad` is the least that the body may have
 */
export async function sealReserve(payload, front, { seed = freshSecret(), ephemerals } = {}) {
  readReserve(payload);
  const pad = fittingPad(payload.length, front.openers.length, front.pad);
  const header = await checkedHeader({ ...front, com: "0".repeat(64), format: RESERVE_FORMAT, pad }, RESERVE);
  const pairs = ephemerals ?? (await Promise.all(header.openers.map(freshPair)));
  return assemble(header, payload, seed, pairs, RESERVE.magic);
}

function asPayload(read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new PayloadError(error.message, { where: error.where });
  }
}
