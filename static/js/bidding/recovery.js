// The recovery file: both seeds under a generated code. It counts only once the bidder has shown that it opens.

import { CodeError, FormatError, OPENED, bytes, generateCode, lock, openWithSeed, recoverySecret, unlock } from "../sealing.js";

/** Lock the seeds of these envelopes. @returns {Promise<{file: Uint8Array, code: string}>} */
export async function makeRecovery(envelopes) {
  const code = generateCode();
  return { file: await lock(recoverySecret(...envelopes), code, "recovery"), code };
}

/**
 * What a recovery file holds; null where file and code do not open together.
 * @param {Uint8Array} file
 * @param {string} code  as typed
 */
export async function recovered(file, code) {
  try {
    const secret = await unlock(file, code, "recovery");
    return secret.envelopes ? secret : null;
  } catch (error) {
    if (error instanceof CodeError || error instanceof FormatError) return null;
    throw error;
  }
}

/**
 * The payloads that a recovery file opens, by envelope; null where it is not of these very files.
 * @param {object} secret  what `recovered` gave
 * @param {Object<string, Uint8Array>} files  sealed files by envelope
 * @returns {Promise<?Object<string, {payload: object, blobs: string[]}>>}
 */
export async function opened(secret, files) {
  const found = {};
  for (const [envelope, file] of Object.entries(files)) {
    const own = secret.envelopes[envelope];
    const verdict = own && (await openWithSeed(file, bytes(own.seed)));
    if (verdict?.outcome !== OPENED || verdict.digest !== own.sha256) return null;
    const payload = JSON.parse(new TextDecoder().decode(verdict.payload));
    found[envelope] = { payload, blobs: verdict.header.blobs };
  }
  return found;
}
