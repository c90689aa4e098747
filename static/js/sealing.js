// Sealed bids, format `sealed-bid/1`, in the browser: WebCrypto and nothing else, no page and no network.
//
// The same functions as the Python package `tenders/sealing`, under the same names and byte for byte alike; the
// format is described in docs/sealed-bids.md. Digests, ids and public keys are lower-case hex texts; secrets and
// files are Uint8Array. What is random comes from the browser; the parameters that fix it are for test vectors.
//
// Private P-256 keys travel with their public point, because WebCrypto does not compute one from the other. So
// a key is a pair, and a pair that was read is held against itself before it is believed.
//
// In this order: faults, bytes, canonical JSON, shapes, cryptography, shares, payloads, envelope, opening,
// openers' keys, attachments, documents, tree.

/**
 * @typedef {{scalar: Uint8Array, point: Uint8Array}} KeyPair  P-256: 32 bytes big-endian, 65 bytes uncompressed.
 * @typedef {{tender: string, lot: string, terms: string, k: number, openers: string[], minimum_pad?: number}} Notice
 *   What the notice fixes for one envelope of a lot, as the API answers it; `minimum_pad` in bytes.
 * @typedef {{supplier: string, bid: string, version: number, envelope: string}} Slot  Whose envelope it is.
 * @typedef {{header: object, file: Uint8Array, seed: Uint8Array, digest: string, com: string}} SealedEnvelope
 *   `seed` opens the file without any opener; `digest` is the file's SHA-256, `com` its commitment.
 * @typedef {{header: object, headerBytes: Uint8Array, seals: Uint8Array[], head: Uint8Array, body: Uint8Array}}
 *   ParsedEnvelope  `seals` in the order of the openers; `head` is everything before the body.
 * @typedef {{ecdh: string, ecdh_public: string, sign: string, sign_public: string, tender: string}} OpenerKeys
 *   An opener's keys for one tender in hex, as a key file locks them: P-256 to open, Ed25519 to sign.
 */

export const FORMAT = "sealed-bid/1";
export const MAGIC = Uint8Array.of(0x53, 0x42, 0x49, 0x44, 0x31, 0x0d, 0x0a, 0x1a);
export const BLOB_MAGIC = Uint8Array.of(0x53, 0x42, 0x4c, 0x42, 0x31, 0x0d, 0x0a, 0x1a);
export const PADS = [4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];
const MAX_HEADER = 16_384;
const MAX_DEPTH = 32;
const POINT_BYTES = 65;
const SEAL_BYTES = 113;
const SHARE_BYTES = 32;
const TAG_BYTES = 16;
const EMPTY = new Uint8Array(0);
const ZERO_NONCE = new Uint8Array(12);

// --- What can be wrong, and whose fault it is. No message holds a value that was read. ---

/** Sealed material was refused: `where` names the part, `opener` a position from 1, `party` who answers for it. */
export class SealError extends Error {
  constructor(message, { where = "", opener = null } = {}) {
    super(message);
    this.name = this.constructor.name;
    this.party = this.constructor.party ?? "";
    this.where = where;
    this.opener = opener;
  }
}
/** Bytes or values that are not of the format they claim to be. */
export class FormatError extends SealError {}
/** Something sealed was about to be sealed a second time. */
export class AlreadySealedError extends SealError { static party = "bidder"; }
/** An envelope whose header differs from the notice, or whose points lie off the curve. */
export class UploadError extends SealError { static party = "bidder"; }
/** A content that cannot be read as an offer. */
export class PayloadError extends SealError { static party = "bidder"; }
/** An attachment that does not open under its key, or is not as long as promised. */
export class AttachmentError extends SealError { static party = "bidder"; }
/** An opener's key, position or share that does not belong to the envelope. */
export class ShareError extends SealError {}
/** A key file that does not open: the code is wrong or the file is damaged (the two look alike). */
export class CodeError extends SealError {}
/** A document without the signatures it needs. */
export class SignatureError extends SealError {}

// --- Bytes ---

/** Bytes as lower-case hex. */
export const hex = (data) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The bytes of a lower-case hex text; throws FormatError. */
export function bytes(text) {
  if (typeof text !== "string" || !/^(?:[0-9a-f]{2})*$/.test(text)) throw new FormatError("not lower-case hex");
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

/** Whether two byte strings are the same. */
export const same = (left, right) => left.length === right.length && left.every((byte, at) => byte === right[at]);

const utf8 = (text) => new TextEncoder().encode(text);

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

/** A whole number as `length` bytes, the highest first. */
const bigEndian = (value, length) =>
  Uint8Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256);

const readU32 = (data) => new DataView(data.buffer, data.byteOffset, 4).getUint32(0);

const base64url = (data) =>
  btoa(String.fromCharCode(...data)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

// --- Canonical JSON: one value, one sequence of bytes ---

/** Encode a value as its only canonical bytes; throws FormatError for what has no form here. */
export const canonicalJson = (value) => utf8(written(value, 0));

/** Decode canonical bytes; throws FormatError for any that do not encode back to themselves. */
export function readCanonical(data) {
  let value;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data));
  } catch {
    // The parser's own error quotes what it read: it ends here.
    throw new FormatError("not JSON");
  }
  if (!same(canonicalJson(value), data)) throw new FormatError("not canonical JSON");
  return value;
}

