// The submission: the sealed files in one request, sent until it is answered, and the receipt checked before it counts.

import { documentHash, manifest, parse, readDocument, sha256 } from "../sealing.js";
import { facts } from "./facts.js";
import { sendJson } from "./network.js";

const utf8 = (text) => new TextEncoder().encode(text);

/** A receipt that is not what was submitted, or is not signed by the key of the notice. */
export class ReceiptError extends Error {}

/**
 * A submission that can be sent as often as needed: its body and its key stay the same.
 * @param {Object<string, {file: Uint8Array, digest: string, com: string}>} envelopes  none for a withdrawal
 * @param {?object} assertion  of the bidder's passkey over the manifest
 */
export function prepared(envelopes, assertion = null) {
  const files = Object.entries(envelopes).map(([envelope, one]) => [envelope, base64(one.file)]);
  const body = JSON.stringify({ ...Object.fromEntries(files), ...(assertion && { assertion }) });
  return { body, key: crypto.randomUUID(), envelopes, path: files.length ? "versions/" : "withdrawal/" };
}

/** The files as they stand in the request that will be sent: what is proved must be these bytes. */
export const filesIn = (submission) =>
  Object.fromEntries(Object.keys(submission.envelopes).map((name) => [name, fromBase64(JSON.parse(submission.body)[name])]));

/** What the bidder's passkey signs. */
export const manifestOf = (envelopes) => manifest(facts.sealing[0], facts.prev, envelopes);

/** Send it. @returns {Promise<{status: number, data: object}>} @throws CutOff without an answer */
export const submit = ({ path, body, key }) => sendJson(path, body, { key });

/**
 * Believe a receipt only if it is signed by the notice's key and names exactly what this browser submitted.
 * @param {{document: string, sha256: string}} receipt  as the API answers it
 * @param {?string} serverKey  null where this browser has no Ed25519: then the command line checks the signature
 * @throws ReceiptError
 */
export async function checkReceipt(receipt, submission, serverKey) {
  const document = utf8(receipt.document);
  const body = serverKey
    ? await readDocument(document, [serverKey]).catch(() => refuse())
    : JSON.parse(receipt.document.split("\n")[0]);
  const { tender, lot, bid, terms, supplier, version } = facts.sealing[0];
  const wanted = {
    bid, lot, prev: facts.prev, supplier, tender, terms, version,
    kind: submission.path === "versions/" ? "bid" : "withdrawal",
    technical: null, commercial: null, ...(await hashes(submission)),
  };
  for (const [name, value] of Object.entries(wanted)) {
    if (JSON.stringify(body[name]) !== JSON.stringify(value)) refuse();
  }
  if ((await documentHash(document)) !== receipt.sha256) refuse();
}

async function hashes(submission) {
  const found = {};
  for (const [name, file] of Object.entries(filesIn(submission))) {
    found[name] = { com: (await parse(file)).header.com, sha256: await sha256(file) };
  }
  return found;
}

function refuse() {
  throw new ReceiptError("not the receipt of this submission");
}

/** Bytes as the API takes them. */
export function base64(data) {
  let text = "";
  // In pieces, because a function takes only so many arguments.
  for (let at = 0; at < data.length; at += 32_768) text += String.fromCharCode(...data.subarray(at, at + 32_768));
  return btoa(text);
}

const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
