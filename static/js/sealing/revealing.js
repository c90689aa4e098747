// Revealing seeds after lost keys: what a bidder's program does once it has checked the call (`readCall`).

import { SealError } from "./errors.js";
import { bytes } from "./bytes.js";
import { OPENED, openWithSeed, sealAndReopen } from "./opening.js";
import { revealPayload } from "./payloads.js";

/**
 * The seeds of these sealed files, by envelope, sealed to the openers of the call. Each file is opened with its seed
 * before anything is sealed, and must be sealed to the notice whose key signed the call: nobody else can call for it.
 * @param {{body: object, hash: string}} call  as `readCall` gave it
 * @param {object} secret  what the bid's recovery file holds
 * @param {Object<string, Uint8Array>} files  by envelope
 * @param {string} terms  the hash of that notice
 * @throws SealError where a seed does not open its file, with the envelope as `where`, and for another tender's call
 */
export async function sealSeeds({ body, hash }, secret, files, terms) {
  if (body.tender !== secret.tender) throw new SealError("a call of another tender", { where: "call" });
  const { tender, lot, bid, supplier, version } = secret;
  const notice = { tender, lot, terms: hash, k: body.k, openers: body.openers.map((opener) => opener.key) };
  const sealed = {};
  for (const [kind, file] of Object.entries(files)) {
    const own = secret.envelopes[kind];
    const verdict = own && (await openWithSeed(file, bytes(own.seed)));
    if (verdict?.outcome !== OPENED || verdict.digest !== own.sha256) {
      throw new SealError("the recovery file does not open this envelope", { where: kind });
    }
    if (verdict.header.terms !== terms) {
      throw new SealError("sealed to another notice than the one whose key signed the call", { where: "call" });
    }
    const slot = { supplier, bid, version, envelope: `reveal-${kind}` };
    sealed[kind] = await sealAndReopen(revealPayload(own.seed, own.sha256), notice, slot);
  }
  return sealed;
}
