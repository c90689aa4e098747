// Who wins and what each winner supplies, computed once more from the published ranking and the notice's rules.

import { Fails, NotAsked, Waits } from "./material.js";
import { FIRST_NOTICE } from "./evaluation.js";
import { most, ratio } from "../ranking.js";
import { fates } from "./selecting.js";

export async function awardsAreRight(given) {
  const { decisions, ranking } = given.record;
  const { format, lots, rules } = await given.notice();
  if (decisions === undefined) {
    // Else a platform would escape the question by leaving them out.
    if (format !== FIRST_NOTICE) throw new Fails("left_out_decisions");
    throw new NotAsked("without_decisions");
  }
  if (!decisions.length) throw new Waits("no_decision");
  const aside = new Set();
  for (const decision of decisions) {
    const lot = lots.find((one) => one.lot === decision.lot);
    const left = ranking.filter((one) => one.lot === decision.lot && one.rank !== null && !aside.has(one.bid));
    const winners = selectedAgain(decision, left, rules.selection, most({ amount: lot.ceiling, units: lot.ceiling_units ?? 1 }));
    addsUp(lot, decision);
    dividedAgain(rules.allocation, decision, winners);
    if (decision.set_aside !== null) aside.add(decision.set_aside);
  }
}

/** How many win, once the awards are those that the rules select of the ranked bids not set aside before. */
function selectedAgain({ lot, awards, steps, set_aside: aside }, left, rules, ceiling) {
  const told = new Map(steps.map((step) => [step.bid, step]));
  const right = told.size === left.length && left.every(({ bid }) => told.has(bid));
  if (!right) throw new Fails("other_winners", { lot });
  const ranked = left.map(({ bid, rank, comparable }) => ({
    bid, rank, price: ratio(comparable), company: told.get(bid).company,
  })).sort((one, other) => one.rank - other.rank);
  const found = fates(ranked, rules, ceiling);
  const named = ["winner", "standby"].flatMap((kind) => (
    ranked.filter(({ bid }) => found.get(bid) === kind).map(({ bid }) => ({ kind, bid }))
  ));
  const same = awards.length === named.length && ranked.every(({ bid }) => told.get(bid).fate === found.get(bid))
    && awards.every(({ place, kind, bid }, at) => (
      place === at + 1 && kind === named[at].kind && bid === named[at].bid
    ));
  if (!same || (aside !== null && !named.some(({ bid }) => bid === aside))) throw new Fails("other_winners", { lot });
  return named.filter(({ kind }) => kind === "winner").length;
}

/** What the regions needed is the lot's volume; where factors are no whole numbers, each hospital's was rounded up. */
function addsUp({ lot, volume, items }, { regions }) {
  const total = sum(regions.map((region) => BigInt(region.needed)));
  const hospitals = sum(regions.map((region) => BigInt(region.hospitals)));
  const [whole, part = ""] = volume.split(".");
  const scale = 10n ** BigInt(part.length);
  const over = total * scale - BigInt(whole + part);
  const most = (hospitals > 1n ? hospitals : 1n) * scale;
  const exact = items.every((item) => !item.factor_volume.includes("."));
  if (over < 0n || over >= most || (exact && over)) throw new Fails("other_volume", { lot });
}

/** Each region's parts are what is agreed of its need, half up, and its winners' as the rules divide it. */
function dividedAgain({ method, shares, agreed }, { lot, regions, agreed: told }, winners) {
  const rows = Object.keys(agreed).map(Number);
  const share = rows.length ? agreed[Math.min(winners, Math.max(...rows))] : "1";
  if (told !== share || new Set(regions.map(({ region }) => region)).size !== regions.length) {
    throw new Fails("other_division", { lot });
  }
  const [above, below] = ratio(share);
  for (const { needed, parts } of regions) {
    const units = (2n * BigInt(needed) * above + below) / (2n * below);
    if (sum(parts.map(({ quantity }) => BigInt(quantity))) !== units) throw new Fails("other_volume", { lot });
    if (!dividedBy(method, parts, units, winners, shares)) throw new Fails("other_division", { lot });
  }
}

function dividedBy(method, parts, units, winners, shares) {
  if (method === "regions" && winners > 1) {
    return parts.length === (units ? 1 : 0) && parts.every(({ place }) => place >= 1 && place <= winners);
  }
  const again = split(units, method === "shares" ? shares[winners] : ["1"])
    .map((quantity, at) => [at + 1, quantity]).filter(([, quantity]) => quantity > 0n);
  return String(again) === String(parts.map(({ place, quantity }) => [place, BigInt(quantity)]));
}

/** Whole units by shares; those over go to the largest remainders, of equal ones to the better place. */
function split(units, shares) {
  const digits = Math.max(...shares.map((share) => (share.split(".")[1] ?? "").length));
  const below = 10n ** BigInt(digits);
  const above = shares.map((share) => {
    const [whole, part = ""] = share.split(".");
    return units * BigInt(whole + part.padEnd(digits, "0"));
  });
  const rest = above.map((one) => one % below);
  const over = units - sum(above.map((one) => one / below));
  const before = (at) => rest.filter((one, where) => one > rest[at] || (one === rest[at] && where < at)).length;
  return above.map((one, at) => one / below + (BigInt(before(at)) < over ? 1n : 0n));
}

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0n);
