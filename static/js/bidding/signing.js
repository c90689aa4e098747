// The bidder's passkey under a submission: its challenge follows from the manifest's hash, so that it signs this and no other.

import { assertion } from "../passkeys.js";
import { base64url } from "../sealing/bytes.js";
import { challenge } from "../sealing/manifest.js";
import { sha256 } from "../sealing/primitives.js";
import { facts } from "./facts.js";
import { manifestOf } from "./submission.js";

/** The passkey did not sign: its person turned away, or it is not at hand. */
export class NotSigned extends Error {}

/** The passkey's assertion over the manifest of these envelopes; null for a person who has no passkey. */
export async function signatureOver(envelopes) {
  if (!facts.passkey) return null;
  const asked = base64url(await challenge([await sha256(manifestOf(envelopes))]));
  try {
    return await assertion({ ...facts.passkey, challenge: asked });
  } catch {
    throw new NotSigned();
  }
}
