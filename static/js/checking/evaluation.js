// Who passed, computed once more from every member's points, in whole hundredths of a point.

import { TECHNICAL, Fails, NotAsked, Waits, key } from "./material.js";
import { howMany, rulesOf } from "./rules.js";
import { OPENED } from "../sealing.js";

const [QUALIFIED, NOT_QUALIFIED, NOT_SHORTLISTED] = ["qualified", "not_qualified", "not_shortlisted"];
const [FORMAL, UNREADABLE] = ["formal", "unreadable"];
// Results to it say nothing of the members' points, records of it nothing of winners.
export const FIRST_NOTICE = "tender-notice/1";

export async function evaluationIsRight(given) {
  const results = await given.results();
  if (!results.size) throw new Waits("no_result");
  const rounds = new Set();
  for (const { lot, round = 1 } of results.values()) {
    const name = key(lot, round);
    if (rounds.has(name)) throw new Fails("two_results", { lot });
    rounds.add(name);
  }
  const told = [...results.values()].filter((result) => result.report !== undefined);
  // Else a platform would escape the question by signing results of the format that has no reports.
  const silent = [...results.values()].find((result) => result.report === undefined);
  if (silent && (await given.notice()).format !== FIRST_NOTICE) throw new Fails("unreported", { lot: silent.lot });
  const reports = await given.reports();
  for (const result of told) {
    const report = reports.get(result.report);
    if (!report) throw new Fails("no_report", { lot: result.lot });
    const same = ["tender", "lot", "close", "round"].every((name) => report[name] === result[name]);
    if (!same) throw new Fails("other_report", { lot: result.lot });
    const before = results.get(result.previous);
    if (result.round > 1 && (before?.lot !== result.lot || (before.round ?? 1) !== result.round - 1)) {
      throw new Fails("other_round", { lot: result.lot });
    }
    evaluatedAgain(await given.notice(), given.opened(), result, report);
  }
  if (!told.length) throw new NotAsked("without_reports");
}

function evaluatedAgain(notice, opened, result, report) {
  const scored = notice.criteria.filter((one) => one.kind === "scored");
  const most = new Map(scored.map(({ criterion, points }) => [criterion, points * 100]));
  const members = report.members.map((entry) => entry.member);
  const scores = new Map();
  for (const bid of report.bids) {
    isJudgedAsOpened(notice, opened, bid);
    if (most.size && ![FORMAL, UNREADABLE].includes(bid.outcome)) {
      scores.set(bid.bid, scoreOf(bid, members, most));
    } else if (bid.sheets.length || bid.means.length || bid.score !== null) {
      throw new Fails("other_points", { bid: bid.bid });
    }
  }
  const { mark, table, verdicts } = verdictsBy(rulesOf(notice).evaluation, report, scores);
  if (report.mark !== mark || ["reached", "going_on", "cut"].some((name) => report.table[name] !== table[name])) {
    throw new Fails("other_table", { lot: result.lot });
  }
  for (const { bid, outcome, place } of report.bids) {
    const found = verdicts.get(bid);
    if (found.outcome !== outcome || found.place !== place) throw new Fails("other_outcome_of", { bid });
  }
  const passed = report.bids.filter((bid) => bid.outcome === QUALIFIED).map((bid) => bid.bid);
  const judged = report.bids.map((bid) => bid.bid);
  const named = [...result.passed, ...result.failed].sort();
  if (String(result.passed) !== String(passed) || String(named) !== String(judged)) {
    throw new Fails("other_passed", { lot: result.lot });
  }
}

/** An envelope that opened is judged, one that did not is not; a formal failure has its reason. */
function isJudgedAsOpened({ envelopes }, opened, { bid, outcome, formal }) {
  const readable = envelopes === 1 || opened.get(key(bid, TECHNICAL))?.outcome === OPENED;
  if (readable === (outcome === UNREADABLE) || (outcome === FORMAL) !== Boolean(formal)) {
    throw new Fails("other_outcome_of", { bid });
  }
}

/** The score in hundredths, once the points of every member for every criterion are there and give the means. */
function scoreOf({ bid, sheets, means, score }, members, most) {
  const names = [...most.keys()].sort();
  const complete = members.length && String(sheets.map((sheet) => sheet.member)) === String(members)
    && sheets.every(({ points }) => String(points.map((one) => one.criterion)) === String(names));
  if (!complete) throw new Fails("points_missing", { bid });
  const sums = new Map(names.map((name) => [name, 0]));
  for (const { criterion, points } of sheets.flatMap((sheet) => sheet.points)) {
    if (hundredths(points) > most.get(criterion)) throw new Fails("other_points", { bid });
    sums.set(criterion, sums.get(criterion) + hundredths(points));
  }
  const again = names.map((name) => Math.floor((2 * sums.get(name) + members.length) / (2 * members.length)));
  const told = new Map(means.map(({ criterion, mean }) => [criterion, hundredths(mean)]));
  const total = again.reduce((sum, mean) => sum + mean, 0);
  const right = told.size === names.length && names.every((name, at) => told.get(name) === again[at]);
  if (!right || score === null || hundredths(score) !== total) throw new Fails("other_points", { bid });
  return total;
}

/** By bid outcome and place as the rules give them, and what the bids were judged by. */
function verdictsBy(rules, { bids }, scores) {
  const judged = bids.filter(({ outcome }) => ![FORMAL, UNREADABLE].includes(outcome)).map(({ bid }) => bid);
  const scoreOr0 = (bid) => scores.get(bid) ?? 0;
  const mark = scores.size ? rules.pass_mark : null;
  const reached = judged.filter((bid) => mark === null || scoreOr0(bid) >= hundredths(mark));
  const higher = (bid) => reached.filter((other) => scoreOr0(other) > scoreOr0(bid)).length;
  const goingOn = howMany(rules.shortlist, reached.length);
  const through = reached.filter((bid) => higher(bid) < goingOn);
  const cut = goingOn < reached.length ? written(Math.min(...through.map(scoreOr0))) : null;
  const outcomeOf = (bid) => {
    if (through.includes(bid)) return QUALIFIED;
    return reached.includes(bid) ? NOT_SHORTLISTED : NOT_QUALIFIED;
  };
  const verdicts = new Map(bids.map(({ bid, outcome }) => [bid, {
    outcome: judged.includes(bid) ? outcomeOf(bid) : outcome,
    place: scores.has(bid) && reached.includes(bid) ? higher(bid) + 1 : null,
  }]));
  return { mark, table: { reached: reached.length, going_on: goingOn, cut }, verdicts };
}

function hundredths(text) {
  const [whole, part = ""] = text.split(".");
  return Number(whole) * 100 + Number(part.padEnd(2, "0"));
}

const written = (points) => `${Math.floor(points / 100)}.${String(points % 100).padStart(2, "0")}`;
