// What a check has to go by: the answers that a point can have, the files as they are read, and what is made of them.

import {
  SealError, asOffer, bytes, documentHash, keyId, leaf, openWithSeed, readCall, readCanonical, readDocument, readPayload,
  readReport, sha256,
} from "../sealing.js";

export const TECHNICAL = "technical";
export const COMMERCIAL = "commercial";
const NOT_REVEALED = "not-revealed";
const LISTS = ["amendments", "results", "requests", "releases", "minutes", "destruction"];

// --- Answers ---

export const HOLDS = "holds";
export const REMARK = "holds, with a remark";
export const FAILS = "does not hold";
export const WAITS = "not yet";
export const NOT_ASKED = "not asked for";

export class Unanswered extends Error {
  constructor(why, about = {}) {
    super(why);
    Object.assign(this, { why, about, answer: this.constructor.answer });
  }
}
export class Fails extends Unanswered { static answer = FAILS; }
export class Waits extends Unanswered { static answer = WAITS; }
export class Remark extends Unanswered { static answer = REMARK; }
export class NotAsked extends Unanswered { static answer = NOT_ASKED; }

/** A file that is not what it should be: `where` names the field. */
export class UnreadableError extends Error {
  constructor(where) {
    super(where);
    this.where = where;
  }
}

// --- Reading: nothing is believed yet ---

const isText = (value) => typeof value === "string";
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isTextOrNone = (value) => value === null || isText(value);
const isTexts = (value) => Array.isArray(value) && value.every(isText);

const OPENED_ENTRY = {
  bid: isText, lot: isText, envelope: isText, outcome: isText, sha256: isText, seed: isText, file: isText,
  wrong: (value) => Array.isArray(value) && value.every(isCount),
};
const PRODUCT = { item: isText, pack: isCount, product: isText, quantity: isCount };
const FURTHER = { item: isText, pack: isCount, product: isText };
const COVERS = {
  kind: isText, registration: isTextOrNone, item: isText,
  products: (value) => Array.isArray(value) && value.every((one) => fits(one, PRODUCT)),
  further: (value) => Array.isArray(value) && value.every((one) => fits(one, FURTHER)),
};
// What a bid covers: in the first record a product's item and pack alone.
const COVERED = {
  "tender-record/1": { item: isText, pack: isCount },
  "tender-record/2": { covers: (value) => fits(value, COVERS) },
};
const RANKED = {
  lot: isText, bid: isText, verdict: isText, price: isTextOrNone, comparable: isTextOrNone, score: isTextOrNone,
  rank: (value) => value === null || isCount(value),
};
const RECORD = {
  format: (value) => Object.hasOwn(COVERED, value),
  tender: isText, key: isText, notice: isText, close: isText, stamp: isText,
  ...Object.fromEntries(LISTS.map((name) => [name, isTexts])),
  opened: (value) => Array.isArray(value) && value.every((entry) => fits(entry, OPENED_ENTRY)),
  ranking: (value) => Array.isArray(value) && value.every((entry) => fits(entry, RANKED)),
};
const EVIDENCE = {
  format: (value) => ["bid-evidence/1", "bid-evidence/2"].includes(value),
  key: isText, receipt: isText, close: isText, files: isObject, seeds: isObject,
  inclusion: (value) => value === null || (isCount(value.index) && isCount(value.count) && isTexts(value.path)),
};

const fits = (value, shape) => isObject(value) && Object.entries(shape).every(([name, check]) => check(value[name]));

/** Read a public record from its text; throws UnreadableError. */
export function readRecord(text) {
  const record = read(text, RECORD);
  const covered = COVERED[record.format];
  if (!record.opened.every((entry) => fits(entry, covered))) throw new UnreadableError("opened");
  if (record.format !== "tender-record/1" && !isTexts(record.reports)) throw new UnreadableError("reports");
  return record;
}

/** Read a bidder's evidence from its text; throws UnreadableError. */
export const readEvidence = (text) => read(text, EVIDENCE);

function read(text, shape) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableError("JSON");
  }
  if (!isObject(value)) throw new UnreadableError("format");
  const wrong = Object.entries(shape).find(([name, check]) => !check(value[name]));
  if (wrong) throw new UnreadableError(wrong[0]);
  return value;
}

// --- What is checked ---

export const utf8 = (text) => new TextEncoder().encode(text);
export const firstLine = (written) => written.slice(0, written.indexOf("\n"));
export const key = (...parts) => parts.join(" ");

export function decoded(written) {
  try {
    return Uint8Array.from(atob(written), (sign) => sign.charCodeAt(0));
  } catch {
    throw new Fails("malformed");
  }
}

/** The body of a document that at least `needed` of these keys signed; signatures of others are left alone. */
export async function signedBy(written, keys, needed) {
  const byId = new Map(await Promise.all(keys.map(async (point) => [await keyId(point), point])));
  const [body, ...lines] = written.split("\n");
  const known = lines.filter((line) => !line || byId.has(line.split(":")[0]));
  const signers = known.filter(Boolean).map((line) => byId.get(line.split(":")[0]));
  if (signers.length < needed) throw new SealError("a signature is missing");
  return readDocument(utf8([body, ...known].join("\n")), signers);
}

/** Compute once what was asked for first, the failure too. */
function once(make) {
  let made;
  return () => (made ??= make());
}

