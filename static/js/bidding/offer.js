// What the bidder types: read, judged with the words of the page, and written as payloads.

import { commercialPayload, offerOfModels, offerOfProduct, technicalPayload } from "../sealing.js";
import { facts, part, say, tell } from "./facts.js";
import { againstCeiling, readPrice, sealedPrice } from "./price.js";

const answerFields = [...document.querySelectorAll("[data-criterion]")];
const priceField = document.getElementById("price");
const aboveField = document.getElementById("above-ceiling");
const { covers } = facts;
const packOffered = String(covers.products[0].pack);

/** Whether the page asks for exactly the criteria of the notice. */
export const asksWhatTheNoticeAsks = ({ body }) => {
  const wanted = body.envelopes === 2 ? body.criteria.map((one) => one.criterion) : [];
  return String(answerFields.map((field) => field.dataset.criterion)) === String(wanted);
};

/** What stands in the fields, as a draft keeps it. */
export const typed = () => ({
  answers: Object.fromEntries(answerFields.map((field) => [field.dataset.criterion, field.value])),
  price: priceField.value,
});

/** Put a draft into the fields. */
export function fillIn({ answers, price }) {
  for (const field of answerFields) field.value = answers[field.dataset.criterion] ?? "";
  priceField.value = price;
}

/** Call this whenever something is typed. */
export function onTyping(act) {
  for (const field of [...answerFields, priceField]) field.addEventListener("input", act);
}

/**
 * The offer as it will be sealed, or null with every error told beside its field and the first one in focus.
 * @param {{body: object, lot: object}} terms  what the notice says
 * @returns {?{answers: {criterion: string, value: string}[], offer: object}}
 */
export function readOffer({ body, lot }) {
  const faults = [];
  const fault = (field, message) => { tell(field, message); if (message) faults.push(field); };
  for (const field of answerFields) {
    const value = field.value.trim();
    const long = value.length > facts.limits.answer ? say("answer_long", { most: facts.limits.answer }) : "";
    fault(field, value ? long : say("answer_missing"));
  }
  const { price, fault: wrong } = readPrice(priceField.value);
  fault(priceField, wrong ? say(wrong) : "");
  if (!wrong) fault(aboveField, ceilingFault(price, lot));
  faults[0]?.focus();
  if (faults.length) return null;
  const { currency } = body.installation;
  const answers = answerFields.map((field) => ({ criterion: field.dataset.criterion, value: field.value.trim() }));
  return { answers, offer: offerAt({ currency, pack: packOffered, price: sealedPrice(price) }) };
}

/** What the bid covers, at a price a pack. */
function offerAt(price) {
  const products = covers.products.map((one) => one.product);
  if (covers.kind === "product") return offerOfProduct({ ...price, product: products[0] });
  return offerOfModels({ ...price, products, registration: covers.registration });
}

/** A price above the ceiling is a warning that a tick passes. */
function ceilingFault(price, lot) {
  const { factor_price: factor } = lot.items.find((one) => one.item === covers.item);
  const { above, comparable, ceiling } = againstCeiling(price, { pack: packOffered, factor, ceiling: lot.ceiling });
  part("above").hidden = !above;
  return above && !aboveField.checked ? say("above_ceiling", { price: comparable, ceiling }) : "";
}

/** The payloads by envelope, with the ids of their attachments in order. */
export function payloadsOf({ answers, offer }, attachments) {
  const inside = (list) => list.map(({ key, name, size }) => ({ key, name, size }));
  const commercial = { payload: commercialPayload(offer, inside(attachments.commercial)), blobs: ids(attachments.commercial) };
  if (!facts.sealing.some((entry) => entry.envelope === "technical")) return { commercial };
  const payload = technicalPayload(answers, inside(attachments.technical));
  return { technical: { payload, blobs: ids(attachments.technical) }, commercial };
}

const ids = (list) => list.map((entry) => entry.id);
