// What lies inside an envelope. Canonical JSON, never compressed; prices are texts with six decimals.
// Writers write the second technical and commercial payload, which name their format; readers read the first too.

import { FormatError, PayloadError } from "./errors.js";
import {
  HASH, REFERENCE, anything, canonicalJson, choice, listing, matching, nullable, number, readCanonical, record, text,
} from "./canonical.js";
import { FIRST_OFFER, OFFER, agree, costs } from "./offers.js";

export const TECHNICAL_PAYLOAD = "sealed-bid-technical/2";
export const COMMERCIAL_PAYLOAD = "sealed-bid-commercial/2";

const ATTACHMENTS = listing(record({ key: HASH, name: text(255), size: number(0) }));
const ANSWERS = listing(record({ criterion: text(255), value: anything }));
const MEMBER = record({ share: matching(/^(?:0|[1-9][0-9]?)\.[0-9]{2}$/, "a share in percent"), supplier: REFERENCE });
const CONSORTIUM = record({ leader: REFERENCE, members: listing(MEMBER, Infinity, (member) => member.supplier) });
const REVEAL = [record({ seed: HASH, sha256: HASH })];
const COMMERCIAL = [
  record({ attachments: ATTACHMENTS, offer: FIRST_OFFER }),
  record({ attachments: ATTACHMENTS, format: choice(COMMERCIAL_PAYLOAD), offer: OFFER }),
];
/** The shapes of what lies in each kind of envelope: one that names no format, and one that does. */
export const PAYLOADS = {
  technical: [
    record({ answers: ANSWERS, attachments: ATTACHMENTS }),
    record({
      answers: ANSWERS, attachments: ATTACHMENTS, consortium: nullable(CONSORTIUM), format: choice(TECHNICAL_PAYLOAD),
    }),
  ],
  commercial: COMMERCIAL,
  "second-commercial": COMMERCIAL,
  "reveal-technical": REVEAL,
  "reveal-commercial": REVEAL,
  "reveal-second-commercial": REVEAL,
};

/**
 * Write a technical payload: `answers` is `[{criterion, value}]`, `attachments` `[{key, name, size}]`, `consortium`
 * `{leader, members: [{share, supplier}]}` or null.
 */
export const technicalPayload = (answers, attachments = [], consortium = null) =>
  checkedPayload({ answers, attachments, consortium, format: TECHNICAL_PAYLOAD }, "technical");

/** Write a commercial payload: an `offer` as `offers.js` has it, all texts. */
export const commercialPayload = (offer, attachments = []) =>
  checkedPayload({ attachments, format: COMMERCIAL_PAYLOAD, offer }, "commercial");

/** Write the payload of a reveal: an envelope's seed in hex, and the SHA-256 of its file. */
export const revealPayload = (seed, digest) => checkedPayload({ seed, sha256: digest }, "reveal-technical");

function checkedPayload(body, envelope) {
  const payload = asPayload(() => canonicalJson(body));
  readPayload(payload, envelope, { supplier: body.consortium?.leader, blobs: body.attachments?.length ?? 0 });
  return payload;
}

/** Read the payload of a supplier's envelope of this kind with so many attachments; throws PayloadError. */
export function readPayload(payload, envelope, { supplier, blobs }) {
  if (!Object.hasOwn(PAYLOADS, envelope)) throw new FormatError("no such envelope", { where: "envelope" });
  const body = asPayload(() => {
    const value = readCanonical(payload);
    const [first, second = first] = PAYLOADS[envelope];
    (typeof value?.format === "string" ? second : first)(value, "");
    return value;
  });
  const criteria = (body.answers ?? []).map((answer) => answer.criterion);
  if (new Set(criteria).size < criteria.length) {
    throw new PayloadError("answers: a criterion answered twice", { where: "answers" });
  }
  if (body.consortium) checkConsortium(body.consortium);
  if (body.offer?.kind) agree(body.offer);
  if (body.offer) costs(body.offer);
  if ((body.attachments ?? []).length !== blobs) {
    throw new PayloadError("attachments: not as many as the header names", { where: "attachments" });
  }
  if (body.consortium && body.consortium.leader !== supplier) {
    const where = "consortium.leader";
    throw new PayloadError(`${where}: another supplier than the envelope's`, { where });
  }
  return body;
}

function checkConsortium({ leader, members }) {
  const where = "consortium.members";
  const shares = members.map(({ share }) => Number(share.replace(".", "")));
  if (members.length < 2 || !members.some(({ supplier }) => supplier === leader)) {
    throw new PayloadError("consortium: at least two members, one of whom leads", { where });
  }
  if (Math.min(...shares) <= 0 || shares.reduce((sum, share) => sum + share) !== 10_000) {
    throw new PayloadError("consortium: shares above nought that add up to 100", { where });
  }
}

function asPayload(read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new PayloadError(error.message, { where: error.where });
  }
}
