// Anybody's check of a tender from its public record and a bidder's own files, in the browser.
//
// The same points, answers and reasons as the Python package `tenders/sealing/checking`, under the same names.
// A point is a function that returns if it holds, and throws `Fails`, `Waits` or `NotAsked` with the reason's name.
// The one thing that a browser leaves to others is the signature under a time stamp.

import {
  BIDDER_FAULT, OPENED, UNREADABLE, SealError, bytes, documentHash, hex, includes, keyId, leaf, openWithSeed, parse,
  readCall, readCanonical, readDocument, readPayload, root, sha256, sharesOf,
} from "./sealing.js";
import { places } from "./ranking.js";

const TECHNICAL = "technical";
const COMMERCIAL = "commercial";
const NOT_REVEALED = "not-revealed";
const LISTS = ["amendments", "results", "requests", "releases", "minutes", "destruction"];

// --- Answers ---

export const HOLDS = "holds";
export const FAILS = "does not hold";
export const WAITS = "not yet";
export const NOT_ASKED = "not asked for";

class Unanswered extends Error {
  constructor(why, about = {}) {
    super(why);
    Object.assign(this, { why, about, answer: this.constructor.answer });
  }
}
class Fails extends Unanswered { static answer = FAILS; }
class Waits extends Unanswered { static answer = WAITS; }
class NotAsked extends Unanswered { static answer = NOT_ASKED; }

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
  bid: isText, lot: isText, envelope: isText, item: isText, outcome: isText, sha256: isText, seed: isText,
  file: isText, pack: isCount, wrong: (value) => Array.isArray(value) && value.every(isCount),
};
const RANKED = {
  lot: isText, bid: isText, verdict: isText, price: isTextOrNone, comparable: isTextOrNone, score: isTextOrNone,
  rank: (value) => value === null || isCount(value),
};
const RECORD = {
  format: (value) => value === "tender-record/1",
  tender: isText, key: isText, notice: isText, close: isText, stamp: isText,
  ...Object.fromEntries(LISTS.map((name) => [name, isTexts])),
  opened: (value) => Array.isArray(value) && value.every((entry) => fits(entry, OPENED_ENTRY)),
  ranking: (value) => Array.isArray(value) && value.every((entry) => fits(entry, RANKED)),
};
const EVIDENCE = {
  format: (value) => value === "bid-evidence/1",
  key: isText, receipt: isText, close: isText, files: isObject, seeds: isObject,
  inclusion: (value) => value === null || (isCount(value.index) && isCount(value.count) && isTexts(value.path)),
};

const fits = (value, shape) => isObject(value) && Object.entries(shape).every(([name, check]) => check(value[name]));

/** Read a public record from its text; throws UnreadableError. */
export const readRecord = (text) => read(text, RECORD);

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

const utf8 = (text) => new TextEncoder().encode(text);
const firstLine = (written) => written.slice(0, written.indexOf("\n"));
const key = (...parts) => parts.join(" ");

function decoded(written) {
  try {
    return Uint8Array.from(atob(written), (sign) => sign.charCodeAt(0));
  } catch {
    throw new Fails("malformed");
  }
}

