// What an opener does with its keys, each time after checking for itself that it may: the Python module of its name.
//
// Whatever the platform says is held against signatures and against what the opener has from elsewhere: its own key
// file, and the root that was mailed at the close.

import { CeremonyError, DeskError, SealError, ShareError } from "./errors.js";
import { bytes, hex, join, utf8 } from "./bytes.js";
import {
  HASH, REFERENCE, anything, canonicalJson, choice, hexadecimal, listing, matching, number, readCanonical, record,
} from "./canonical.js";
import { hpkeOpen, label, sha256 } from "./primitives.js";
import { releaseShare } from "./opening.js";
import { readHeader } from "./envelope.js";
import { documentHash, readDocument, signDocument } from "./documents.js";
import { includes, leaf } from "./tree.js";

/**
 * @typedef {{bid: string, header: Uint8Array, seal: Uint8Array}} Entry  One envelope asked for, and one's own seal.
 * @typedef {{tender: string, lot: string, envelope: string, request: string, place: number, entries: Entry[],
 *   chain: string[], before: Set<string>}} Asked  A request that an opener has checked and may answer; `request` is its
 *   hash, `chain` are those of the requests before it, `before` the bids that they listed already.
 * @typedef {{document: Uint8Array, shares: Uint8Array[]}} Answer  A share is empty where its seal did not open.
 */

export const PACKAGE = "opener-package/2";
export const ROOT_DIGITS = 20;
const REQUEST = "sealed-bid-request/2";
const RESULT = "sealed-bid-result/2";
const TEXT = matching(/^[^]*$/, "a text");
const ENTRY = record({
  receipt: TEXT,
  index: number(0),
  count: number(1),
  path: listing(HASH, 64),
  header: TEXT,
  seal: matching(/^(?:[0-9a-f]{226})?$/, "a seal in lower-case hex, or empty"),
});
const SHAPE = record({
  format: choice(PACKAGE),
  tender: REFERENCE,
  place: number(1, 15),
  notice: TEXT,
  close: TEXT,
  call: TEXT,
  requests: listing(record({ document: TEXT, entries: listing(ENTRY) })),
  results: listing(TEXT),
  earlier: listing(TEXT),
  releases: listing(TEXT),
  minutes: listing(TEXT),
  names: anything,
});
const OPENER = record({ key: hexadecimal(65), organisation: TEXT, signing_key: HASH });
const LINE = matching(/^[0-9a-f]{16}:[0-9a-f]{128}$/, "a signature line");
const TIME = matching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(?:\.[0-9]{6})?Z$/, "a time of UTC");
const CALL = record({
  format: choice("sealed-bid-call/1"), tender: REFERENCE, close: HASH, k: number(2), openers: listing(OPENER, 15),
  fingerprint: HASH, key_signatures: listing(LINE, 15), reason: TEXT, issued_at: TIME, due_at: TIME,
});
const KEY_LIST = record({ format: choice("sealed-bid-keys/1"), tender: REFERENCE, k: number(2), openers: listing(OPENER, 15) });

/** The body of a key list from its bytes, once its fields are right; throws FormatError. */
export function readKeyList(data) {
  const body = readCanonical(data);
  KEY_LIST(body, "");
  return body;
}

/** The signed answer to a canary of one's own tender; `server` is the platform's public signing key. */
export async function answerCanary(document, sealed, keys, server) {
  const body = await signed(document, server, "sealed-bid-canary/1", "canary");
  if (body.tender !== keys.tender) throw new CeremonyError("a canary of another tender", { where: "canary" });
  const hash = await documentHash(document);
  const info = join(label("canary"), bytes(hash), Uint8Array.of(body.opener));
  const pair = { scalar: bytes(keys.ecdh), point: bytes(keys.ecdh_public) };
  const plain = await hpkeOpen(sealed, { key: pair, info });
  if (!plain) throw new ShareError("the canary is not sealed to this key", { opener: body.opener });
  const answer = { format: "sealed-bid-canary-answer/1", tender: body.tender, opener: body.opener };
  return signDocument({ ...answer, canary: hash, plain: hex(plain) }, keys);
}

/** A key list signed by one of its openers; throws CeremonyError for a list that its own keys are not in. */
export async function signKeyList(body, keys) {
  const own = (opener) => opener.key === keys.ecdh_public && opener.signing_key === keys.sign_public;
  if (body.tender !== keys.tender || !body.openers.some(own)) {
    throw new CeremonyError("your keys do not stand in this list", { where: "openers" });
  }
  return signDocument(body, keys);
}

/**
 * What the opener is asked for, after every check. Throws CeremonyError, naming the part of the package that does not
 * hold, and DeskError for what the opener itself can put right.
 * @param {object} given  a package of format opener-package/2
 * @param {{root: string, now?: Date}} known  `root` from the mail sent at the close, or its first twenty digits; blanks do not matter
 * @returns {Promise<Asked[]>}
 */
