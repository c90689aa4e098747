// What everybody asks of a tender, from its public record alone.

import {
  TECHNICAL, COMMERCIAL, Fails, NotAsked, Remark, Waits, utf8, firstLine, key, decoded, signedBy, attempted, offerIn,
} from "./material.js";
import { rankedOffer } from "./coverage.js";
import { rulesOf } from "./rules.js";
import { places } from "../ranking.js";
import {
  BIDDER_FAULT, OPENED, UNREADABLE, bytes, documentHash, hex, readCanonical, root, sha256, sharesOf,
} from "../sealing.js";

const RELEASE_DIGITS = 16; // of a program's digest, by which a release is named

export async function noticeIsSigned(given) {
  if ((await given.notice()).installation.key !== given.record.key) throw new Fails("other_key");
  if (given.evidence && given.evidence.key !== given.record.key) throw new Fails("other_key");
}

export async function rootIsMine(given) {
  const close = await given.close();
  if (Date.parse(close.closed_at) < Date.parse(close.deadline)) throw new Fails("closed_early");
  const held = given.evidence?.close;
  if (held && firstLine(held) !== firstLine(given.record.close)) throw new Fails("two_closes");
  if (!given.root.trim()) throw new NotAsked("no_root");
  if (given.root.trim().toLowerCase() !== close.root) throw new Fails("other_root");
}

export async function closeIsStamped(given) {
  await given.close();
  if (!given.record.stamp) throw new Waits("not_stamped");
  const imprint = await given.closeHash();
  if (!hex(decoded(given.record.stamp)).includes(imprint)) throw new Fails("other_stamp");
  throw new NotAsked("no_certificate", { digest: imprint });
}

export async function countIsRight(given) {
  const { count, root: published } = await given.close();
  const [opened, requests, results] = [given.opened, await given.requests(), await given.results()];
  const listed = await given.listed();
  const shut = (kind) =>
    [...listed.keys()].filter((name) => name.endsWith(` ${kind}`) && !opened().has(name)).length;
  let waiting = shut(COMMERCIAL);
  if ((await given.notice()).envelopes === 2) {
    const entries = [...listed].filter(([name]) => name.endsWith(` ${TECHNICAL}`)).map(([, entry]) => entry);
    await allCounted(given, entries.length, [...requests.values()].map((one) => one.lot));
    if ((await root(entries.map((entry) => entry.leaf).sort())) !== published) throw new Fails("other_leaves");
    waiting += shut(TECHNICAL);
  } else {
    const judged = [...results.values()];
    const bids = new Set(judged.flatMap((result) => [...result.passed, ...result.failed]));
    await allCounted(given, bids.size, judged.map((result) => result.lot));
  }
  if (waiting) throw new Waits("still_shut", { shut: waiting, count });
}

async function allCounted(given, found, lots) {
  const { count } = await given.close();
  const everywhere = (await given.notice()).lots.every((lot) => lots.includes(lot.lot));
  if (found > count || (found < count && everywhere)) throw new Fails("other_count", { found, count });
  if (found < count) throw new Waits("not_all_listed", { found, count });
}

export async function rankingIsRight(given) {
  const opened = given.opened();
  const asked = new Map();
  for (const [name, { lot }] of [...(await given.listed()), ...[...opened].filter(([name]) => given.silent(name))]) {
    const [bid, kind] = name.split(" ");
    if (kind === COMMERCIAL) asked.set(lot, (asked.get(lot) ?? new Set()).add(bid));
  }
  const complete = [...asked].filter(([, bids]) => [...bids].every((bid) => opened.has(key(bid, COMMERCIAL))));
  for (const [lot, bids] of complete) {
    const shown = given.record.ranking.filter((one) => one.lot === lot);
    const again = await rankedAgain(given, lot, [...bids].sort());
    const wrong = shown.some(({ bid, verdict, comparable, rank }) =>
      JSON.stringify(again.get(bid)) !== JSON.stringify({ verdict, comparable, rank }));
    if (wrong || shown.length !== again.size || new Set(shown.map((one) => one.bid)).size !== again.size) {
      throw new Fails("other_ranking", { lot });
    }
  }
  if (!complete.length) throw new Waits("no_price");
}

