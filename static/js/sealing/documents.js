// Documents: one line of canonical JSON, then one line a signature.
// The fields of a document are checked by whoever uses them; here only bytes and signatures are.

import { FormatError, SignatureError } from "./errors.js";
import { bytes, join, utf8 } from "./bytes.js";
import { canonicalJson, readCanonical } from "./canonical.js";
import { sha256 } from "./primitives.js";
import { sign, signatureHolds } from "./keys.js";

// The fields of a document are checked by whoever uses them; here only bytes and signatures are.

/** The id of an Ed25519 public key given in hex. */
export const keyId = async (point) => (await sha256(bytes(point))).slice(0, 16);

/** The hash of a signed document: SHA-256 of its first line, whoever has signed it. */
export const documentHash = (data) => sha256(data.slice(0, data.indexOf(10)));

/** Write a document signed with these keys (`sign`, `sign_public`), in their order. */
export async function signDocument(body, ...keys) {
  const line = canonicalJson(body);
  const signatures = keys.map(async (key) => `${await keyId(key.sign_public)}:${await sign(key, line)}\n`);
  return join(line, utf8("\n" + (await Promise.all(signatures)).join("")));
}

/** The body of a document that all these public keys (hex) signed, and nobody else; throws SignatureError. */
export async function readDocument(data, keys) {
  const end = data.indexOf(10);
  const line = data.slice(0, end);
  const lines = new TextDecoder().decode(data.slice(end + 1)).split("\n");
  if (end < 0 || lines.pop() !== "" || !lines.every((one) => /^[0-9a-f]{16}:[0-9a-f]{128}$/.test(one))) {
    throw new FormatError("a body and signatures, each on a line of its own", { where: "signatures" });
  }
  const body = readCanonical(line);
  const missing = new Map(await Promise.all(keys.map(async (point) => [await keyId(point), point])));
  for (const [signer, signature] of lines.map((one) => one.split(":"))) {
    if (!missing.has(signer)) {
      throw new SignatureError("signed by a stranger, or twice by the same key", { where: "signatures" });
    }
    if (!(await signatureHolds(missing.get(signer), signature, line))) {
      throw new SignatureError("a signature does not hold", { where: "signatures" });
    }
    missing.delete(signer);
  }
  if (missing.size || !lines.length) throw new SignatureError("a signature is missing", { where: "signatures" });
  return body;
}
