// Drafts of bids: on this machine only, in the browser's own store, one a bid and seat. They hold the offer in clear. Of
// what was submitted the technical answers stay beside it, and no price.
//
// A draft is {answers: {criterion: text}, prices: {field: text}, attachments: {technical: [entry], commercial: [entry]}},
// an entry {id, key, name, size, length, chunks, stored}. The sealed attachments that are still to be sent lie beside it.

import { facts } from "./facts.js";

export const DRAFT = "bid-draft/2";
const own = `${facts.seat}/${facts.sealing[0].bid}`;
const answersOf = `${own}/answers`;

// One connection for as long as the page stands. Signing out, in this tab or another, empties the store and closes it:
// what is still on the screen is then kept nowhere.
const store = new Promise((resolve, reject) => {
  const asked = indexedDB.open("bids", 1);
  asked.onupgradeneeded = () => ["drafts", "blobs"].forEach((name) => asked.result.createObjectStore(name));
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
store.catch(() => null);  // A browser without a store of its own: each act that needs it says so.

async function within(name, mode, act) {
  const transaction = (await store).transaction(name, mode);
  const asked = act(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const emptyDraft = () => ({ answers: {}, prices: {}, attachments: { technical: [], commercial: [] } });

export const loadDraft = () => within("drafts", "readonly", (kept) => kept.get(own));
export const saveDraft = (draft) => within("drafts", "readwrite", (kept) => kept.put(draft, own));

export const keepBlob = (id, file) => within("blobs", "readwrite", (kept) => kept.put(file, `${own}/${id}`));
export const keptBlob = (id) => within("blobs", "readonly", (kept) => kept.get(`${own}/${id}`));
export const dropBlob = (id) => within("blobs", "readwrite", (kept) => kept.delete(`${own}/${id}`));

/**
 * What was submitted is not forgotten whole: the technical answers stay, so that whoever has to seal again does not write
 * them again. Prices do not, nor what is attached to them, for which there is the recovery file.
 */
export const keepAnswers = ({ answers, attachments }, version) => {
  const technical = attachments.technical.filter((entry) => entry.stored);
  const left = { answers, prices: {}, attachments: { technical, commercial: [] }, version };
  return within("drafts", "readwrite", (kept) => kept.put(left, answersOf));
};
export const loadAnswers = () => within("drafts", "readonly", (kept) => kept.get(answersOf));
export const forgetAnswers = () => within("drafts", "readwrite", (kept) => kept.delete(answersOf));

/** Forget the draft of this bid and every sealed attachment that waits beside it. */
export async function forgetDraft() {
  await within("drafts", "readwrite", (kept) => kept.delete(own));
  await within("blobs", "readwrite", (kept) => kept.delete(IDBKeyRange.bound(`${own}/`, `${own}/g`)));
}

/** A draft as a file for another machine. Only attachments that the platform has can be carried along. */
export function draftFile(draft) {
  const stored = (list) => list.filter((entry) => entry.stored);
  const { technical, commercial } = draft.attachments;
  const attachments = { technical: stored(technical), commercial: stored(commercial) };
  return JSON.stringify({ format: DRAFT, bid: facts.sealing[0].bid, ...draft, attachments });
}

/** A draft from such a file; null for anything else, or the draft of another bid. */
export function readDraftFile(text) {
  try {
    const { format, bid, answers, prices, attachments } = JSON.parse(text);
    const texts = [...Object.values(prices), ...Object.values(answers)].every((one) => typeof one === "string");
    const entries = [...attachments.technical, ...attachments.commercial].every(isEntry);
    const ours = format === DRAFT && bid === facts.sealing[0].bid && texts && entries;
    return ours ? { answers, prices, attachments } : null;
  } catch {
    return null;
  }
}

const isEntry = ({ id, key, name, size }) =>
  /^[0-9a-f]{64}$/.test(id) && /^[0-9a-f]{64}$/.test(key) && typeof name === "string" && Number.isSafeInteger(size);