export async function checkPackage(given, keys, { root, now = new Date() }) {
  const published = await readPublished(given, keys);
  checkRoot(root, published.close.root);
  const answered = (await ownReleases(given, keys)).map((one) => one.body.request);
  const asked = [];
  for (const [position, request] of given.requests.entries()) {
    const where = `requests[${position}]`;
    const document = utf8(request.document);
    const body = await signed(document, published.server, REQUEST, where);
    const hash = await documentHash(document);
    if (answered.includes(hash)) throw new CeremonyError("you have answered this request", { where });
    const chain = requestsBefore(body, answered, published, where);
    const before = new Set(chain.length ? published.earlier.get(chain[0]).list.map((entry) => entry.bid) : []);
    checkRequest(body, before, published, now, where);
    const entries = await checkedEntries(body, request.entries, published, where);
    const { lot, envelope } = body;
    asked.push({ tender: keys.tender, lot, envelope, request: hash, place: given.place, entries, chain, before });
  }
  if (new Set(asked.map((one) => `${one.lot} ${one.envelope}`)).size < asked.length) {
    throw new CeremonyError("two requests for the same envelopes", { where: "requests" });
  }
  return asked;
}

function checkRoot(typed, root) {
  const digits = typed.replace(/\s/g, "").toLowerCase();
  if (!digits) throw new DeskError("the root from the mail is missing", { where: "root_missing" });
  if (!/^[0-9a-f]+$/.test(digits) || digits.length < ROOT_DIGITS || digits.length > root.length) {
    throw new DeskError(`not ${ROOT_DIGITS} to ${root.length} digits of a root`, { where: "root_short" });
  }
  if (!root.startsWith(digits)) throw new DeskError("not the digits of this tender's close", { where: "root_other" });
}

/**
 * Unlock the opener's share of every envelope asked for, and sign their hashes: all entries or nothing.
 * @param {Asked} asked
 * @param {{at?: Date, progress?: (done: number) => void}} options
 * @returns {Promise<Answer>}
 */
export async function release(asked, keys, { at = new Date(), progress = () => {} } = {}) {
  const shares = [];
  for (const entry of asked.entries) {
    shares.push(await share(entry, asked.place, keys));
    progress(shares.length);
  }
  const body = {
    format: "sealed-bid-release/1",
    tender: asked.tender,
    lot: asked.lot,
    request: asked.request,
    opener: asked.place,
    released_at: instant(at),
    shares: await Promise.all(shares.map((one) => (one.length ? sha256(one) : ""))),
  };
  return { document: await signDocument(body, keys), shares };
}

/** Sign every minutes of a package, once each agrees with what this opener has released; throws CeremonyError. */
export async function signMinutes(given, keys) {
  const published = await readPublished(given, keys);
  const own = await ownReleases(given, keys);
  const documents = [];
  for (const [position, written] of given.minutes.entries()) {
    const where = `minutes[${position}]`;
    const body = readCanonical(utf8(written));
    if (body.format !== "sealed-bid-minutes/1") throw new CeremonyError("not minutes", { where });
    if (body.tender !== keys.tender || body.notice !== published.terms || body.close !== published.closeHash) {
      throw new CeremonyError("of another notice or close", { where });
    }
    const leftOut = own.some((one) => body.requests.includes(one.body.request) && !body.releases.includes(one.hash));
    if (leftOut) throw new CeremonyError("a release of yours is left out", { where });
    documents.push(await signDocument(body, keys));
  }
  return documents;
}

/** The last thing that keys sign: that every copy of them is destroyed. */
export function declareDestroyed(keys, { place, keyListHash, at = new Date() }) {
  const body = { format: "sealed-bid-destruction/1", tender: keys.tender, opener: place, keys: keyListHash };
  return signDocument({ ...body, destroyed_at: instant(at) }, keys);
}

/** An instant as documents write it: microseconds, of which a browser knows the first three digits. */
const instant = (at) => at.toISOString().replace("Z", "000Z");

/** Empty where the seal does not open: that stops no other envelope, and the verdict says whose fault it is. */
async function share({ header, seal }, position, key) {
  if (!header.length) return new Uint8Array(0);
  try {
    return await releaseShare(header, seal, { position, key });
  } catch (error) {
    if (error instanceof ShareError) return new Uint8Array(0);
    throw error;
  }
}

/**
 * Notice and close, signed by the platform; the notice, or after lost keys the call, names the opener's own keys at
 * the package's place. `sealedTo` is what the header of an envelope asked for must say.
 */
