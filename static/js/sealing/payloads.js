// What lies inside an envelope. Canonical JSON, never compressed; prices are texts with six decimals.

import { FormatError, PayloadError } from "./errors.js";
import { HASH, anything, canonicalJson, listing, matching, number, readCanonical, record, text } from "./canonical.js";

const ATTACHMENTS = listing(record({ key: HASH, name: text(255), size: number(0) }));
const OFFER = record({
  currency: matching(/^[A-Z]{3}$/, "a currency of three capitals"),
  pack: matching(/^[1-9][0-9]{0,8}$/, "a whole number of base units"),
  price: matching(/^(?:0|[1-9][0-9]{0,11})\.[0-9]{6}$/, "a price with exactly six decimals"),
});
const ANSWERS = listing(record({ criterion: text(255), value: anything }));
const REVEAL = record({ seed: HASH, sha256: HASH });
/** The shape of what lies in each kind of envelope. */
export const PAYLOADS = {
  technical: record({ answers: ANSWERS, attachments: ATTACHMENTS }),
  commercial: record({ attachments: ATTACHMENTS, offer: OFFER }),
  "reveal-technical": REVEAL,
  "reveal-commercial": REVEAL,
};

/** Write a technical payload: `answers` is `[{criterion, value}]`, `attachments` `[{key, name, size}]`. */
export const technicalPayload = (answers, attachments = []) => checkedPayload({ answers, attachments }, "technical");

/** Write a commercial payload: `offer` is `{currency, pack, price}`, all texts. */
export const commercialPayload = (offer, attachments = []) => checkedPayload({ attachments, offer }, "commercial");

/** Write the payload of a reveal: an envelope's seed in hex, and the SHA-256 of its file. */
export const revealPayload = (seed, digest) => checkedPayload({ seed, sha256: digest }, "reveal-technical");

function checkedPayload(body, envelope) {
  const payload = asPayload(() => canonicalJson(body));
  readPayload(payload, envelope, body.attachments?.length ?? 0);
  return payload;
}

/** Read the payload of an envelope of this kind with so many attachments; throws PayloadError. */
export function readPayload(payload, envelope, blobs) {
  if (!Object.hasOwn(PAYLOADS, envelope)) throw new FormatError("no such envelope", { where: "envelope" });
  const body = asPayload(() => {
    const value = readCanonical(payload);
    PAYLOADS[envelope](value, "");
    return value;
  });
  const criteria = (body.answers ?? []).map((answer) => answer.criterion);
  if (new Set(criteria).size < criteria.length) {
    throw new PayloadError("answers: a criterion answered twice", { where: "answers" });
  }
  if ((body.attachments ?? []).length !== blobs) {
    throw new PayloadError("attachments: not as many as the header names", { where: "attachments" });
  }
  return body;
}

function asPayload(read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new PayloadError(error.message, { where: error.where });
  }
}