const isRecord = (value) => Object.prototype.toString.call(value) === "[object Object]";

function written(value, depth) {
  if (depth > MAX_DEPTH) throw new FormatError("nested too deeply");
  if (Array.isArray(value)) return `[${Array.from(value, (item) => written(item, depth + 1)).join(",")}]`;
  if (isRecord(value)) {
    const names = Object.keys(value).sort();
    if (!names.every((name) => /^[\0-\x7f]*$/.test(name))) throw new FormatError("a key is not ASCII text");
    return `{${names.map((name) => `${JSON.stringify(name)}:${written(value[name], depth + 1)}`).join(",")}}`;
  }
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) throw new FormatError("a text holds half a surrogate pair");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isInteger(value)) throw new FormatError("a number is not whole");
    if (!Number.isSafeInteger(value)) throw new FormatError("an integer is 2^53 or more in size");
    return String(value);
  }
  if (value === null || typeof value === "boolean") return String(value);
  throw new FormatError("neither object, array, text, integer, true, false nor null");
}

// --- Shapes: a check takes a value and the name of its place, and throws FormatError naming the place ---

const refuse = (where, says) => { throw new FormatError(`${where}: ${says}`, { where }); };

const record = (fields) => (value, where) => {
  const names = Object.keys(fields).sort().join(", ");
  if (!isRecord(value) || Object.keys(value).sort().join(", ") !== names) refuse(where, `exactly the fields ${names}`);
  for (const [name, check] of Object.entries(fields)) check(value[name], where ? `${where}.${name}` : name);
};

const listing = (item, most = Infinity) => (value, where) => {
  if (!Array.isArray(value) || value.length > most) {
    refuse(where, "an array" + (most < Infinity ? ` of at most ${most}` : ""));
  }
  value.forEach((entry, index) => item(entry, `${where}[${index}]`));
};

const matching = (pattern, says) => (value, where) => {
  if (typeof value !== "string" || !pattern.test(value)) refuse(where, says);
};

const number = (least, most = Number.MAX_SAFE_INTEGER) => (value, where) => {
  if (!Number.isInteger(value) || value < least || value > most) refuse(where, `an integer from ${least} to ${most}`);
};

const choice = (...values) => (value, where) => {
  if (!values.includes(value)) refuse(where, `one of ${values.join(", ")}`);
};

/** A text of 1 to `most` characters, each counted once however JavaScript stores it. */
const text = (most) => (value, where) => {
  const fits = typeof value === "string" && value !== "" && [...value].length <= most;
  if (!fits) refuse(where, `a text of 1 to ${most} characters`);
};

const anything = () => {};

const hexadecimal = (count) => matching(new RegExp(`^[0-9a-f]{${2 * count}}$`), `${count} bytes in lower-case hex`);

const REFERENCE = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "a reference of 1 to 64 characters");
const HASH = hexadecimal(32);

// --- Cryptography: HKDF, AES-GCM, P-256, HPKE base mode with a given ephemeral key ---

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const HPKE_VERSION = utf8("HPKE-v1");
const KEM_ID = join(utf8("KEM"), Uint8Array.of(0, 0x10));
const HPKE_ID = join(utf8("HPKE"), Uint8Array.of(0, 0x10, 0, 0x01, 0, 0x02));
const subtle = globalThis.crypto.subtle;

/** The format's domain separation: "sealed-bid/1 ", the name, a zero byte. */
export const label = (name) => utf8(`${FORMAT} ${name}\0`);

/** SHA-256 in hex. */
export const sha256 = async (data) => hex(await digest(data));

const digest = async (data) => new Uint8Array(await subtle.digest("SHA-256", data));

/** HKDF-Extract with SHA-256 (RFC 5869). WebCrypto has no empty key: 32 zero bytes are the same. */
export function extract(salt, material) {
  return hmac(salt.length ? salt : new Uint8Array(32), material);
}

/** HKDF-Expand with SHA-256 for up to 32 bytes: one block is all the format ever needs. */
export async function expand(prk, info, length = 32) {
  return (await hmac(prk, join(info, Uint8Array.of(1)))).slice(0, length);
}

async function hmac(key, data) {
  const imported = await subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", imported, data));
}

/** AES-256-GCM. The nonce is fixed because every key of the format seals one message. */
export async function encrypt(key, plain, { nonce = ZERO_NONCE, aad = EMPTY } = {}) {
  const imported = await subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, imported, plain));
}

/** The plaintext, or null where the key does not fit or a bit was changed. */
export async function decrypt(key, sealed, { nonce = ZERO_NONCE, aad = EMPTY } = {}) {
  const imported = await subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  try {
    return new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, imported, sealed));
  } catch {
    return null;
  }
}

/** Bytes from the browser's generator. */
export const freshSecret = (length = 32) => crypto.getRandomValues(new Uint8Array(length));

