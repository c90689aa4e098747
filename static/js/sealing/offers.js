// What a bidder offers, and at what price: one product, the models of a registration, or a system of parts.
//
// A price is of one pack; that of a system of one set, and then it is exactly the sum of its parts' prices times their
// quantities. All numbers are texts, prices with exactly six decimals; sums are whole millionths, never rounded.

import { PayloadError } from "./errors.js";
import { REFERENCE, choice, listing, matching, nullable, record, text } from "./canonical.js";

export const PRODUCT = "product";
export const REGISTRATION = "registration";
export const SYSTEM = "system";

const MILLION = 10n ** 6n;

export const CURRENCY = matching(/^[A-Z]{3}$/, "a currency of three capitals");
export const WHOLE = matching(/^[1-9][0-9]{0,8}$/, "a whole number above nought");
export const PRICE = matching(/^(?:0|[1-9][0-9]{0,11})\.[0-9]{6}$/, "a price with exactly six decimals");

const PART = record({
  pack: WHOLE,
  price: PRICE,
  products: listing(REFERENCE, 999, (product) => product),
  quantity: WHOLE,
});
export const OFFER = record({
  currency: CURRENCY,
  further: listing(record({ pack: WHOLE, price: PRICE, product: REFERENCE }), 999),
  kind: choice(PRODUCT, REGISTRATION, SYSTEM),
  parts: listing(PART, 99),
  price: PRICE,
  registration: nullable(text(60)),
  service_fee: nullable(PRICE),
});
/** An offer of the first payload: the price of one pack of a product that it does not name. */
export const FIRST_OFFER = record({ currency: CURRENCY, pack: WHOLE, price: PRICE });

const single = ({ currency, pack, price, kind = PRODUCT, registration = null, service_fee = null }, products) => ({
  currency, further: [], kind, parts: [{ pack, price, products, quantity: "1" }], price, registration, service_fee,
});

/** The ordinary offer: one product at a price a pack, and further ones, each `{pack, price, product}`. */
export const offerOfProduct = ({ further = [], ...offer }) => ({ ...single(offer, [offer.product]), further });

/** All models of a registration at one price a pack. */
export const offerOfModels = ({ products, ...offer }) =>
  single({ ...offer, kind: REGISTRATION }, [...products].sort());

/** A set of parts, each `{pack, price, product, quantity}`, at what they add up to. */
export const offerOfSet = ({ currency, parts, service_fee = null }) => {
  const written = parts.map(({ product, ...part }) => ({ ...part, products: [product] }));
  return { currency, further: [], kind: SYSTEM, parts: written, price: asPrice(sumOf(written)), registration: null, service_fee };
};

/** An offer of the first payload as one that names no product; any other as it is. */
export const asOffer = (offer) => (offer.kind ? offer : single(offer, []));

/** For how many base units the price is: those of a pack; a set counts as one. */
export const unitsOf = ({ kind, parts }) => (kind === SYSTEM ? 1 : Number(parts[0].pack));

/** Everything that can be ordered at the price: the products of all parts. */
export const productsOf = ({ parts }) => parts.flatMap((part) => part.products);

/** What the parts of an offer add up to, in millionths. */
export const sumOf = (parts) =>
  parts.reduce((sum, { price, quantity }) => sum + millionths(price) * BigInt(quantity), 0n);

/** A price in millionths. */
export const millionths = (price) => BigInt(price.replace(".", ""));

/** A price of so many millionths as an offer has it: exactly six decimals. */
export const asPrice = (amount) => `${amount / MILLION}.${String(amount % MILLION).padStart(6, "0")}`;

const refuse = (name, says, where = name) => {
  throw new PayloadError(`offer.${name}: ${says}`, { where: `offer.${where}` });
};

/** Throw PayloadError for a price of nought: nothing is offered for nothing, it is a slip. */
export function costs({ price, further = [] }) {
  if (millionths(price) === 0n) refuse("price", "above nought");
  if (further.some((one) => millionths(one.price) === 0n)) refuse("further", "prices above nought", "further.price");
}

/** Throw PayloadError where the fields of an offer contradict each other. */
export function agree(offer) {
  const { kind, parts, further, registration } = offer;
  const named = [...productsOf(offer), ...further.map((one) => one.product)];
  if (new Set(named).size < named.length) refuse("parts", "a product named twice");
  if (!parts.every((part) => part.products.length)) refuse("parts", "a part of no product");
  if ((registration === null) === (kind === REGISTRATION)) refuse("registration", "of models under one, and of nothing else");
  if (!isOfItsKind(offer)) refuse("parts", "not those of an offer of this kind");
  if (sumOf(parts) !== millionths(offer.price)) refuse("price", "not what the parts add up to");
}

function isOfItsKind({ kind, parts }) {
  if (kind === SYSTEM) return parts.length > 1;
  if (parts.length !== 1 || parts[0].quantity !== "1") return false;
  return kind === REGISTRATION || parts[0].products.length === 1;
}
