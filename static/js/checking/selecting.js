// Who wins of a lot's ranked bids, computed once more from the published ranking and the notice's rules. Which companies
// belong together is taken as the record says it.

import { ofTable } from "./evaluation.js";
import { ratio } from "../ranking.js";

/** What becomes of each bid; `ranked` has bid, rank, price as a ratio, and company, the best rank first. */
export function fates(ranked, rules, ceiling) {
  const behindItsOwn = (one) => ranked.some((other) => other.company === one.company && other.rank < one.rank);
  const competing = ranked.filter((one) => rules.counted !== "companies" || !behindItsOwn(one));
  const places = competing.length ? ofTable(competing.length, rules.places, rules.places_rest) : 0;
  const placed = competing.slice(0, places);
  const anchor = anchorOf(placed.map(({ price }) => price), rules.anchor_mean);
  const barred = new Set(competing.filter(({ price }) => isBarred(price, anchor, rules, ceiling)).map(({ bid }) => bid));
  const left = placed.filter(({ bid }) => !barred.has(bid));
  const highest = rules.not_highest && left.length > 1 ? left.at(-1).bid : null;
  const waiting = competing.slice(places).filter(({ bid }) => !barred.has(bid)).map(({ bid }) => bid);

  const fate = (one) => {
    if (!competing.includes(one)) return "same_company";
    if (barred.has(one.bid)) return "above_limit";
    if (placed.includes(one)) return one.bid === highest ? "highest" : "winner";
    return waiting.indexOf(one.bid) < rules.standbys ? "standby" : "no_place";
  };
  return new Map(ranked.map((one) => [one.bid, fate(one)]));
}

/** The lowest price, or the larger of it and a share of the mean. */
function anchorOf(prices, share) {
  if (!prices.length) return [0n, 1n];
  const lowest = prices.reduce((one, other) => (less(other, one) ? other : one));
  if (share === null) return lowest;
  const [above, below] = prices.reduce(([a, b], [c, d]) => [a * d + c * b, b * d], [0n, 1n]);
  const ofMean = times([above, below * BigInt(prices.length)], ratio(share));
  return less(lowest, ofMean) ? ofMean : lowest;
}

function isBarred(price, anchor, { limit, low_price: low, cut }, ceiling) {
  if (limit === null || !less(times(anchor, ratio(limit)), price)) return false;
  if (low !== null && !less(ratio(low), price)) return false;
  if (cut === null || ceiling === null) return true;
  const [above, below] = ratio(cut);
  return less(times(ceiling, [below - above, below]), price);
}

const less = ([a, b], [c, d]) => a * d < c * b;
const times = ([a, b], [c, d]) => [a * c, b * d];