async function readPublished(given, keys) {
  SHAPE(given, "");
  const data = utf8(given.notice);
  const notice = await noticeBody(data);
  if ((await sha256(canonicalJson(keyList(notice)))) !== notice.fingerprint) {
    throw new CeremonyError("not the fingerprint of the notice's key list", { where: "notice" });
  }
  if (notice.tender !== keys.tender) throw new DeskError("the key of another tender", { where: "key_tender" });
  const server = notice.installation.key;
  const closeDocument = utf8(given.close);
  const close = await signed(closeDocument, server, "sealed-bid-close/1", "close");
  if (close.tender !== keys.tender || Date.parse(close.closed_at) < Date.parse(close.deadline)) {
    throw new CeremonyError("not the close of this tender after its deadline", { where: "close" });
  }
  const closeHash = await documentHash(closeDocument);
  const call = given.call ? await readCall(utf8(given.call), { server, tender: close.tender, closeHash }) : null;
  const [named, where] = call ? [call.body, "call"] : [notice, "notice"];
  checkPlace(given.place, named.openers, keys, where);
  const terms = await documentHash(data);
  const openers = named.openers.map((opener) => opener.key);
  const results = await byHash(given.results, server, RESULT, "results");
  const earlier = await byHash(given.earlier, server, REQUEST, "earlier");
  const sealedTo = { terms: call ? call.hash : terms, k: named.k, openers };
  return { server, close, closeHash, terms, call, results, earlier, sealedTo };
}

function checkPlace(place, openers, keys, where) {
  const own = openers.findIndex((one) => one.key === keys.ecdh_public && one.signing_key === keys.sign_public) + 1;
  if (!own) throw new CeremonyError(`the ${where} does not name your keys`, { where });
  if (place !== own) throw new DeskError(`the key of place ${own}`, { where: "key_place", opener: own });
}

const byHash = async (texts, server, kind, where) => new Map(await Promise.all(texts.map(async (written) => {
  const data = utf8(written);
  return [await documentHash(data), await signed(data, server, kind, where)];
})));

const keyList = ({ tender, k, openers }) => ({ format: "sealed-bid-keys/1", tender, k, openers });

/**
 * The call to reveal of a closed tender: signed by the platform, its key list by every opener that it names.
 * @param {Uint8Array} data
 * @param {{server: string, tender: string, closeHash: string}} known
 * @returns {Promise<{body: object, hash: string}>}
 * @throws CeremonyError for a call of another tender or close, or whose fingerprint or signatures do not hold
 */
export async function readCall(data, { server, tender, closeHash }) {
  const body = await signed(data, server, "sealed-bid-call/1", "call");
  try {
    CALL(body, "");
    const list = canonicalJson(keyList(body));
    if (body.tender !== tender || body.close !== closeHash || (await sha256(list)) !== body.fingerprint) {
      throw new CeremonyError("a call of another tender or close, or not its key list's fingerprint");
    }
    const lines = body.key_signatures.map((line) => `${line}\n`).join("");
    await readDocument(join(list, utf8(`\n${lines}`)), body.openers.map((opener) => opener.signing_key));
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new CeremonyError(error.message, { where: "call" });
  }
  return { body, hash: await documentHash(data) };
}

async function noticeBody(data) {
  try {
    const body = readCanonical(data.slice(0, data.indexOf(10)));
    await readDocument(data, [body.installation.key]);
    KEY_LIST({ format: "sealed-bid-keys/1", tender: body.tender, k: body.k, openers: body.openers }, "");
    return body;
  } catch (error) {
    if (!(error instanceof SealError || error instanceof TypeError)) throw error;
    throw new CeremonyError("not a tender's signed notice", { where: "notice" });
  }
}

const ownReleases = (given, keys) =>
  Promise.all(given.releases.map(async (written) => {
    const data = utf8(written);
    const body = await signed(data, keys.sign_public, "sealed-bid-release/1", "releases");
    return { body, hash: await documentHash(data) };
  }));

/**
 * Hold a request against the close and, for seeds, the call; one for prices against the signed technical result. What
 * an earlier request listed stays on the list, whether a later result lets it pass or not: it is open.
 */
function checkRequest(asked, before, { close, closeHash, call, results }, now, where) {
  if (asked.tender !== close.tender || asked.close !== closeHash) {
    throw new CeremonyError("a request of another tender or close", { where });
  }
  if (asked.envelope.endsWith("second-commercial")) {
    throw new CeremonyError("this program opens no second quotes", { where });
  }
  if (asked.envelope.startsWith("reveal-") !== Boolean(call)) {
    throw new CeremonyError("seeds are asked for after a call, and then nothing else", { where });
  }
  if (call) checkHour(call.body.due_at, asked, now, "call");
  if (!asked.envelope.endsWith("commercial")) return;
  where = `${where}.result`;
  const result = results.get(asked.result);
  if (result?.lot !== asked.lot || result.close !== closeHash) {
    throw new CeremonyError("a result of another lot or close", { where });
  }
  const may = new Set([...result.passed, ...before]);
  const listed = new Set(asked.list.map((entry) => entry.bid));
  if (![...listed].every((bid) => may.has(bid)) || !(call || listed.size === may.size)) {
    throw new CeremonyError("prices are asked for of other bids than those that passed", { where });
  }
  if ([...results.values()].some((later) => later.previous === asked.result)) {
    throw new CeremonyError("the technical result no longer stands: its bids were judged again", { where });
  }
  checkHour(result.final_at, asked, now, where);
}

