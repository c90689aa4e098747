// The envelope: its header, its file, sealing a payload, what an upload must agree with.

import { AlreadySealedError, FormatError, PayloadError, UploadError } from "./errors.js";
import { bigEndian, bytes, join, readU32, same, utf8 } from "./bytes.js";
import {
  HASH, REFERENCE, canonicalJson, choice, hexadecimal, listing, number, readCanonical, record,
} from "./canonical.js";
import {
  FORMAT, POINT_BYTES, TAG_BYTES, digest, encrypt, expand, extract, freshPair, freshSecret, hpkeSeal, label, publicPoint,
  sha256, split,
} from "./primitives.js";
import { PAYLOADS, readPayload } from "./payloads.js";

/**
 * @typedef {{tender: string, lot: string, terms: string, k: number, openers: string[], minimum_pad?: number}} Notice
 *   What the notice fixes for one envelope of a lot, as the API answers it; `minimum_pad` in bytes.
 * @typedef {{supplier: string, bid: string, version: number, envelope: string}} Slot  Whose envelope it is.
 * @typedef {{header: object, file: Uint8Array, seed: Uint8Array, digest: string, com: string}} SealedEnvelope
 *   `seed` opens the file without any opener; `digest` is the file's SHA-256, `com` its commitment.
 * @typedef {{header: object, headerBytes: Uint8Array, seals: Uint8Array[], head: Uint8Array, body: Uint8Array}}
 *   ParsedEnvelope  `seals` in the order of the openers; `head` is everything before the body.
 */

export const MAGIC = Uint8Array.of(0x53, 0x42, 0x49, 0x44, 0x31, 0x0d, 0x0a, 0x1a);
export const BLOB_MAGIC = Uint8Array.of(0x53, 0x42, 0x4c, 0x42, 0x31, 0x0d, 0x0a, 0x1a);
export const RESERVE_MAGIC = Uint8Array.of(0x53, 0x52, 0x53, 0x56, 0x31, 0x0d, 0x0a, 0x1a);
export const PADS = [4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];
const MAX_HEADER = 16_384;
const SEAL_BYTES = 113;

/** The front of a bid's envelope: what its file begins with, and what its header must be. */
const BID = { magic: MAGIC, check: record({
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
}) };

/** Read the canonical JSON of a header; throws FormatError. */
export async function readHeader(data, front = BID) {
  if (data.length > MAX_HEADER) throw new FormatError("the header is too long", { where: "header" });
  return checkedHeader(readCanonical(data), front);
}

/** A header whose fields are right; throws FormatError. */
export async function checkedHeader(header, front = BID) {
  front.check(header, "");
  if (header.k > header.openers.length) throw new FormatError("k: more openers needed than named", { where: "k" });
  if (new Set(header.openers).size < header.openers.length) {
    throw new FormatError("openers: the same key twice", { where: "openers" });
  }
  for (const point of header.openers) await publicPoint(bytes(point));
  return Object.freeze(header);
}

/** Whether the bytes begin like a sealed envelope or attachment; such a file is never sealed again. */
export const looksSealed = (data) => [MAGIC, BLOB_MAGIC, RESERVE_MAGIC].some((magic) => same(magic, data.slice(0, 8)));

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
  readPayload(payload, slot.envelope, { supplier: slot.supplier, blobs: blobs.length });
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

/** Build the one file that header, payload, seed and ephemeral pairs determine; `com` is computed anew. */
export async function assemble(header, payload, seed, ephemerals, magic = MAGIC) {
  const full = Object.freeze({ ...header, com: await commitment(header, payload, seed) });
  const headerBytes = canonicalJson(full);
  const shares = await sharesOf(seed, full);
  const infos = await Promise.all(shares.map((_, index) => shareInfo(headerBytes, index + 1)));
  const seals = await Promise.all(
    shares.map((share, index) =>
      hpkeSeal(share, { to: bytes(full.openers[index]), info: infos[index], ephemeral: ephemerals[index] })),
  );
  const head = frame(headerBytes, seals, magic);
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
export const frame = (headerBytes, seals, magic = MAGIC) =>
  join(magic, bigEndian(headerBytes.length, 4), headerBytes, ...seals);

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
export async function parse(file, front = BID) {
  if (!same(file.slice(0, 8), front.magic)) throw new FormatError("not a sealed envelope", { where: "magic" });
  const end = 12 + (file.length < 12 ? 0 : readU32(file.slice(8, 12)));
  const headerBytes = file.slice(12, end);
  const header = await readHeader(headerBytes, front);
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