/** The body of a document that at least `needed` of these keys signed; signatures of others are left alone. */
async function signedBy(written, keys, needed) {
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
function materialOf({ record, evidence = null, secrets = null, root: ownRoot = "" }) {
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
async function attempted(where, act) {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Unanswered ? error : new Fails("unsigned", { where });
  }
}

/** The offer in a commercial payload, as it is written there; null where there is none to read. */
function offerIn(payload) {
  try {
    return payload && readPayload(payload, COMMERCIAL, readCanonical(payload).attachments.length).offer;
  } catch {
    return null;
  }
}

// --- What everybody asks of a tender ---

async function noticeIsSigned(given) {
  if ((await given.notice()).installation.key !== given.record.key) throw new Fails("other_key");
  if (given.evidence && given.evidence.key !== given.record.key) throw new Fails("other_key");
}

async function rootIsMine(given) {
  const close = await given.close();
  if (Date.parse(close.closed_at) < Date.parse(close.deadline)) throw new Fails("closed_early");
  const held = given.evidence?.close;
  if (held && firstLine(held) !== firstLine(given.record.close)) throw new Fails("two_closes");
  if (!given.root.trim()) throw new NotAsked("no_root");
  if (given.root.trim().toLowerCase() !== close.root) throw new Fails("other_root");
}

async function closeIsStamped(given) {
  await given.close();
  if (!given.record.stamp) throw new Waits("not_stamped");
  const imprint = await given.closeHash();
  if (!hex(decoded(given.record.stamp)).includes(imprint)) throw new Fails("other_stamp");
  throw new NotAsked("no_certificate", { digest: imprint });
}

async function countIsRight(given) {
  const { count, root: published } = await given.close();
  const [opened, requests, results] = [given.opened, await given.requests(), await given.results()];
  const listed = await given.listed();
  const shut = (kind) =>
    [...listed.keys()].filter((name) => name.endsWith(` ${kind}`) && !opened().has(name)).length;
  let waiting = shut(COMMERCIAL);
  if ((await given.notice()).envelopes === 2) {
    const entries = [...listed].filter(([name]) => name.endsWith(` ${TECHNICAL}`)).map(([, entry]) => entry);
    await allCounted(given, entries.length, [...requests.values()].map((one) => one.lot));
    if ((await root(entries.map((entry) => entry.leaf).sort())) !== published) throw new Fails("other_leaves");
    waiting += shut(TECHNICAL);
  } else {
    const judged = [...results.values()];
    const bids = new Set(judged.flatMap((result) => [...result.passed, ...result.failed]));
    await allCounted(given, bids.size, judged.map((result) => result.lot));
  }
  if (waiting) throw new Waits("still_shut", { shut: waiting, count });
}

async function allCounted(given, found, lots) {
  const { count } = await given.close();
  const everywhere = (await given.notice()).lots.every((lot) => lots.includes(lot.lot));
  if (found > count || (found < count && everywhere)) throw new Fails("other_count", { found, count });
  if (found < count) throw new Waits("not_all_listed", { found, count });
}

async function rankingIsRight(given) {
  const opened = given.opened();
  const asked = new Map();
  for (const [name, { lot }] of [...(await given.listed()), ...[...opened].filter(([name]) => given.silent(name))]) {
    const [bid, kind] = name.split(" ");
    if (kind === COMMERCIAL) asked.set(lot, (asked.get(lot) ?? new Set()).add(bid));
  }
  const complete = [...asked].filter(([, bids]) => [...bids].every((bid) => opened.has(key(bid, COMMERCIAL))));
  for (const [lot, bids] of complete) {
    const shown = given.record.ranking.filter((one) => one.lot === lot);
    const again = await rankedAgain(given, lot, [...bids].sort());
    const wrong = shown.some(({ bid, verdict, comparable, rank }) =>
      JSON.stringify(again.get(bid)) !== JSON.stringify({ verdict, comparable, rank }));
    if (wrong || shown.length !== again.size || new Set(shown.map((one) => one.bid)).size !== again.size) {
      throw new Fails("other_ranking", { lot });
    }
  }
  if (!complete.length) throw new Waits("no_price");
}

async function rankedAgain(given, lot, bids) {
  const notice = await given.notice();
  const { ceiling, items } = notice.lots.find((one) => one.lot === lot);
  const factors = new Map(items.map(({ item, factor }) => [item, factor]));
  const scores = new Map(given.record.ranking.map(({ bid, score }) => [bid, score]));
  const offers = [];
  for (const bid of bids) {
    const entry = given.opened().get(key(bid, COMMERCIAL));
    if (!factors.has(entry.item)) throw new Fails("other_item", { bid });
    const opened = entry.outcome === OPENED && entry.file;
    const offer = opened ? offerIn((await given.verdict(entry)).payload) : null;
    offers.push({
      bid, price: offer?.price ?? null, pack: offer ? Number(offer.pack) : null, currency: offer?.currency ?? "",
      truePack: entry.pack, factor: factors.get(entry.item), score: scores.get(bid) ?? null,
    });
  }
  const { root: closeRoot } = await given.close();
  return places(offers, {
    ceiling, currency: notice.installation.currency, ties: notice.rules.tie_order, root: closeRoot,
  });
}

async function openersSigned(given) {
  const opened = given.opened();
  if (!opened.size) throw new Waits("nothing_opened");
  const [requests, { k }] = [await given.requests(), await given.notice()];
  const released = new Map();
  for (const release of await given.releases()) {
    released.set(release.request, (released.get(release.request) ?? new Set()).add(release.opener));
  }
  const enough = [...requests].filter(([hash]) => (released.get(hash)?.size ?? 0) >= k);
  const answered = new Set(enough.map(([, { lot, envelope }]) => key(lot, envelope)));
  for (const [name, { lot, envelope }] of opened) {
    if (!given.silent(name) && !answered.has(key(lot, envelope))) throw new Fails("too_few_openers", { lot });
  }
  for (const written of given.record.minutes) await minutesAreRight(given, written);
}

async function minutesAreRight(given, written) {
  const { k } = await given.notice();
  const body = await attempted("minutes", async () =>
    signedBy(written, await given.signingKeys(readCanonical(utf8(firstLine(written))).requests), k));
  const hashes = new Set(await Promise.all(given.record.releases.map((one) => documentHash(utf8(one)))));
  const [results, requests] = [await given.results(), await given.requests()];
  const named = body.close === (await given.closeHash()) && body.results.every((one) => results.has(one))
    && body.requests.every((one) => requests.has(one)) && body.releases.every((one) => hashes.has(one));
  const agreed = body.envelopes.every(({ bid, envelope, outcome, sha256: digest, wrong }) => {
    const entry = given.opened().get(key(bid, envelope));
    return entry && entry.outcome === outcome && entry.sha256 === digest && String(entry.wrong) === String(wrong);
  });
  if (!named || !agreed) throw new Fails("other_minutes");
}

async function requestsAreRight(given) {
  const requests = [...(await given.requests()).values()];
  if (!requests.length) throw new Waits("nothing_asked");
  const [results, closeHash] = [await given.results(), await given.closeHash()];
  if ([...results.values()].some((result) => result.close !== closeHash)) {
    throw new Fails("other_close", { where: "results" });
  }
  const asked = new Set(requests.map((one) => key(one.lot, one.envelope, one.number)));
  if (asked.size < requests.length) throw new Fails("asked_twice");
  for (const { close, envelope, lot, list, seeds, result: hash } of requests) {
    if (close !== closeHash) throw new Fails("other_close", { where: "requests" });
    if (envelope !== COMMERCIAL) continue;
    const result = results.get(hash);
    const passed = result?.passed.filter((bid) => !(seeds && given.silent(key(bid, COMMERCIAL))));
    if (result?.lot !== lot || String(list.map((entry) => entry.bid)) !== String(passed)) {
      throw new Fails("not_as_passed", { lot });
    }
  }
  const bySeeds = requests.filter((one) => one.seeds);
  if (!bySeeds.length && ![...given.opened().keys()].some(given.silent)) return;
  const call = await given.call();
  if (!call) throw new Fails("no_call");
  if (bySeeds.some((one) => Date.parse(one.issued_at) < Date.parse(call.due_at))) throw new Fails("before_call");
}

async function releasesAreRight(given) {
  const releases = await given.releases();
  if (!releases.length) throw new Waits("nothing_released");
  const requests = await given.requests();
  const answered = new Set();
  for (const { request: hash, opener: place, lot, shares } of releases) {
    const request = requests.get(hash);
    if (request?.lot !== lot) throw new Fails("release_of_nothing", { place });
    if (shares.length !== request.list.length) throw new Fails("release_of_others", { place });
    if (answered.has(key(hash, place))) throw new Fails("released_twice", { place });
    answered.add(key(hash, place));
  }
}

async function filesReproduce(given) {
  const opened = given.opened();
  if (!opened.size) throw new Waits("nothing_opened");
  const listed = await given.listed();
  for (const [name, entry] of opened) {
    if (given.silent(name)) continue;
    const asked = listed.get(name);
    if (asked?.lot !== entry.lot) throw new Fails("not_listed", { bid: entry.bid });
    if (entry.sha256 !== asked.sha256) throw new Fails("other_file_opened", { bid: entry.bid });
    if (entry.envelope === COMMERCIAL) await fileReproduces(given, entry, asked);
  }
}

async function fileReproduces(given, entry, asked) {
  const { bid, lot, outcome } = entry;
  const requests = await given.requests();
  if (!entry.file) {
    // A seed that opens something else proves no file; a seed of the file itself is published like any other.
    const seeds = [...requests.values()].some((one) => one.seeds && one.list.some((listed) => listed.bid === bid));
    if (outcome !== UNREADABLE && !(seeds && outcome === BIDDER_FAULT)) throw new Fails("no_file", { bid });
    return;
  }
  const verdict = await given.verdict(entry);
  const header = verdict.header;
  const belongs = { tender: given.record.tender, lot, bid, envelope: COMMERCIAL, terms: await given.terms() };
  const foreign = Object.entries(belongs).some(([name, value]) => header[name] !== value);
  if (foreign || verdict.digest !== asked.sha256 || header.com !== asked.com) {
    throw new Fails("other_file_opened", { bid });
  }
  const reads = verdict.outcome === OPENED && offerIn(verdict.payload) !== null;
  if (reads !== (outcome === OPENED) || ![OPENED, BIDDER_FAULT, UNREADABLE].includes(outcome)) {
    throw new Fails("other_outcome", { bid });
  }
  if (!entry.wrong.length) return;
  const right = await Promise.all((await sharesOf(bytes(entry.seed), header)).map(sha256));
  for (const release of await given.releases()) {
    const request = requests.get(release.request);
    const own = request?.envelope === COMMERCIAL && !request.seeds;
    const at = own ? request.list.findIndex((one) => one.bid === bid) : -1;
    const place = release.opener;
    if (at >= 0 && entry.wrong.includes(place) && release.shares[at] === right[place - 1]) {
      throw new Fails("blamed", { bid, place });
    }
  }
}

// --- What a bidder asks of its own bid ---

async function receiptIsSigned(given) {
  const receipt = await given.receipt();
  if (receipt.format !== "sealed-bid-receipt/1") throw new Fails("not_a_receipt");
  const { hashes } = await given.notices();
  if (receipt.kind !== "refusal" && !hashes.includes(receipt.terms)) throw new Fails("other_terms");
  for (const [envelope, file] of given.ownFiles()) {
    const sealed = receipt[envelope];
    const same = sealed && sealed.sha256 === (await sha256(file)) && sealed.com === (await parse(file)).header.com;
    if (!same) throw new Fails("other_file", { envelope });
  }
}

async function receiptIsIncluded(given) {
  const [receipt, close, proof] = [await given.receipt(), await given.close(), given.evidence.inclusion];
  if (receipt.kind !== "bid") throw new NotAsked("not_a_bid");
  if (!proof) throw new Fails("no_inclusion");
  const own = await given.ownLeaf();
  if (proof.count !== close.count || !(await includes(close.root, own, proof))) throw new Fails("not_included");
  const first = (await given.notice()).envelopes === 2 ? TECHNICAL : COMMERCIAL;
  const asked = [...(await given.requests()).values()]
    .some((one) => one.lot === receipt.lot && one.envelope === first);
  const mine = (await given.listed()).get(key(receipt.bid, first));
  if (mine && mine.leaf !== own) throw new Fails("other_version");
  if (first === TECHNICAL && asked && !mine) throw new Fails("left_out");
  const judged = [...(await given.results()).values()].filter((one) => one.lot === receipt.lot);
  const known = ({ passed, failed }) => passed.includes(receipt.bid) || failed.includes(receipt.bid);
  if (!judged.every(known)) throw new Fails("left_out");
}

async function commitmentOpens(given) {
  const receipt = await given.receipt();
  recoveryIsOf(given, receipt);
  let opened = 0;
  for (const [envelope, file] of given.ownFiles()) {
    const seed = await given.ownSeed(envelope);
    if (!seed) continue;
    const verdict = await openWithSeed(file, bytes(seed));
    if (verdict.outcome !== OPENED || verdict.header.com !== receipt[envelope].com) {
      throw new Fails("does_not_open", { envelope });
    }
    opened += 1;
  }
  if (!opened) throw new NotAsked("no_secret");
}

async function priceIsMine(given) {
  const receipt = await given.receipt();
  if (receipt.kind !== "bid") throw new NotAsked("not_a_bid");
  recoveryIsOf(given, receipt);
  const { bid } = receipt;
  const shown = given.opened().get(key(bid, COMMERCIAL));
  if (!shown || given.silent(key(bid, COMMERCIAL))) throw new NotAsked("price_shut");
  const [own, seed] = [given.ownFiles().get(COMMERCIAL), await given.ownSeed(COMMERCIAL)];
  if (!own || !seed) throw new NotAsked("no_secret");
  const mine = offerIn((await openWithSeed(own, bytes(seed))).payload);
  if (shown.sha256 !== receipt.commercial.sha256) throw new Fails("other_version");
  if (mine && shown.outcome !== OPENED) throw new Fails("opens_for_me");
  const ranked = given.record.ranking.filter((one) => one.bid === bid);
  if (ranked.some((one) => one.price !== (mine?.price ?? null))) throw new Fails("other_price");
}

function recoveryIsOf(given, receipt) {
  for (const [envelope, own] of Object.entries(given.secrets?.envelopes ?? {})) {
    const sealed = receipt[envelope];
    if (given.secrets.bid !== receipt.bid || (sealed && own.sha256 !== sealed.sha256)) {
      throw new Fails("other_recovery");
    }
  }
}

// --- The points in their order ---

export const POINTS = {
  notice: noticeIsSigned,
  receipt: receiptIsSigned,
  included: receiptIsIncluded,
  root: rootIsMine,
  stamp: closeIsStamped,
  count: countIsRight,
  commitment: commitmentOpens,
  price: priceIsMine,
  ranking: rankingIsRight,
  openers: openersSigned,
  requests: requestsAreRight,
  releases: releasesAreRight,
  files: filesReproduce,
};

/**
 * Answer every point, one after the other, as soon as it is known.
 * @param {{record: object, evidence?: object, secrets?: object, root?: string}} material
 * @returns {AsyncGenerator<{point: string, answer: string, why: string, about: object}>}
 */
export async function* check(material) {
  const given = materialOf(material);
  for (const [point, holds] of Object.entries(POINTS)) {
    try {
      await holds(given);
      yield { point, answer: HOLDS, why: "", about: {} };
    } catch (error) {
      // Papers that are not even of their shape: whoever made them, the point does not hold.
      const { answer, why, about } = error instanceof Unanswered ? error : new Fails("malformed");
      yield { point, answer, why, about };
    }
  }
}
