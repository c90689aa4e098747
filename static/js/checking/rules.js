// The rules of a notice in the form that is read here, whichever form they were frozen in.

import { Fails } from "./material.js";

const BY_PARTS = "tender-rules/3";

/** The rules of a notice by part; what was frozen before that form had all names at one level. */
export function rulesOf({ rules }) {
  if (rules.format === BY_PARTS) return rules;
  const { shortlist: table, shortlist_rest: rest, winners = 1, standbys = 0, allocation = "whole", shares = {} } = rules;
  const beyond = rest ? { share: rest[0], cap: rest[1] } : null;
  return {
    evaluation: { pass_mark: rules.pass_mark, shortlist: Object.keys(table).length ? { table, beyond } : null },
    ties: { order: rules.tie_order },
    selection: { winners: { table: {}, beyond: { share: "1", cap: winners } }, standbys },
    allocation: { method: allocation, shares },
  };
}

/** How many of so many: all where nothing is told; beyond the table's highest number a share, rounded up, with a cap. */
export function howMany(told, number) {
  if (told === null || !number) return number;
  const { table, beyond } = told;
  const highest = Math.max(0, ...Object.keys(table).map(Number));
  if (number <= highest || !beyond) {
    const places = table[Math.min(number, highest)];
    if (places === undefined) throw new Fails("malformed");
    return places;
  }
  const [whole, part = ""] = beyond.share.split(".");
  const below = 10 ** part.length;
  return Math.min(Math.floor((number * Number(whole + part) + below - 1) / below), beyond.cap);
}
