// What a bidder asks of its own bid, with the evidence, the recovery file and the root that it kept.

import { TECHNICAL, COMMERCIAL, Fails, NotAsked, base64url, decoded, key, offerIn } from "./material.js";
import { OPENED, bytes, challenge, includes, manifest, openWithSeed, parse, same, sha256 } from "../sealing.js";

export async function receiptIsSigned(given) {
  const receipt = await given.receipt();
  if (receipt.format !== "sealed-bid-receipt/1") throw new Fails("not_a_receipt");
  const { hashes } = await given.notices();
  if (receipt.kind !== "refusal" && !hashes.includes(receipt.terms)) throw new Fails("other_terms");
  for (const [envelope, file] of given.ownFiles()) {
    const sealed = receipt[envelope];
    const right = sealed && sealed.sha256 === (await sha256(file)) && sealed.com === (await parse(file)).header.com;
    if (!right) throw new Fails("other_file", { envelope });
  }
  if (given.evidence.proof) await passkeySigned(given.evidence.proof, receipt);
}

/** The receipt names the passkey's signature that the evidence has, and it is over this very submission. */
async function passkeySigned({ assertion, manifests }, receipt) {
  const document = decoded(assertion);
  const read = (data) => JSON.parse(new TextDecoder().decode(data));
  const signed = base64url(read(base64url(read(document).client_data)).challenge);
  const asSealed = (one) => one && { com: one.com, digest: one.sha256 };
  const envelopes = { technical: asSealed(receipt.technical), commercial: asSealed(receipt.commercial) };
  const own = await sha256(manifest(receipt, receipt.prev, envelopes));
  const named = (await sha256(document)) === receipt.proof && manifests.includes(own);
  if (!named || !same(signed, await challenge(manifests))) throw new Fails("other_proof");
}

export async function receiptIsIncluded(given) {
  const [receipt, close, proof] = [await given.receipt(), await given.close(), given.evidence.inclusion];
  if (receipt.kind !== "bid") throw new NotAsked("not_a_bid");
  if (!proof) throw new Fails("no_inclusion");
  const own = await given.ownLeaf();
  if (proof.count !== close.count || !(await includes(close.root, own, proof))) throw new Fails("not_included");
  const first = (await given.notice()).envelopes === 2 ? TECHNICAL : COMMERCIAL;
  const asked = [...(await given.requests()).values()]
    .some((one) => one.lot === receipt.lot && one.envelope === first);
  const mine = (await given.listed()).get(key(receipt.bid, first));
  if (mine && mine.leaf !== own) throw new Fails("other_version");
  if (first === TECHNICAL && asked && !mine) throw new Fails("left_out");
  const judged = [...(await given.results()).values()].filter((one) => one.lot === receipt.lot);
  const known = ({ passed, failed }) => passed.includes(receipt.bid) || failed.includes(receipt.bid);
  if (!judged.every(known)) throw new Fails("left_out");
}

export async function commitmentOpens(given) {
  const receipt = await given.receipt();
  recoveryIsOf(given, receipt);
  let opened = 0;
  for (const [envelope, file] of given.ownFiles()) {
    const seed = await given.ownSeed(envelope);
    if (!seed) continue;
    const verdict = await openWithSeed(file, bytes(seed));
    if (verdict.outcome !== OPENED || verdict.header.com !== receipt[envelope].com) {
      throw new Fails("does_not_open", { envelope });
    }
    opened += 1;
  }
  if (!opened) throw new NotAsked("no_secret");
}

export async function priceIsMine(given) {
  const receipt = await given.receipt();
  if (receipt.kind !== "bid") throw new NotAsked("not_a_bid");
  recoveryIsOf(given, receipt);
  const { bid } = receipt;
  const shown = given.opened().get(key(bid, COMMERCIAL));
  if (!shown || given.silent(key(bid, COMMERCIAL))) throw new NotAsked("price_shut");
  const [own, seed] = [given.ownFiles().get(COMMERCIAL), await given.ownSeed(COMMERCIAL)];
  if (!own || !seed) throw new NotAsked("no_secret");
  const mine = offerIn((await openWithSeed(own, bytes(seed))).payload);
  if (shown.sha256 !== receipt.commercial.sha256) throw new Fails("other_version");
  if (mine && shown.outcome !== OPENED) throw new Fails("opens_for_me");
  const ranked = given.record.ranking.filter((one) => one.bid === bid);
  if (ranked.some((one) => one.price !== (mine?.price ?? null))) throw new Fails("other_price");
}

function recoveryIsOf(given, receipt) {
  for (const [envelope, own] of Object.entries(given.secrets?.envelopes ?? {})) {
    const sealed = receipt[envelope];
    if (given.secrets.bid !== receipt.bid || (sealed && own.sha256 !== sealed.sha256)) {
      throw new Fails("other_recovery");
    }
  }
}