/** A fresh P-256 key pair. */
export async function freshPair() {
  const { privateKey } = await subtle.generateKey(CURVE, true, ["deriveBits"]);
  const { d, x, y } = await subtle.exportKey("jwk", privateKey);
  return { scalar: fromBase64url(d), point: join(Uint8Array.of(4), fromBase64url(x), fromBase64url(y)) };
}

async function publicPoint(point) {
  if (point.length !== POINT_BYTES) throw new FormatError("not an uncompressed P-256 point");
  try {
    return await subtle.importKey("raw", point, CURVE, true, []);
  } catch {
    throw new FormatError("not a point of P-256");
  }
}

async function privateKey({ scalar, point }) {
  const [x, y] = [point.slice(1, 33), point.slice(33)].map(base64url);
  const jwk = { kty: "EC", crv: "P-256", d: base64url(scalar), x, y };
  try {
    return await subtle.importKey("jwk", jwk, CURVE, false, ["deriveBits"]);
  } catch {
    throw new FormatError("not a P-256 private key");
  }
}

async function agree(pair, point) {
  const parties = { name: "ECDH", public: await publicPoint(point) };
  return new Uint8Array(await subtle.deriveBits(parties, await privateKey(pair), 256));
}

/** Whether a pair's point is its scalar's: both must agree on one secret with a stranger. */
async function belongs(pair) {
  const stranger = await freshPair();
  try {
    return same(await agree(pair, stranger.point), await agree(stranger, pair.point));
  } catch {
    return false;
  }
}

/** HPKE base mode, single shot, no associated data, to a public point: the ephemeral point and the ciphertext. */
export async function hpkeSeal(plain, { to, info, ephemeral }) {
  const { key, nonce } = await hpkeSender({ to, info, ephemeral });
  return join(ephemeral.point, await encrypt(key, plain, { nonce }));
}

/** The sender's side of HPKE base mode: the key and the first nonce. */
export const hpkeSender = async ({ to, info, ephemeral }) =>
  hpkeSchedule(await agree(ephemeral, to), join(ephemeral.point, to), info);

/** The plaintext of an HPKE seal, or null where key, info or bytes do not fit. `key` is the receiver's pair. */
export async function hpkeOpen(sealed, { key: pair, info }) {
  const enc = sealed.slice(0, POINT_BYTES);
  let shared;
  try {
    shared = await agree(pair, enc);
  } catch {
    return null;
  }
  const { key, nonce } = await hpkeSchedule(shared, join(enc, pair.point), info);
  return decrypt(key, sealed.slice(POINT_BYTES), { nonce });
}

async function hpkeSchedule(agreed, points, info) {
  const shared = await expanded(KEM_ID, await labelled(KEM_ID, EMPTY, "eae_prk", agreed), "shared_secret", points, 32);
  const context = join(
    Uint8Array.of(0),
    await labelled(HPKE_ID, EMPTY, "psk_id_hash", EMPTY),
    await labelled(HPKE_ID, EMPTY, "info_hash", info),
  );
  const secret = await labelled(HPKE_ID, shared, "secret", EMPTY);
  const key = await expanded(HPKE_ID, secret, "key", context, 32);
  return { key, nonce: await expanded(HPKE_ID, secret, "base_nonce", context, 12) };
}

const labelled = (suite, salt, name, material) => extract(salt, join(HPKE_VERSION, suite, utf8(name), material));

const expanded = (suite, prk, name, info, length) =>
  expand(prk, join(bigEndian(length, 2), HPKE_VERSION, suite, utf8(name), info), length);

// --- Shamir's sharing, bytewise in GF(2^8) with the polynomial x^8 + x^4 + x^3 + x + 1 ---

function times(left, right) {
  let product = 0;
  for (; right; right >>= 1) {
    if (right & 1) product ^= left;
    left = (left << 1) ^ (left & 0x80 ? 0x11b : 0);
  }
  return product;
}

function inverse(value) {
  let found = 1;
  while (times(value, found) !== 1) found += 1;
  return found;
}

/** The shares 1..count of a secret: share i = secret + a_1·i + … + a_(k-1)·i^(k-1), in an array from 0. */
export function split(secret, coefficients, count) {
  const falling = [secret, ...coefficients].reverse();
  const share = (position) => secret.map((_, at) => falling.reduce((sum, one) => times(sum, position) ^ one[at], 0));
  return Array.from({ length: count }, (_, index) => share(index + 1));
}

/** The secret behind a Map of shares by position (Lagrange at 0). Wrong or too few shares give a wrong secret. */
export function combine(shares) {
  const secret = new Uint8Array(SHARE_BYTES);
  for (const [position, share] of shares) {
    const others = [...shares.keys()].filter((other) => other !== position);
    const weight = others.reduce((product, other) => times(product, times(other, inverse(other ^ position))), 1);
    share.forEach((byte, at) => { secret[at] ^= times(byte, weight); });
  }
  return secret;
}

// --- Payloads: what lies inside. Canonical JSON, never compressed; prices are texts with six decimals ---

