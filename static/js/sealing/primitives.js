// The cryptography: HKDF, AES-GCM, P-256, HPKE base mode with a given ephemeral key, Shamir's sharing.

import { FormatError } from "./errors.js";
import { base64url, bigEndian, fromBase64url, hex, join, same, utf8 } from "./bytes.js";

/**
 * @typedef {{scalar: Uint8Array, point: Uint8Array}} KeyPair  P-256: 32 bytes big-endian, 65 bytes uncompressed.
 */

export const FORMAT = "sealed-bid/1";
export const POINT_BYTES = 65;
export const SHARE_BYTES = 32;
export const TAG_BYTES = 16;
export const EMPTY = new Uint8Array(0);
const ZERO_NONCE = new Uint8Array(12);

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const HPKE_VERSION = utf8("HPKE-v1");
const KEM_ID = join(utf8("KEM"), Uint8Array.of(0, 0x10));
const HPKE_ID = join(utf8("HPKE"), Uint8Array.of(0, 0x10, 0, 0x01, 0, 0x02));
export const subtle = globalThis.crypto.subtle;

/** The format's domain separation: "sealed-bid/1 ", the name, a zero byte. */
export const label = (name) => utf8(`${FORMAT} ${name}\0`);

/** SHA-256 in hex. */
export const sha256 = async (data) => hex(await digest(data));

/** SHA-256 as bytes. */
export const digest = async (data) => new Uint8Array(await subtle.digest("SHA-256", data));

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

/** The key of an uncompressed point; throws FormatError for one off the curve. */
export async function publicPoint(point) {
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
export async function belongs(pair) {
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

// Shamir's sharing, bytewise in GF(2^8) with the polynomial x^8 + x^4 + x^3 + x + 1.

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