async function rankedAgain(given, name, bids) {
  const notice = await given.notice();
  const lot = notice.lots.find((one) => one.lot === name);
  const shown = new Map(given.record.ranking.map(({ bid, score }) => [bid, score]));
  const offers = [];
  for (const bid of bids) {
    const entry = given.opened().get(key(bid, COMMERCIAL));
    const opened = entry.outcome === OPENED && entry.file;
    const offer = opened ? offerIn((await given.verdict(entry)).payload) : null;
    const score = await given.score(name, bid, shown.get(bid) ?? null);
    if (shown.has(bid) && shown.get(bid) !== score) throw new Fails("other_score", { bid });
    offers.push(rankedOffer(offer, entry, lot, score));
  }
  const { root: closeRoot } = await given.close();
  const { currency } = notice.installation;
  return places(offers, { ceiling: lot.ceiling, currency, ties: rulesOf(notice).ties.order, root: closeRoot });
}

export async function openersSigned(given) {
  const opened = given.opened();
  if (!opened.size) throw new Waits("nothing_opened");
  const [requests, { k }] = [await given.requests(), await given.notice()];
  const released = new Map();
  for (const release of await given.releases()) {
    released.set(release.request, (released.get(release.request) ?? new Set()).add(release.opener));
  }
  const enough = [...requests].filter(([hash]) => (released.get(hash)?.size ?? 0) >= k);
  const answered = new Set(enough.map(([, { lot, envelope }]) => key(lot, envelope)));
  for (const [name, { lot, envelope }] of opened) {
    if (!given.silent(name) && !answered.has(key(lot, envelope))) throw new Fails("too_few_openers", { lot });
  }
  for (const written of given.record.minutes) await minutesAreRight(given, written);
}

async function minutesAreRight(given, written) {
  const { k } = await given.notice();
  const body = await attempted("minutes", async () =>
    signedBy(written, await given.signingKeys(readCanonical(utf8(firstLine(written))).requests), k));
  const hashes = new Set(await Promise.all(given.record.releases.map((one) => documentHash(utf8(one)))));
  const [results, requests] = [await given.results(), await given.requests()];
  const named = body.close === (await given.closeHash()) && body.results.every((one) => results.has(one))
    && body.requests.every((one) => requests.has(one)) && body.releases.every((one) => hashes.has(one));
  const agreed = body.envelopes.every(({ bid, envelope, outcome, sha256: digest, wrong }) => {
    const entry = given.opened().get(key(bid, envelope));
    return entry && entry.outcome === outcome && entry.sha256 === digest && String(entry.wrong) === String(wrong);
  });
  if (!named || !agreed) throw new Fails("other_minutes");
}

export async function requestsAreRight(given) {
  const requests = [...(await given.requests()).values()];
  if (!requests.length) throw new Waits("nothing_asked");
  const [results, closeHash] = [await given.results(), await given.closeHash()];
  if ([...results.values()].some((result) => result.close !== closeHash)) {
    throw new Fails("other_close", { where: "results" });
  }
  const asked = new Set(requests.map((one) => key(one.lot, one.envelope, one.seeds, one.number)));
  if (asked.size < requests.length) throw new Fails("asked_twice");
  for (const request of requests) {
    const { close, envelope, lot, list, seeds, result: hash } = request;
    if (close !== closeHash) throw new Fails("other_close", { where: "requests" });
    const before = await requestBefore(given, request);
    if (envelope === TECHNICAL) continue;
    const result = results.get(hash);
    const passed = (result?.passed ?? []).filter((bid) => !(seeds && given.silent(key(bid, envelope))));
    const may = [...new Set([...passed, ...before.map((entry) => entry.bid)])].sort();
    if (result?.lot !== lot || String(list.map((entry) => entry.bid)) !== String(may)) {
      throw new Fails("not_as_passed", { lot });
    }
  }
  const bySeeds = requests.filter((one) => one.seeds);
  if (!bySeeds.length && ![...given.opened().keys()].some(given.silent)) return;
  const call = await given.call();
  if (!call) throw new Fails("no_call");
  if (bySeeds.some((one) => Date.parse(one.issued_at) < Date.parse(call.due_at))) throw new Fails("before_call");
}

