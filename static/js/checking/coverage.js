// Whether an opened offer is of what its bid covers, and what of it is ranked.

import { Fails } from "./material.js";
import { asPrice, millionths, unitsOf } from "../sealing.js";

const SYSTEM = "system";

/** An opened price as the second ranking takes it, held against what the record says that its bid covers. */
export function rankedOffer(offer, entry, lot, score) {
  const covers = coveredBy(entry);
  const factors = new Map(lot.items.map((one) => [one.item, one.factor_price ?? one.factor]));
  const priced = [covers.item, ...(covers.kind === SYSTEM ? [] : covers.products.map((one) => one.item))];
  const named = [...priced, ...covers.further.map((one) => one.item)];
  const known = named.every((item) => factors.has(item)) && new Set(priced.map((item) => factors.get(item))).size === 1;
  if (!known || (covers.kind === SYSTEM && !isTheSet(covers, lot))) throw new Fails("other_item", { bid: entry.bid });
  const fee = (offer?.service_fee ?? null) === null || lot.service_fee === true;
  return {
    bid: entry.bid, price: offer?.price ?? null, units: offer ? unitsOf(offer) : 1,
    fits: Boolean(offer) && fee && fits(offer, covers) && follows(offer, covers, factors),
    currency: offer?.currency ?? "", factor: factors.get(covers.item), score,
  };
}

/** What a bid covers; the first record says of a product only its item and pack. */
const coveredBy = ({ covers, item, pack }) =>
  covers ?? { kind: "product", registration: null, item, products: [{ item, pack, product: "", quantity: 1 }], further: [] };

/** Whether the products are of exactly the parts that the notice asks for, in their quantities of base units. */
function isTheSet({ products }, { parts }) {
  const asked = new Set(parts.map(({ item, quantity }) => `${item} ${quantity}`));
  const offered = new Set(products.map(({ item, pack, quantity }) => `${item} ${pack * quantity}`));
  return asked.size === offered.size && [...asked].every((part) => offered.has(part));
}

function fits(offer, { kind, registration, products }) {
  if (offer.kind !== kind || offer.registration !== registration) return false;
  const named = offer.parts.some((part) => part.products.length);
  const parts = new Map();
  for (const { item, pack, product, quantity } of products) {
    const part = kind === SYSTEM ? item : "";
    parts.set(part, [...(parts.get(part) ?? []), `${named ? product : ""} ${pack} ${quantity}`]);
  }
  const offered = offer.parts.map(({ pack, products: models, quantity }) =>
    (models.length ? models : [""]).map((product) => `${product} ${pack} ${quantity}`));
  return alike(offered) === alike([...parts.values()]);
}

/**
 * Whether the further specifications are those of the bid, each at the price of as many units of the reference item as
 * its pack counts as: in proportion, in whole millionths, half up.
 */
function follows(offer, { item, further }, factors) {
  const wanted = further.map(({ item: other, pack, product }) => {
    const [above, below] = [share(factors.get(other), pack), share(factors.get(item), unitsOf(offer))];
    const twice = 2n * millionths(offer.price) * above;
    return `${product} ${pack} ${asPrice((twice + below) / (2n * below))}`;
  });
  return alike([wanted]) === alike([offer.further.map(({ pack, price, product }) => `${product} ${pack} ${price}`)]);
}

/** How many units of the reference item a pack counts as, in billionths: a factor has at most nine decimals. */
function share(factor, pack) {
  const [whole, decimals = ""] = factor.split(".");
  return BigInt(whole + decimals.padEnd(9, "0")) * BigInt(pack);
}

const alike = (lists) => JSON.stringify(lists.map((list) => [...list].sort().join(", ")).sort());