/** The record and what its reader has besides; every member answers a promise, or throws why there is none. */
export function materialOf({ record, evidence = null, secrets = null, root: ownRoot = "" }) {
  const given = { record, evidence, secrets, root: ownRoot };
  const own = (name) => {
    if (!evidence) throw new NotAsked("no_evidence");
    return evidence[name];
  };
  given.signed = async (where, written) => {
    const body = await signedBy(written, [record.key], 1).catch(() => { throw new Fails("unsigned", { where }); });
    if (body.tender !== record.tender) throw new Fails("other_tender", { where });
    return body;
  };
  const byHash = async (name) => new Map(await Promise.all(record[name].map(async (written) =>
    [await documentHash(utf8(written)), await given.signed(name, written)])));
  given.notices = once(async () => {
    const texts = [record.notice, ...record.amendments];
    const bodies = await Promise.all(texts.map((written) => given.signed("notice", written)));
    const hashes = await Promise.all(texts.map((written) => documentHash(utf8(written))));
    if (bodies.some((body, at) => at && body.amends !== hashes[at - 1])) throw new Fails("other_amendment");
    return { bodies, hashes };
  });
  given.notice = once(async () => (await given.notices()).bodies.at(-1));
  given.terms = once(async () => (await given.notices()).hashes.at(-1));
  given.close = once(async () => {
    if (!record.close) throw new Waits("not_closed");
    return given.signed("close", record.close);
  });
  given.closeHash = once(async () => (await given.close(), documentHash(utf8(record.close))));
  given.results = once(() => byHash("results"));
  given.reports = once(async () => new Map(await Promise.all((record.reports ?? []).map(async (written) =>
    [await sha256(utf8(written)), readReport(utf8(written))]))));
  // The score of the last round's report; as it is shown where there is no report.
  given.score = async (lot, bid, shown) => {
    const ofLot = [...(await given.results()).values()].filter((one) => one.lot === lot);
    const last = ofLot.reduce((found, one) => ((found?.round ?? 0) > (one.round ?? 1) ? found : one), null);
    const report = (await given.reports()).get(last?.report);
    return report ? report.bids.find((one) => one.bid === bid)?.score ?? null : shown;
  };
  // Of each request `envelope` is what it opens, and `seeds` whether by seeds that were revealed after a call.
  given.requests = once(async () => new Map([...(await byHash("requests"))].map(([hash, { envelope, ...rest }]) =>
    [hash, { ...rest, envelope: envelope.replace("reveal-", ""), seeds: envelope.startsWith("reveal-") }])));
  given.call = once(async () => {
    if (!record.call) return null;
    const known = { server: record.key, tender: record.tender, closeHash: await given.closeHash() };
    return (await attempted("call", () => readCall(utf8(record.call), known))).body;
  });
  given.signingKeys = async (hashes) => {
    const requests = await given.requests();
    const named = hashes.some((hash) => requests.get(hash)?.seeds) ? await given.call() : await given.notice();
    return (named?.openers ?? []).map((opener) => opener.signing_key);
  };
  given.silent = (name) => given.opened().get(name)?.outcome === NOT_REVEALED;
  given.releases = once(() => Promise.all(record.releases.map((written) => releaseOf(given, written))));
  given.listed = once(async () => new Map([...(await given.requests()).values()].flatMap((request) =>
    request.list.map((entry) => [key(entry.bid, request.envelope), { ...entry, lot: request.lot }]))));
  given.opened = once(() => {
    const found = new Map(record.opened.map((entry) => [key(entry.bid, entry.envelope), entry]));
    if (found.size < record.opened.length) throw new Fails("twice");
    return found;
  });
  given.receipt = once(async () => given.signed("receipt", own("receipt")));
  given.ownLeaf = once(() => leaf(utf8(firstLine(own("receipt")))));
  given.ownFiles = once(() =>
    new Map(Object.entries(own("files")).map(([envelope, file]) => [envelope, decoded(file)])));
  given.ownSeed = async (envelope) => {
    if (secrets) return secrets.envelopes[envelope]?.seed ?? "";
    const published = given.opened().get(key((await given.receipt()).bid, envelope));
    return own("seeds")[envelope] || published?.seed || "";
  };
  const verdicts = new Map();
  given.verdict = (entry) => {
    if (!verdicts.has(entry)) verdicts.set(entry, openWithSeed(decoded(entry.file), bytes(entry.seed)));
    return verdicts.get(entry);
  };
  return given;
}

const releaseOf = (given, written) => attempted("releases", async () => {
  const { opener, request } = readCanonical(utf8(firstLine(written)));
  return readDocument(utf8(written), [(await given.signingKeys([request]))[opener - 1]]);
});

/** What cannot be read as signed by those who should have signed it is unsigned. */
export async function attempted(where, act) {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Unanswered ? error : new Fails("unsigned", { where });
  }
}

/** Bytes in base64url without padding, as passkeys write them. */
export const base64url = (written) => decoded(written.replaceAll("-", "+").replaceAll("_", "/"));

/** The offer in a commercial payload; null where there is none to read. */
export function offerIn(payload) {
  try {
    return payload && asOffer(readPayload(payload, COMMERCIAL, { blobs: readCanonical(payload).attachments.length }).offer);
  } catch {
    return null;
  }
}