/** The list of the request that a further one names: it contains that list, and follows it without a gap. */
async function requestBefore(given, request) {
  if (!request.previous) return [];
  const before = (await given.requests()).get(request.previous);
  const same = before && ["lot", "envelope", "seeds"].every((name) => before[name] === request[name]);
  const entries = new Set(request.list.map((entry) => JSON.stringify(entry)));
  const contained = same && before.list.every((entry) => entries.has(JSON.stringify(entry)));
  if (!contained || request.number !== before.number + 1 || !(await follows(given, request, before))) {
    throw new Fails("not_continued", { lot: request.lot });
  }
  return before.list;
}

/** Whether a request rests on the result of the one before it, or on one of a later round. */
async function follows(given, request, before) {
  const results = await given.results();
  let name = request.result;
  while (name && name !== before.result) name = results.get(name)?.previous;
  return name === before.result;
}

export async function programIsAsPrinted(given) {
  if (!given.record.minutes.length) throw new Waits("no_minutes");
  const { verdicts } = (await given.notice()).programs;
  for (const written of given.record.minutes) {
    const { program } = readCanonical(utf8(firstLine(written)));
    const [printed, used] = [verdicts, program].map((digest) => digest.slice(0, RELEASE_DIGITS));
    if (program !== verdicts) throw new Remark("other_program", { printed, used });
  }
}

export async function releasesAreRight(given) {
  const releases = await given.releases();
  if (!releases.length) throw new Waits("nothing_released");
  const requests = await given.requests();
  const answered = new Set();
  for (const { request: hash, opener: place, lot, shares } of releases) {
    const request = requests.get(hash);
    if (request?.lot !== lot) throw new Fails("release_of_nothing", { place });
    if (shares.length !== request.list.length) throw new Fails("release_of_others", { place });
    if (answered.has(key(hash, place))) throw new Fails("released_twice", { place });
    answered.add(key(hash, place));
  }
}

export async function filesReproduce(given) {
  const opened = given.opened();
  if (!opened.size) throw new Waits("nothing_opened");
  const listed = await given.listed();
  for (const [name, entry] of opened) {
    if (given.silent(name)) continue;
    const asked = listed.get(name);
    if (asked?.lot !== entry.lot) throw new Fails("not_listed", { bid: entry.bid });
    if (entry.sha256 !== asked.sha256) throw new Fails("other_file_opened", { bid: entry.bid });
    if (entry.envelope === COMMERCIAL) await fileReproduces(given, entry, asked);
  }
}

async function fileReproduces(given, entry, asked) {
  const { bid, lot, outcome } = entry;
  const requests = await given.requests();
  if (!entry.file) {
    // A seed that opens something else proves no file; a seed of the file itself is published like any other.
    const seeds = [...requests.values()].some((one) => one.seeds && one.list.some((listed) => listed.bid === bid));
    if (outcome !== UNREADABLE && !(seeds && outcome === BIDDER_FAULT)) throw new Fails("no_file", { bid });
    return;
  }
  const verdict = await given.verdict(entry);
  const header = verdict.header;
  const belongs = { tender: given.record.tender, lot, bid, envelope: COMMERCIAL, terms: await given.terms() };
  const foreign = Object.entries(belongs).some(([name, value]) => header[name] !== value);
  if (foreign || verdict.digest !== asked.sha256 || header.com !== asked.com) {
    throw new Fails("other_file_opened", { bid });
  }
  const reads = verdict.outcome === OPENED && offerIn(verdict.payload) !== null;
  if (reads !== (outcome === OPENED) || ![OPENED, BIDDER_FAULT, UNREADABLE].includes(outcome)) {
    throw new Fails("other_outcome", { bid });
  }
  if (!entry.wrong.length) return;
  const right = await Promise.all((await sharesOf(bytes(entry.seed), header)).map(sha256));
  for (const release of await given.releases()) {
    const request = requests.get(release.request);
    const own = request?.envelope === COMMERCIAL && !request.seeds;
    const at = own ? request.list.findIndex((one) => one.bid === bid) : -1;
    const place = release.opener;
    if (at >= 0 && entry.wrong.includes(place) && release.shares[at] === right[place - 1]) {
      throw new Fails("blamed", { bid, place });
    }
  }
}
