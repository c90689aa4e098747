// An opener's keys and a bidder's recovery file, locked under a generated code of 80 bits.

import { CodeError, FormatError } from "./errors.js";
import { base64url, bytes, fromBase64url, hex, utf8 } from "./bytes.js";
import {
  HASH, REFERENCE, canonicalJson, choice, hexadecimal, matching, number, readCanonical, record,
} from "./canonical.js";
import { EMPTY, POINT_BYTES, belongs, decrypt, encrypt, freshPair, freshSecret, subtle } from "./primitives.js";

/**
 * @typedef {{ecdh: string, ecdh_public: string, sign: string, sign_public: string, tender: string}} OpenerKeys
 *   An opener's keys for one tender in hex, as a key file locks them: P-256 to open, Ed25519 to sign.
 */

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
