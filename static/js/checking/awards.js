// Who wins and what each winner supplies, computed once more from the published ranking and the notice's rules.

import { Fails, NotAsked, Waits } from "./material.js";
import { FIRST_NOTICE } from "./evaluation.js";
import { howMany, rulesOf } from "./rules.js";

export async function awardsAreRight(given) {
  const { decisions, ranking } = given.record;
  const notice = await given.notice();
  const { format, lots } = notice;
  if (decisions === undefined) {
    // Else a platform would escape the question by leaving them out.
    if (format !== FIRST_NOTICE) throw new Fails("left_out_decisions");
    throw new NotAsked("without_decisions");
  }
  if (!decisions.length) throw new Waits("no_decision");
  const { selection, allocation } = rulesOf(notice);
  const aside = new Set();
  for (const decision of decisions) {
    const lot = lots.find((one) => one.lot === decision.lot);
    const ranked = ranking.filter((one) => one.lot === decision.lot && one.rank !== null && !aside.has(one.bid))
      .sort((one, other) => one.rank - other.rank).map((one) => one.bid);
    const winners = howMany(selection.winners, ranked.length);
    selectedAgain(decision, ranked.slice(0, winners + selection.standbys), winners);
    addsUp(lot, decision);
    dividedAgain(allocation, decision, winners);
    if (decision.set_aside !== null) aside.add(decision.set_aside);
  }
}

function selectedAgain({ lot, awards, set_aside: aside }, bids, winners) {
  const same = awards.length === bids.length && awards.every(({ place, kind, bid }, at) => (
    place === at + 1 && kind === (at < winners ? "winner" : "standby") && bid === bids[at]
  ));
  if (!same || (aside !== null && !bids.includes(aside))) throw new Fails("other_winners", { lot });
}

/** The quantities are the lot's volume; where factors are no whole numbers, each hospital's was rounded up. */
function addsUp({ lot, volume, items }, { regions }) {
  const total = sum(regions.flatMap((region) => region.parts).map((part) => BigInt(part.quantity)));
  const hospitals = sum(regions.map((region) => BigInt(region.hospitals)));
  const [whole, part = ""] = volume.split(".");
  const scale = 10n ** BigInt(part.length);
  const over = total * scale - BigInt(whole + part);
  const most = (hospitals > 1n ? hospitals : 1n) * scale;
  const exact = items.every((item) => !item.factor_volume.includes("."));
  if (over < 0n || over >= most || (exact && over)) throw new Fails("other_volume", { lot });
}

function dividedAgain({ method, shares: table }, { lot, regions }, winners) {
  const right = new Set(regions.map((region) => region.region)).size === regions.length && regions.every(({ parts }) => {
    if (method === "regions" && winners > 1) {
      return parts.length === 1 && parts[0].place >= 1 && parts[0].place <= winners;
    }
    const shares = method === "shares" ? table[winners] : ["1"];
    const again = split(sum(parts.map((part) => BigInt(part.quantity))), shares)
      .map((quantity, at) => [at + 1, quantity]).filter(([, quantity]) => quantity > 0n);
    return String(again) === String(parts.map((part) => [part.place, BigInt(part.quantity)]));
  });
  if (!right) throw new Fails("other_division", { lot });
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