const ATTACHMENTS = listing(record({ key: HASH, name: text(255), size: number(0) }));
const OFFER = record({
  currency: matching(/^[A-Z]{3}$/, "a currency of three capitals"),
  pack: matching(/^[1-9][0-9]{0,8}$/, "a whole number of base units"),
  price: matching(/^(?:0|[1-9][0-9]{0,11})\.[0-9]{6}$/, "a price with exactly six decimals"),
});
const ANSWERS = listing(record({ criterion: text(255), value: anything }));
const REVEAL = record({ seed: HASH, sha256: HASH });
const PAYLOADS = {
  technical: record({ answers: ANSWERS, attachments: ATTACHMENTS }),
  commercial: record({ attachments: ATTACHMENTS, offer: OFFER }),
  "reveal-technical": REVEAL,
  "reveal-commercial": REVEAL,
};

/** Write a technical payload: `answers` is `[{criterion, value}]`, `attachments` `[{key, name, size}]`. */
export const technicalPayload = (answers, attachments = []) => checkedPayload({ answers, attachments }, "technical");

/** Write a commercial payload: `offer` is `{currency, pack, price}`, all texts. */
export const commercialPayload = (offer, attachments = []) => checkedPayload({ attachments, offer }, "commercial");

function checkedPayload(body, envelope) {
  const payload = asPayload(() => canonicalJson(body));
  readPayload(payload, envelope, body.attachments.length);
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

// --- The envelope: its header, its file, sealing a payload, what an upload must agree with ---

const HEADER = record({
  bid: REFERENCE,
  blobs: listing(HASH, 64),
  com: HASH,
  envelope: choice(...Object.keys(PAYLOADS)),
  format: choice(FORMAT),
  k: number(2, 15),
  lot: REFERENCE,
  openers: listing(hexadecimal(POINT_BYTES), 15),
  pad: choice(...PADS),
  supplier: REFERENCE,
  tender: REFERENCE,
  terms: HASH,
  version: number(1, 999_999),
});

/** Read the canonical JSON of a header; throws FormatError. */
export async function readHeader(data) {
  if (data.length > MAX_HEADER) throw new FormatError("the header is too long", { where: "header" });
  return checkedHeader(readCanonical(data));
}

async function checkedHeader(header) {
  HEADER(header, "");
  if (header.k > header.openers.length) throw new FormatError("k: more openers needed than named", { where: "k" });
  if (new Set(header.openers).size < header.openers.length) {
    throw new FormatError("openers: the same key twice", { where: "openers" });
  }
  for (const point of header.openers) await publicPoint(bytes(point));
  return Object.freeze(header);
}

/** Whether the bytes begin like a sealed envelope or attachment; such a file is never sealed again. */
export const looksSealed = (data) => [MAGIC, BLOB_MAGIC].some((magic) => same(magic, data.slice(0, 8)));

/** The smallest body length in bytes that fits a payload and is no less than the minimum; throws PayloadError. */
export function fittingPad(payloadLength, openers, minimum = PADS[0]) {
  const pad = PADS.find((fits) => fits >= Math.max(4 + 32 * openers + payloadLength, minimum));
  if (!pad) throw new PayloadError("the payload is too long for an envelope", { where: "payload" });
  return pad;
}

/**
 * Seal a payload to the notice's openers.
 * @param {Uint8Array} payload  canonical JSON
 * @param {Notice} notice
 * @param {Slot} slot
 * @param {{blobs?: string[], seed?: Uint8Array, ephemerals?: KeyPair[]}} options  `blobs` are the attachments' ids
 *   in order; `seed` and `ephemerals` are for test vectors only.
 * @returns {Promise<SealedEnvelope>}
 * @throws AlreadySealedError for a sealed file, PayloadError for a payload that nobody could read, FormatError for
 *   references, keys or numbers that the format has no place for
 */
export async function seal(payload, notice, slot, { blobs = [], seed = freshSecret(), ephemerals } = {}) {
  if (looksSealed(payload)) throw new AlreadySealedError("this is sealed already", { where: "payload" });
  readPayload(payload, slot.envelope, blobs.length);
  const header = await checkedHeader({
    bid: slot.bid,
    blobs: [...blobs],
    com: "0".repeat(64),
    envelope: slot.envelope,
    format: FORMAT,
    k: notice.k,
    lot: notice.lot,
    openers: [...notice.openers],
    pad: fittingPad(payload.length, notice.openers.length, notice.minimum_pad),
    supplier: slot.supplier,
    tender: notice.tender,
    terms: notice.terms,
    version: slot.version,
  });
  return assemble(header, payload, seed, ephemerals ?? (await Promise.all(header.openers.map(freshPair))));
}

/** The same, opened again before anybody is told that it is sealed; throws SealError where it does not open. */
export async function sealAndReopen(payload, notice, slot, options = {}) {
  const sealed = await seal(payload, notice, slot, options);
  const verdict = await openWithSeed(sealed.file, sealed.seed);
  if (verdict.outcome !== OPENED || !same(verdict.payload, payload)) {
    throw new SealError("the sealed envelope does not open again");
  }
  return sealed;
}

/** Build the one file that header, payload, seed and ephemeral pairs determine; `com` is computed anew. */
export async function assemble(header, payload, seed, ephemerals) {
  const full = Object.freeze({ ...header, com: await commitment(header, payload, seed) });
  const headerBytes = canonicalJson(full);
  const shares = await sharesOf(seed, full);
  const infos = await Promise.all(shares.map((_, index) => shareInfo(headerBytes, index + 1)));
  const seals = await Promise.all(
    shares.map((share, index) =>
      hpkeSeal(share, { to: bytes(full.openers[index]), info: infos[index], ephemeral: ephemerals[index] })),
  );
  const head = frame(headerBytes, seals);
  const plain = new Uint8Array(full.pad);
  plain.set(join(bigEndian(payload.length, 4), ...ephemerals.map((pair) => pair.scalar), payload));
  const file = join(head, await encrypt(await bodyKey(seed, head), plain));
  return { header: full, file, seed, digest: await sha256(file), com: full.com };
}

/** The commitment to this payload under this header: no second payload has the same. */
export async function commitment(header, payload, seed) {
  const { com: _, ...context } = header;
  const r = await expand(await extract(utf8(FORMAT), seed), label("r"));
  return sha256(join(label("com"), r, await digest(canonicalJson(context)), payload));
}

/** Magic, header length, header and seals. */
export const frame = (headerBytes, seals) => join(MAGIC, bigEndian(headerBytes.length, 4), headerBytes, ...seals);

/** Every opener's share of the seed, in the order of the openers: nothing in them is left to chance. */
export async function sharesOf(seed, header) {
  const prk = await extract(utf8(FORMAT), seed);
  const powers = Array.from({ length: header.k - 1 }, (_, index) => index + 1);
  const coefficients = await Promise.all(powers.map((j) => expand(prk, join(label("coef"), Uint8Array.of(j)))));
  return split(seed, coefficients, header.openers.length);
}

/** What binds a seal to its envelope and to its opener's position. */
export const shareInfo = async (headerBytes, position) =>
  join(label("share"), await digest(headerBytes), Uint8Array.of(position));

/** The body's key, bound to everything that stands before the body. */
export const bodyKey = async (seed, head) =>
  expand(await extract(utf8(FORMAT), seed), join(label("key"), await digest(head)));

/**
 * Take a file apart; throws FormatError unless magic, header and every length are exactly right.
 * @returns {Promise<ParsedEnvelope>}
 */
export async function parse(file) {
  if (!same(file.slice(0, 8), MAGIC)) throw new FormatError("not a sealed envelope", { where: "magic" });
  const end = 12 + (file.length < 12 ? 0 : readU32(file.slice(8, 12)));
  const headerBytes = file.slice(12, end);
  const header = await readHeader(headerBytes);
  const start = end + SEAL_BYTES * header.openers.length;
  if (file.length !== start + header.pad + TAG_BYTES) {
    throw new FormatError("cut short, or something follows", { where: "length" });
  }
  const seals = header.openers.map((_, index) => file.slice(end + SEAL_BYTES * index, end + SEAL_BYTES * (index + 1)));
  return { header, headerBytes, seals, head: file.slice(0, start), body: file.slice(start) };
}

/** Refuse an envelope that is not this slot's under this notice; throws UploadError naming the field. */
export async function checkUpload({ header, seals }, notice, slot) {
  const { tender, lot, terms, k, openers, minimum_pad: minimum = PADS[0] } = notice;
  const { supplier, bid, version, envelope } = slot;
  for (const [name, wanted] of Object.entries({ tender, lot, terms, k, openers, supplier, bid, version, envelope })) {
    if (JSON.stringify(header[name]) !== JSON.stringify(wanted)) {
      throw new UploadError(`${name}: not what the notice and the seat say`, { where: name });
    }
  }
  if (header.pad < minimum) throw new UploadError("pad: below the notice's minimum", { where: "pad" });
  for (const [index, sealed] of seals.entries()) {
    await publicPoint(sealed.slice(0, POINT_BYTES)).catch(() => {
      throw new UploadError("a seal's point is off the curve", { where: "seals", opener: index + 1 });
    });
  }
}

// --- Opening: combine, decrypt, seal again, compare every byte ---

export const OPENED = "opened";
export const BIDDER_FAULT = "bidder-fault";
export const UNREADABLE = "unreadable";

/**
 * An opener's 32-byte share from the header and its own seal, all that an opener is ever given.
 * @param {Uint8Array} headerBytes  as received
 * @param {Uint8Array} sealed  113 bytes
 * @param {{position: number, key: OpenerKeys}} opener
 * @throws ShareError if the key is not the one named at this position, or the seal does not open under it
 */
export async function releaseShare(headerBytes, sealed, { position, key }) {
  const header = await readHeader(headerBytes);
  const pair = { scalar: bytes(key.ecdh), point: bytes(key.ecdh_public) };
  if (!Number.isInteger(position) || position < 1 || position > header.openers.length) {
    throw new ShareError("the envelope has no opener at this position", { where: "position", opener: position });
  }
  if (key.ecdh_public !== header.openers[position - 1] || !(await belongs(pair))) {
    throw new ShareError("not the key that the envelope names here", { where: "key", opener: position });
  }
  const share = await hpkeOpen(sealed, { key: pair, info: await shareInfo(headerBytes, position) });
  if (!share) throw new ShareError("the seal does not open", { where: "seal", opener: position });
  return share;
}

/**
 * Open a file with a Map of the shares released so far, by position of the opener. Every k of them are tried.
 * @returns {Promise<{outcome: string, header: object, digest: string, wrongOpeners: number[], missing: number,
 *   payload: ?Uint8Array, seed: ?Uint8Array, ephemerals: Uint8Array[]}>}  `missing` is how many shares are too few
 * @throws FormatError for a file that no upload would have let in, ShareError for a share that is none
 */
export async function openEnvelope(file, shares) {
  const parsed = await parse(file);
  const { header } = parsed;
  for (const [position, share] of shares) {
    if (position < 1 || position > header.openers.length || share.length !== SHARE_BYTES) {
      throw new ShareError("not a share of this envelope", { opener: position });
    }
  }
  let suspect = null;
  for (const seed of candidates(shares, header.k)) {
    const verdict = await attempt(file, parsed, seed);
    if (verdict.outcome === OPENED) return { ...verdict, wrongOpeners: await wrongOpeners(seed, header, shares) };
    if (verdict.outcome === BIDDER_FAULT) suspect ??= verdict;
  }
  return suspect ?? verdictOf(UNREADABLE, header, await sha256(file), { missing: Math.max(0, header.k - shares.size) });
}

/** Open a file with the seed itself. UNREADABLE means that the seed is not this file's. */
export async function openWithSeed(file, seed) {
  if (seed.length !== SHARE_BYTES) throw new FormatError("a seed has 32 bytes", { where: "seed" });
  return attempt(file, await parse(file), seed);
}

function* candidates(shares, k) {
  const tried = new Set();
  for (const positions of combinations([...shares.keys()].sort((a, b) => a - b), k)) {
    const seed = combine(new Map(positions.map((position) => [position, shares.get(position)])));
    if (!tried.has(hex(seed))) yield seed;
    tried.add(hex(seed));
  }
}

function* combinations(items, count) {
  if (count === 0) yield [];
  else for (const [index, item] of items.entries()) {
    for (const rest of combinations(items.slice(index + 1), count - 1)) yield [item, ...rest];
  }
}

const verdictOf = (outcome, header, digest, more = {}) =>
  ({ outcome, header, digest, wrongOpeners: [], missing: 0, payload: null, seed: null, ephemerals: [], ...more });

async function attempt(file, parsed, seed) {
  const { header, seals } = parsed;
  const digest = await sha256(file);
  const plain = await decrypt(await bodyKey(seed, parsed.head), parsed.body);
  if (!plain) return verdictOf(UNREADABLE, header, digest);
  const start = 4 + 32 * seals.length;
  const ephemerals = seals.map((_, index) => plain.slice(4 + 32 * index, 36 + 32 * index));
  const payload = plain.slice(start, start + readU32(plain));
  const pairs = ephemerals.map((scalar, index) => ({ scalar, point: seals[index].slice(0, POINT_BYTES) }));
  if (!(await reproduced(file, header, payload, seed, pairs))) {
    return verdictOf(BIDDER_FAULT, header, digest, { seed });
  }
  return verdictOf(OPENED, header, digest, { payload, seed, ephemerals });
}

async function reproduced(file, header, payload, seed, pairs) {
  for (const pair of pairs) if (!(await belongs(pair))) return false;
  return same((await assemble(header, payload, seed, pairs)).file, file);
}

async function wrongOpeners(seed, header, shares) {
  const right = await sharesOf(seed, header);
  const positions = [...shares.keys()].sort((a, b) => a - b);
  return positions.filter((position) => !same(shares.get(position), right[position - 1]));
}

// --- An opener's keys and a bidder's recovery file, locked under a generated code of 80 bits ---

export const KEY_FORMAT = "sealed-bid-key/1";
export const ITERATIONS = 1_000_000;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const KEY_FRONT = {
  format: choice(KEY_FORMAT),
  iterations: number(600_000, 10_000_000),
  kind: choice("opener", "recovery"),
  salt: hexadecimal(16),
};
const KEY_FILE = record({
  box: matching(/^(?:[0-9a-f]{2}){16,65536}$/, "sealed bytes in lower-case hex"),
  ...KEY_FRONT,
});
const OPENER = record({
  ecdh: HASH,
  ecdh_public: hexadecimal(POINT_BYTES),
  sign: HASH,
  sign_public: HASH,
  tender: REFERENCE,
});

/** Fresh keys of one opener for one tender. @returns {Promise<OpenerKeys>} */
export async function makeKeyPair(tender) {
  REFERENCE(tender, "tender");
  const { scalar, point } = await freshPair();
  const signing = await subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  const { d, x } = await subtle.exportKey("jwk", signing.privateKey);
  const sign = hex(fromBase64url(d));
  return { ecdh: hex(scalar), ecdh_public: hex(point), sign, sign_public: hex(fromBase64url(x)), tender };
}

/** What a key file of kind "opener" held; throws FormatError if a public key is not its private key's. */
export async function keysFromSecret(secret) {
  OPENER(secret, "");
  const pair = { scalar: bytes(secret.ecdh), point: bytes(secret.ecdh_public) };
  const proof = await sign(secret, EMPTY).catch(() => "");
  if (!(await belongs(pair)) || !(await signatureHolds(secret.sign_public, proof, EMPTY))) {
    throw new FormatError("a public key is not its private key's", { where: "ecdh_public" });
  }
  return secret;
}

/** What a bidder's recovery file locks: seed and digest of each envelope of one version of a bid. */
export function recoverySecret(...envelopes) {
  const { bid, lot, supplier, tender, version } = envelopes[0].header;
  const seeds = envelopes.map((one) => [one.header.envelope, { seed: hex(one.seed), sha256: one.digest }]);
  return { bid, envelopes: Object.fromEntries(seeds), lot, supplier, tender, version };
}

/** A fresh code: 16 Crockford base32 characters (80 bits) in groups of four. */
export function generateCode() {
  const symbols = Array.from(freshSecret(16), (byte) => ALPHABET[byte % 32]).join("");
  return symbols.match(/.{4}/g).join("-");
}

/** The 16 characters a person meant: case, hyphens and blanks do not matter, O is 0, I and L are 1. */
export function normaliseCode(typed) {
  const code = typed.replace(/[-\s]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  if (code.length !== 16 || ![...code].every((sign) => ALPHABET.includes(sign))) {
    throw new CodeError("a code has 16 letters and digits, and no U", { where: "code" });
  }
  return code;
}

/**
 * Lock a secret into a key file of kind "opener" or "recovery". `salt` is for test vectors only.
 * @throws CodeError for a malformed code, FormatError for iterations outside 600,000 to 10,000,000
 */
export async function lock(secret, code, kind, { iterations = ITERATIONS, salt = freshSecret(16) } = {}) {
  const front = { format: KEY_FORMAT, iterations, kind, salt: hex(salt) };
  record(KEY_FRONT)(front, "");
  const key = await stretched(code, salt, iterations);
  const box = await encrypt(key, canonicalJson(secret), { aad: canonicalJson(front) });
  return canonicalJson({ ...front, box: hex(box) });
}

/**
 * Open a key file of this kind with its code; gives what was locked.
 * @throws FormatError for anything that is no such key file, CodeError for a wrong code or a damaged file
 */
export async function unlock(data, code, kind) {
  const file = readCanonical(data);
  KEY_FILE(file, "");
  if (file.kind !== kind) throw new FormatError(`a key file of another kind than ${kind}`, { where: "kind" });
  const { box, ...front } = file;
  const key = await stretched(code, bytes(front.salt), front.iterations);
  const plain = await decrypt(key, bytes(box), { aad: canonicalJson(front) });
  if (!plain) throw new CodeError("the code is not this file's, or the file is damaged", { where: "code" });
  return readCanonical(plain);
}

async function stretched(code, salt, iterations) {
  const imported = await subtle.importKey("raw", utf8(normaliseCode(code)), "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, imported, 256));
}

/** An Ed25519 signature in hex, by an opener's keys. */
export async function sign({ sign: seed, sign_public: point }, message) {
  const jwk = { kty: "OKP", crv: "Ed25519", d: base64url(bytes(seed)), x: base64url(bytes(point)) };
  const key = await subtle.importKey("jwk", jwk, "Ed25519", false, ["sign"]);
  return hex(new Uint8Array(await subtle.sign("Ed25519", key, message)));
}

/** Whether the Ed25519 signature (hex) is this public key's (hex) over this message. */
export async function signatureHolds(point, signature, message) {
  try {
    const key = await subtle.importKey("raw", bytes(point), "Ed25519", false, ["verify"]);
    return await subtle.verify("Ed25519", key, bytes(signature), message);
  } catch {
    return false;
  }
}

// --- Attachments: sealed in chunks under a key of their own, so that uploads can be resumed ---

const BLOCK = 65_536;
const CHUNK = 1_048_576;

/**
 * Seal a file, one chunk in memory at a time. `key` is for test vectors only.
 * @param {Blob} source
 * @returns {Promise<{id: string, size: number, length: number, key: Uint8Array, file: Blob}>}  `size` is that of the
 *   data, `length` that of the sealed file, both in bytes
 * @throws AlreadySealedError for a file that is sealed already
 */
export async function sealBlob(source, { key = freshSecret() } = {}) {
  const parts = [BLOB_MAGIC];
  let identity = BLOB_MAGIC;
  for await (const { chunk, index, last } of chunks(source, CHUNK)) {
    if (index === 0 && looksSealed(chunk)) {
      throw new AlreadySealedError("this file is sealed already", { where: "attachment" });
    }
    const plain = new Uint8Array(padded(chunk.length));
    plain.set(chunk);
    const sealed = await encrypt(key, plain, { nonce: chunkNonce(index, last) });
    identity = join(identity, await digest(sealed));
    // A Blob may rest on disk; an array would stay in memory.
    parts.push(new Blob([sealed]));
  }
  const file = new Blob(parts);
  return { id: await sha256(identity), size: source.size, length: file.size, key, file };
}

/** The id of a sealed attachment. It says which bytes these are, not that they open. */
export async function blobId(file) {
  let identity = BLOB_MAGIC;
  for await (const { chunk } of chunks(await pastMagic(file), CHUNK + TAG_BYTES)) {
    identity = join(identity, await digest(chunk));
  }
  return sha256(identity);
}

/** Open a sealed attachment with its key (32 bytes) and true size in bytes; throws AttachmentError. */
export async function openBlob(file, { key, size }) {
  const parts = [];
  let [wanted, remaining] = [size, padded(size)];
  for await (const { chunk, index, last } of chunks(await pastMagic(file), CHUNK + TAG_BYTES)) {
    const plain = await decrypt(key, chunk, { nonce: chunkNonce(index, last) });
    if (!plain) throw new AttachmentError("a chunk does not open", { where: "attachment" });
    if (!plain.length || plain.slice(wanted).some(Boolean)) throw wrongLength();
    parts.push(new Blob([plain.slice(0, wanted)]));
    wanted = Math.max(0, wanted - plain.length);
    remaining -= plain.length;
  }
  if (remaining) throw wrongLength();
  return new Blob(parts);
}

const wrongLength = () => new AttachmentError("not as long as the envelope says", { where: "attachment" });

const padded = (size) => Math.max(1, Math.ceil(size / BLOCK)) * BLOCK;

const chunkNonce = (index, last) => join(bigEndian(index, 11), Uint8Array.of(last ? 1 : 0));

async function pastMagic(file) {
  const magic = new Uint8Array(await file.slice(0, BLOB_MAGIC.length).arrayBuffer());
  if (!same(magic, BLOB_MAGIC)) throw new AttachmentError("not a sealed attachment", { where: "attachment" });
  return file.slice(BLOB_MAGIC.length);
}

/** Chunks of `size` bytes, each with whether it is the last; nothing at all is one empty last chunk. */
async function* chunks(source, size) {
  const count = Math.max(1, Math.ceil(source.size / size));
  for (let index = 0; index < count; index += 1) {
    const chunk = new Uint8Array(await source.slice(index * size, (index + 1) * size).arrayBuffer());
    yield { chunk, index, last: index === count - 1 };
  }
}

// --- Documents: one line of canonical JSON, then one line a signature ---
// The fields of a document are checked by whoever uses them; here only bytes and signatures are.

/** The id of an Ed25519 public key given in hex. */
export const keyId = async (point) => (await sha256(bytes(point))).slice(0, 16);

/** The hash of a signed document: SHA-256 of its first line, whoever has signed it. */
export const documentHash = (data) => sha256(data.slice(0, data.indexOf(10)));

/** Write a document signed with these keys (`sign`, `sign_public`), in their order. */
export async function signDocument(body, ...keys) {
  const line = canonicalJson(body);
  const signatures = keys.map(async (key) => `${await keyId(key.sign_public)}:${await sign(key, line)}\n`);
  return join(line, utf8("\n" + (await Promise.all(signatures)).join("")));
}

/** The body of a document that all these public keys (hex) signed, and nobody else; throws SignatureError. */
export async function readDocument(data, keys) {
  const end = data.indexOf(10);
  const line = data.slice(0, end);
  const lines = new TextDecoder().decode(data.slice(end + 1)).split("\n");
  if (end < 0 || lines.pop() !== "" || !lines.every((one) => /^[0-9a-f]{16}:[0-9a-f]{128}$/.test(one))) {
    throw new FormatError("a body and signatures, each on a line of its own", { where: "signatures" });
  }
  const body = readCanonical(line);
  const missing = new Map(await Promise.all(keys.map(async (point) => [await keyId(point), point])));
  for (const [signer, signature] of lines.map((one) => one.split(":"))) {
    if (!missing.has(signer)) {
      throw new SignatureError("signed by a stranger, or twice by the same key", { where: "signatures" });
    }
    if (!(await signatureHolds(missing.get(signer), signature, line))) {
      throw new SignatureError("a signature does not hold", { where: "signatures" });
    }
    missing.delete(signer);
  }
  if (missing.size || !lines.length) throw new SignatureError("a signature is missing", { where: "signatures" });
  return body;
}

// --- The Merkle tree over the receipts, checked as RFC 9162 section 2.1.3.2 ---

/** The leaf of a receipt's body bytes. */
export const leaf = (receipt) => sha256(join(Uint8Array.of(0), receipt));

/** Whether the path proves the leaf to be number `index` (from 0) of `count` under this root; hashes in hex. */
export async function includes(root, leafHash, { index, count, path }) {
  if (!(index >= 0 && index < count)) return false;
  let [place, last, computed] = [index, count - 1, leafHash];
  for (const sibling of path) {
    if (last === 0) return false;
    if (place % 2 || place === last) {
      computed = await node(sibling, computed);
      for (; place && place % 2 === 0; place /= 2) last = Math.floor(last / 2);
    } else {
      computed = await node(computed, sibling);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && computed === root;
}

/** The root over leaves in the order given (sort them first); of none it is the hash of nothing. */
export async function root(leaves) {
  if (leaves.length < 2) return leaves[0] ?? sha256(EMPTY);
  const half = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return node(await root(leaves.slice(0, half)), await root(leaves.slice(half)));
}

const node = (left, right) => sha256(join(Uint8Array.of(1), bytes(left), bytes(right)));
