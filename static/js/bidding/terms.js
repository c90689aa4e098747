// The signed notice is the one thing that this page believes. What the headers of the next version must say, whose
// keys a bid is sealed to, which criteria there are and what the ceiling is: all of it must be the notice's.

import { canonicalJson, documentHash, readCanonical, readDocument, sha256 } from "../sealing.js";

/** What this page was given is not what the signed notice says. */
export class TermsError extends Error {
  constructor(where) {
    super(`not what the notice says: ${where}`);
    this.where = where;
  }
}

/**
 * Hold the entries for the next version against the notice.
 * @param {Uint8Array} notice  the signed document, as published
 * @param {object[]} entries  one an envelope, as the API answers them
 * @returns {Promise<{body: object, lot: object, serverKey: string, fingerprint: string, signed: boolean}>}  what the
 *   notice says, its lot of this bid, and whether this browser could check the signature under it
 * @throws TermsError naming what differs
 */
export async function checkedTerms(notice, entries) {
  const body = readCanonical(notice.slice(0, notice.indexOf(10)));
  const serverKey = body.installation.key;
  const signed = await canCheckSignatures();
  if (signed) await readDocument(notice, [serverKey]).catch(() => fail("signature"));
  const terms = await documentHash(notice);
  const fingerprint = await checkedKeyList(body, signed);
  const wanted = body.envelopes === 2 ? ["technical", "commercial"] : ["commercial"];
  if (String(entries.map((entry) => entry.envelope)) !== String(wanted)) fail("envelope");
  for (const entry of entries) {
    if (entry.terms !== terms) fail("terms");
    if (entry.tender !== body.tender) fail("tender");
    if (entry.k !== body.k) fail("k");
    if (String(entry.openers) !== String(body.openers.map((one) => one.key))) fail("openers");
    if (entry.minimum_pad !== body.pads[entry.envelope]) fail("pad");
    for (const name of ["lot", "bid", "supplier", "version"]) if (entry[name] !== entries[0][name]) fail(name);
  }
  const lot = body.lots.find((one) => one.lot === entries[0].lot) ?? fail("lot");
  return { body, lot, serverKey, fingerprint, signed };
}

/** The fingerprint of the key list, which must be the printed one and, where it can be checked, signed by every opener. */
async function checkedKeyList({ tender, k, openers, fingerprint, key_signatures: signatures }, signed) {
  const list = canonicalJson({ format: "sealed-bid-keys/1", tender, k, openers });
  if ((await sha256(list)) !== fingerprint) fail("fingerprint");
  const lines = signatures.map((line) => `\n${line}`).join("") + "\n";
  const document = new Uint8Array(await new Blob([list, lines]).arrayBuffer());
  if (signed) await readDocument(document, openers.map((one) => one.signing_key)).catch(() => fail("key_signatures"));
  return fingerprint;
}

/** Whether this browser has Ed25519. Sealing needs only what is older. */
export async function canCheckSignatures() {
  try {
    await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    return true;
  } catch {
    return false;
  }
}

function fail(where) {
  throw new TermsError(where);
}