/** A request signed before its hour is crooked; one that is early by this machine's clock alone may be its fault. */
function checkHour(hour, { issued_at: issuedAt }, now, where) {
  if (Date.parse(hour) > Date.parse(issuedAt)) throw new CeremonyError("asked for before its hour had come", { where });
  if (Date.parse(hour) > now) throw new DeskError("by the clock of this machine the hour has not come", { where: "clock" });
}

/**
 * The hashes of the requests before a further one. Each names the one before it, contains its list, and rests on a
 * result that follows from that one's; whatever this opener has answered of the same envelopes must be among them.
 */
function requestsBefore(request, answered, { earlier, results }, where) {
  const chain = [];
  for (let asked = request; asked.previous; asked = earlier.get(asked.previous)) {
    const before = earlier.get(asked.previous);
    if (!before || !continues(asked, before, results)) {
      throw new CeremonyError("a further request that does not continue the one before it", { where });
    }
    chain.push(asked.previous);
  }
  const same = answered.filter((hash) => !earlier.has(hash) || isAbout(earlier.get(hash)) === isAbout(request));
  if (!same.every((hash) => chain.includes(hash))) {
    throw new CeremonyError("you have answered another request for these envelopes", { where });
  }
  return chain;
}

function continues(asked, before, results) {
  const entries = new Set(asked.list.map((entry) => JSON.stringify(entry)));
  const contains = before.list.every((entry) => entries.has(JSON.stringify(entry)));
  let result = asked.result;
  while (result && result !== before.result) result = results.get(result)?.previous;
  return isAbout(asked) === isAbout(before) && asked.number === before.number + 1 && result === before.result && contains;
}

const isAbout = ({ lot, envelope }) => `${lot} ${envelope}`;

async function checkedEntries(asked, given, published, where) {
  if (given.length !== asked.list.length) {
    throw new CeremonyError("not as many entries as the request lists", { where });
  }
  const entries = [];
  for (const [position, entry] of given.entries()) {
    entries.push(await checkedEntry(asked, asked.list[position], entry, published, `${where}.entries[${position}]`));
  }
  return entries;
}

/** One envelope: its receipt is in the close, its header is what receipt, request and notice say. */
async function checkedEntry(asked, listed, entry, { terms, server, close, call, sealedTo }, where) {
  const data = utf8(entry.receipt);
  const receipt = await signed(data, server, "sealed-bid-receipt/1", where);
  const leafHash = await leaf(data.slice(0, data.indexOf(10)));
  if (leafHash !== listed.leaf || entry.count !== close.count) {
    throw new CeremonyError("a receipt that the request does not list", { where });
  }
  if (!(await includes(close.root, leafHash, entry))) {
    throw new CeremonyError("a receipt that the close does not contain", { where });
  }
  const { bid, supplier, version, com } = listed;
  const own = { bid, supplier, version, tender: asked.tender, lot: asked.lot };
  const sealed = receipt[asked.envelope.replace("reveal-", "")];
  if (!agrees(receipt, { ...own, terms }) || sealed?.com !== com || sealed.sha256 !== listed.sha256) {
    throw new CeremonyError("a receipt of another bid", { where });
  }
  if (!entry.header) return { bid, header: new Uint8Array(0), seal: new Uint8Array(0) };
  const headerBytes = utf8(entry.header);
  const header = await readHeader(headerBytes);
  // The commitment of a seed stands nowhere else: it opens the file of this one, or nothing.
  if (!agrees(header, { ...own, ...sealedTo, envelope: asked.envelope, ...(call ? {} : { com }) })) {
    throw new CeremonyError("an envelope of another bid or key list", { where });
  }
  return { bid, header: headerBytes, seal: bytes(entry.seal) };
}

const agrees = (found, wanted) =>
  Object.entries(wanted).every(([name, value]) => JSON.stringify(found[name]) === JSON.stringify(value));

async function signed(data, point, kind, where) {
  let body;
  try {
    body = await readDocument(data, [point]);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new CeremonyError(error.message, { where });
  }
  if (body.format !== kind) throw new CeremonyError(`not a document ${kind}`, { where });
  return body;
}
