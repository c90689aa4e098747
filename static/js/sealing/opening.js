// Opening: combine, decrypt, seal again, compare every byte.

import { FormatError, SealError, ShareError } from "./errors.js";
import { bytes, hex, readU32, same } from "./bytes.js";
import { POINT_BYTES, SHARE_BYTES, belongs, combine, decrypt, hpkeOpen, sha256 } from "./primitives.js";
import { assemble, bodyKey, parse, readHeader, seal, shareInfo, sharesOf } from "./envelope.js";

export const OPENED = "opened";
export const BIDDER_FAULT = "bidder-fault";
export const UNREADABLE = "unreadable";

/**
 * An opener's 32-byte share from the header and its own seal, all that an opener is ever given.
 * @param {Uint8Array} headerBytes  as received
 * @param {Uint8Array} sealed  113 bytes
 * @param {{position: number, key: OpenerKeys, front?: object}} opener  `front` of what is not a bid
 * @throws ShareError if the key is not the one named at this position, or the seal does not open under it
 */
export async function releaseShare(headerBytes, sealed, { position, key, front }) {
  const header = await readHeader(headerBytes, front);
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
export async function openEnvelope(file, shares, front) {
  const parsed = await parse(file, front);
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
export async function openWithSeed(file, seed, front) {
  if (seed.length !== SHARE_BYTES) throw new FormatError("a seed has 32 bytes", { where: "seed" });
  return attempt(file, await parse(file, front), seed);
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
  return same((await assemble(header, payload, seed, pairs, file.slice(0, 8))).file, file);
}

async function wrongOpeners(seed, header, shares) {
  const right = await sharesOf(seed, header);
  const positions = [...shares.keys()].sort((a, b) => a - b);
  return positions.filter((position) => !same(shares.get(position), right[position - 1]));
}

/** `seal`, and open the result before anybody is told that it is sealed; throws SealError where it does not open. */
export async function sealAndReopen(payload, notice, slot, options = {}) {
  const sealed = await seal(payload, notice, slot, options);
  const verdict = await openWithSeed(sealed.file, sealed.seed);
  if (verdict.outcome !== OPENED || !same(verdict.payload, payload)) {
    throw new SealError("the sealed envelope does not open again");
  }
  return sealed;
}
