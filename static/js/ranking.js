// The ranking of a lot computed once more from what was published, in whole numbers of any size.
//
// Apart from the platform's own program and from the Python check, which do the same in other ways.

import { sha256 } from "./sealing.js";

/**
 * The place of every offer of one lot.
 * @param {{bid: string, price: ?string, units: number, fits: boolean, currency: string, factor: string,
 *   score: ?string}[]} offers  numbers as texts; `price` null where none was read, `units` the base units that it is
 *   for; `fits` whether the offer is of what the bid covers; `factor` base units of the reference item that one counts as
 * @param {{ceiling: ?{amount: string, units: number}, currency: string, ties: string[], root: string}} rules  of the
 *   notice: the ceiling for so many base units of the reference item; `root` of the close
 * @returns {Promise<Map<string, {verdict: string, comparable: ?string, rank: ?number}>>}  by bid
 */
export async function places(offers, { ceiling, currency, ties, root }) {
  const known = await Promise.all(offers.map(async (offer) => ({
    bid: offer.bid,
    price: comparable(offer),
    verdict: verdictOf(offer, ceiling, currency),
    score: ratio(offer.score ?? "0"),
    lot: await sha256(new TextEncoder().encode(root + offer.bid)),
  })));
  const tie = {
    score: (one, other) => order(other.score, one.score),
    lots_drawn: (one, other) => less(one.lot, other.lot),
  };
  const before = (one, other) =>
    order(one.price, other.price) || ties.reduce((found, name) => found || tie[name](one, other), 0);
  const ranks = known.filter((one) => one.verdict === "valid").sort(before).map((one) => one.bid);
  return new Map(known.map(({ bid, verdict, price }) =>
    [bid, { verdict, comparable: price && reduced(price), rank: ranks.indexOf(bid) + 1 || null }]));
}

function verdictOf(offer, ceiling, currency) {
  const price = comparable(offer);
  if (offer.price === null) return "unreadable";
  if (!price || offer.currency !== currency) return "malformed";
  return ceiling !== null && order(most(ceiling), price) < 0 ? "above_ceiling" : "valid";
}

/** The price of one base unit of the reference item as [numerator, denominator]; null for no such price. */
function comparable({ price, units, fits, factor }) {
  if (price === null || !fits) return null;
  const [amount, parts] = ratio(price);
  const [counts, of] = ratio(factor);
  return amount > 0n ? [amount * of, parts * BigInt(units) * counts] : null;
}

/** The highest valid price of one base unit, exactly. */
export function most({ amount, units }) {
  const [above, below] = ratio(amount);
  return [above, below * BigInt(units)];
}

/** A number as it is written, "33/35" or "1.8", as [numerator, denominator]. */
export function ratio(written) {
  if (written.includes("/")) return written.split("/").map(BigInt);
  const [whole, part = ""] = written.split(".");
  return [BigInt(whole + part), 10n ** BigInt(part.length)];
}

function reduced([above, below]) {
  const common = divisor(above, below);
  return `${above / common}/${below / common}`;
}

const less = (left, right) => Number(left > right) - Number(left < right);
const order = (left, right) => less(left[0] * right[1], right[0] * left[1]);
const divisor = (left, right) => (right ? divisor(right, left % right) : left);
