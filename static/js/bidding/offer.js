// What the bidder types: read, judged with the words of the page, and written as payloads.

import { commercialPayload, offerOfModels, offerOfProduct, offerOfSet, technicalPayload } from "../sealing.js";
import { facts, part, say, tell } from "./facts.js";
import { againstCeiling, convertedPrice, readPrice, readablePrice, sealedPrice, typedPrice } from "./price.js";

const { covers } = facts;
const isSet = covers.kind === "system";
const answerFields = [...document.querySelectorAll("[data-criterion]")];
// One price for what the bid covers; of a set, one a part, in the order of the parts.
const priceFields = isSet ? covers.products.map((_product, at) => field(`price-${at + 1}`)) : [field("price")];
const feeField = field("service-fee");  // null where the lot has no fee
const moneyFields = [...priceFields, ...(feeField ? [feeField] : [])];
const aboveField = field("above-ceiling");
const MOST = 10n ** 18n;  // millionths; a price has at most twelve digits before the point

function field(id) {
  return document.getElementById(id);
}

/** Whether the page asks for exactly what the notice asks for: criteria, kind of offer, service fee, items of the lot. */
export const asksWhatTheNoticeAsks = ({ body, lot }) => {
  const wanted = body.envelopes === 2 ? body.criteria.map((one) => one.criterion) : [];
  const offer = lot.offer === covers.kind && (lot.service_fee === true) === Boolean(feeField);
  const known = covers.further.every(({ item }) => lot.items.some((one) => one.item === item));
  return offer && known && String(answerFields.map((one) => one.dataset.criterion)) === String(wanted);
};

/** What stands in the fields, as a draft keeps it. */
export const typed = () => ({
  answers: Object.fromEntries(answerFields.map((one) => [one.dataset.criterion, one.value])),
  prices: Object.fromEntries(moneyFields.map((one) => [one.id, one.value])),
});

/** Put a draft into the fields; `terms` are what the notice says. */
export function fillIn({ answers, prices }, terms) {
  for (const one of answerFields) one.value = answers[one.dataset.criterion] ?? "";
  for (const one of moneyFields) one.value = prices[one.id] ?? "";
  showWhatFollows(terms);
}

/** The prices of an offer that was sealed before, by field. */
export function pricesOf(offer) {
  const prices = isSet ? offer.parts.map((one) => one.price) : [offer.price];
  const fields = priceFields.map((one, at) => [one.id, typedPrice(prices[at] ?? "")]);
  return Object.fromEntries([...fields, ["service-fee", typedPrice(offer.service_fee ?? "")]]);
}

/** Call this whenever something is typed, and show what follows from it by the notice's `terms`. */
export function onTyping(act, terms) {
  for (const one of [...answerFields, ...moneyFields]) one.addEventListener("input", act);
  for (const one of priceFields) one.addEventListener("input", () => showWhatFollows(terms));
}

/**
 * The offer as it will be sealed, or null with every error told beside its field and the first one in focus.
 * @param {{body: object, lot: object}} terms  what the notice says
 * @returns {?{answers: {criterion: string, value: string}[], offer: object}}
 */
export function readOffer({ body, lot }) {
  const faults = [];
  const fault = (one, message) => { tell(one, message); if (message) faults.push(one); };
  for (const one of answerFields) {
    const value = one.value.trim();
    const long = value.length > facts.limits.answer ? say("answer_long", { most: facts.limits.answer }) : "";
    fault(one, value ? long : say("answer_missing"));
  }
  const read = (one) => {
    const { price, fault: wrong } = readPrice(one.value);
    fault(one, wrong ? say(wrong) : "");
    return price;
  };
  const prices = priceFields.map(read);
  const fee = feeField && feeField.value.trim() ? sealedPrice(read(feeField) ?? 0n) : (feeField && tell(feeField), null);
  const price = sumOf(prices);
  if (price !== null && price >= MOST) fault(priceFields.at(-1), say("price_range"));
  const further = price === null ? [] : furtherAt(price, lot);
  if (further.some((one) => !isPrice(one.price))) fault(priceFields[0], say("further_range"));
  if (price !== null && price < MOST) fault(aboveField, ceilingFault(price, lot));
  faults[0]?.focus();
  if (faults.length) return null;
  const answers = answerFields.map((one) => ({ criterion: one.dataset.criterion, value: one.value.trim() }));
  return { answers, offer: offerAt(prices.map(sealedPrice), further, { currency: body.installation.currency, service_fee: fee }) };
}

/** What the bid costs: the price, or what the parts of the set add up to; null while one is missing. */
function sumOf(prices) {
  if (prices.some((price) => price === undefined)) return null;
  return prices.reduce((sum, price, at) => sum + price * BigInt(isSet ? covers.products[at].quantity : 1), 0n);
}

/** Say what the parts that are typed so far add up to, and what each further specification costs. */
function showWhatFollows({ lot }) {
  const sum = sumOf(priceFields.map((one) => readPrice(one.value).price));
  if (isSet) part("set-price").textContent = sum === null ? "–" : readablePrice(sum);
  for (const { product, price } of furtherAt(sum ?? 0n, lot)) {
    part(`further-${product}`).textContent = isPrice(price) ? readablePrice(price) : "–";
  }
}

/** The further specifications at what follows from the price, in millionths, by the factors of the notice. */
function furtherAt(price, lot) {
  const counting = ({ item, pack }) => ({ pack: String(pack), factor: factorOf(item, lot) });
  const [offered] = covers.products;
  return covers.further.map((one) => ({
    pack: String(one.pack), price: convertedPrice(price, counting(offered), counting(one)), product: one.product,
  }));
}

const isPrice = (amount) => amount > 0n && amount < MOST;
const factorOf = (item, lot) => lot.items.find((one) => one.item === item).factor_price;

/** What the bid covers, at these prices. */
function offerAt(prices, further, terms) {
  const products = covers.products.map((one) => one.product);
  const packs = covers.products.map((one) => String(one.pack));
  if (isSet) {
    const parts = covers.products.map(({ product, quantity }, at) =>
      ({ pack: packs[at], price: prices[at], product, quantity: String(quantity) }));
    return offerOfSet({ ...terms, parts });
  }
  const single = { ...terms, pack: packs[0], price: prices[0] };
  if (covers.kind === "product") {
    const more = further.map((one) => ({ ...one, price: sealedPrice(one.price) }));
    return offerOfProduct({ ...single, product: products[0], further: more });
  }
  return offerOfModels({ ...single, products, registration: covers.registration });
}

/** A price above the ceiling is a warning that a tick passes. */
function ceilingFault(price, lot) {
  const factor = factorOf(covers.item, lot);
  const pack = isSet ? "1" : String(covers.products[0].pack);
  const units = lot.ceiling_units ?? 1;  // notices of earlier releases have none
  const { above, comparable, ceiling } = againstCeiling(price, { pack, factor, ceiling: lot.ceiling, units });
  part("above").hidden = !above;
  const [{ unit }] = lot.items;
  return above && !aboveField.checked ? say("above_ceiling", { price: comparable, units, unit, ceiling }) : "";
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
