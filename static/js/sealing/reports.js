// The report of a technical evaluation, whose hash stands in the signed result: what each member gave, by number.

import { FormatError } from "./errors.js";
import {
  HASH, HASH_OR_NONE, REFERENCE, anything, canonicalJson, choice, listing, matching, nullable, number, readCanonical,
  record,
} from "./canonical.js";

export const REPORT = "evaluation-report/1";
export const SHEET = "evaluation-sheet/1";
export const OUTCOMES = ["qualified", "not_qualified", "not_shortlisted", "formal", "unreadable"];

const MEMBER = number(1, 999);
const POINTS = matching(/^(?:0|[1-9][0-9]{0,3})\.[0-9]{2}$/, "points with exactly two decimals");
const MARK = matching(/^(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,2})?$/, "a mark with at most two decimals");
const REMARK = matching(/^[^]{0,2000}$/u, "a text of at most 2,000 characters");
const by = (name, fields) => listing(record(fields), Infinity, (entry) => entry[name]);

const CHECK = record({
  format: choice(REPORT),
  tender: REFERENCE,
  lot: REFERENCE,
  close: HASH,
  round: number(1),
  members: by("member", { member: MEMBER, assertion: HASH_OR_NONE }),
  mark: nullable(MARK),
  table: record({ reached: number(0), going_on: number(0), cut: nullable(POINTS) }),
  bids: by("bid", {
    bid: REFERENCE,
    outcome: choice(...OUTCOMES),
    formal: REMARK,
    place: nullable(number(1)),
    score: nullable(POINTS),
    means: by("criterion", { criterion: REFERENCE, mean: POINTS }),
    sheets: by("member", {
      member: MEMBER, comment: REMARK, points: by("criterion", { criterion: REFERENCE, points: POINTS }),
    }),
    answers: by("criterion", { criterion: REFERENCE, value: anything }),
  }),
});

/** Read a report; throws FormatError for bytes or fields that are not one, or for a member not on its list. */
export function readReport(data) {
  const body = readCanonical(data);
  CHECK(body, "");
  const members = new Set(body.members.map((entry) => entry.member));
  if (!body.bids.every((bid) => bid.sheets.every((sheet) => members.has(sheet.member)))) {
    throw new FormatError("points of somebody who is no member", { where: "bids" });
  }
  return body;
}

/** What a member signs: the own points and comments of a round; its SHA-256 is the challenge of the passkey. */
export function sheet({ tender, lot, close, round, bids }, member) {
  const own = bids.flatMap(({ bid, sheets }) =>
    sheets.filter((entry) => entry.member === member).map(({ comment, points }) => ({ bid, comment, points })));
  return canonicalJson({ format: SHEET, tender, lot, close, round, member, bids: own });
}
