// The bidder's passkey under a submission: its challenge is the hash of the manifest, so that it signs this and no other.

import { assertion } from "../passkeys.js";
import { base64url } from "../sealing/bytes.js";
import { digest } from "../sealing/primitives.js";
import { facts } from "./facts.js";
import { manifestOf } from "./submission.js";

/** The passkey did not sign: its person turned away, or it is not at hand. */
export class NotSigned extends Error {}

/** The passkey's assertion over the manifest of these envelopes; null for a person who has no passkey. */
export async function signatureOver(envelopes) {
  if (!facts.passkey) return null;
  const challenge = base64url(await digest(manifestOf(envelopes)));
  try {
    return await assertion({ ...facts.passkey, challenge });
  } catch {
    throw new NotSigned();
  }
}
