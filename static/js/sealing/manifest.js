// The manifest of one submission: what the bidder's passkey signs, so that nobody else can submit in its name.

import { canonicalJson } from "./canonical.js";
import { digest } from "./primitives.js";

export const SUBMISSION = "sealed-bid-submission/1";

/**
 * Canonical JSON of one submission.
 * @param {{tender: string, lot: string, bid: string, terms: string, supplier: string, version: number}} slot
 * @param {string} prev  hash of the bid's receipt before this submission, "" for the first
 * @param {{technical?: {com: string, digest: string}, commercial?: {com: string, digest: string}}} envelopes  as
 *   `seal` gave them; a withdrawal has none
 */
export function manifest({ tender, lot, bid, terms, supplier, version }, prev, envelopes = {}) {
  const written = (one) => (one ? { com: one.com, sha256: one.digest } : null);
  return canonicalJson({
    format: SUBMISSION, tender, lot, bid, terms, supplier, version, prev,
    technical: written(envelopes.technical), commercial: written(envelopes.commercial),
  });
}

/** What a passkey signs for one submission or for many: the digest of the list of their manifests' hashes, sorted. */
export const challenge = (hashes) => digest(canonicalJson([...hashes].sort()));
