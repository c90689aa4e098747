// The page on which a bid is written, sealed, made recoverable and submitted. Each step lets the next one begin.
// It and what it imports are all that runs there, as one script, whose hash stands in the notice.

import { OPENED, PayloadError, SealError, openWithSeed, parse, same, sealAndReopen, sha256 } from "../sealing.js";
import "../countdown.js";
import "../deadline.js";
import "../forms.js";
import "../page.js";
import { AttachmentList } from "./attachments.js";
import {
  draftFile, emptyDraft, forgetAnswers, forgetDraft, keepAnswers, loadAnswers, loadDraft, readDraftFile, saveDraft,
} from "./drafts.js";
import { alarm, facts, goTo, part, saveAs, say, tell } from "./facts.js";
import { CutOff, send } from "./network.js";
import { asksWhatTheNoticeAsks, fillIn, onTyping, payloadsOf, pricesOf, readOffer, typed } from "./offer.js";
import { makeRecovery, opened, recovered } from "./recovery.js";
import { NotSigned, signatureOver } from "./signing.js";
import { ReceiptError, checkReceipt, filesIn, prepared, submit } from "./submission.js";
import { TermsError, checkedTerms } from "./terms.js";

const [{ bid, version }] = facts.sealing;
const lists = Object.fromEntries(facts.sealing.map(({ envelope }) => [envelope, new AttachmentList(envelope, keep)]));
let terms = null;
let sealed = null;  // {submission, recovery}: what is ready to be sent, and what opens it
let saving = 0;

// --- The draft ---

const attached = (envelope) => lists[envelope]?.entries.filter((entry) => entry.id) ?? [];
const draft = () => ({ ...typed(), attachments: { technical: attached("technical"), commercial: attached("commercial") } });

/** Keep what was typed, a moment after the last key. */
function keep() {
  clearTimeout(saving);
  saving = setTimeout(async () => {
    // A browser without a store of its own, or one just emptied by signing out, keeps nothing.
    const kept = await saveDraft(draft()).then(() => "draft_kept", () => "draft_unkept");
    part("draft-state").textContent = say(kept);
  }, 300);
}

async function show({ answers, prices, attachments }) {
  fillIn({ answers, prices }, terms);
  await Promise.all(Object.entries(lists).map(([envelope, list]) => list.show(attachments[envelope])));
}

async function forget() {
  clearTimeout(saving);
  await Promise.all([forgetDraft(), forgetAnswers()]);
  await show(emptyDraft());
  clearTimeout(saving);
  part("draft-state").textContent = say("draft_forgotten");
}

async function bring(field) {
  const found = readDraftFile(await field.files[0].text());
  field.value = "";
  tell(field, found ? "" : say("draft_foreign"));
  if (!found) return;
  await show(found);
  keep();
}

/** Fill in what an earlier version says, opened here with its recovery file. */
async function fillFromEarlier() {
  const [field, code] = ["earlier-file", "earlier-code"].map((id) => document.getElementById(id));
  const secret = field.files[0] && (await recovered(new Uint8Array(await field.files[0].arrayBuffer()), code.value));
  if (!secret || secret.bid !== bid) return tell(code, say("recovery_wrong"));
  const files = {};
  for (const { envelope } of facts.sealing) {
    const answer = await send(`versions/${secret.version}/${envelope}/`);
    files[envelope] = new Uint8Array(await answer.arrayBuffer());
  }
  const found = await opened(secret, files).catch(() => null);
  tell(code, found ? "" : say("recovery_wrong"));
  if (!found) return;
  const entries = ({ payload, blobs }) => payload.attachments.map((one, at) => ({ ...one, id: blobs[at], stored: true }));
  const answers = found.technical?.payload.answers.map((one) => [one.criterion, one.value]) ?? [];
  await show({
    answers: Object.fromEntries(answers),
    prices: pricesOf(found.commercial.payload.offer),
    attachments: { technical: found.technical ? entries(found.technical) : [], commercial: entries(found.commercial) },
  });
  code.value = field.value = "";
  keep();
}

// --- Sealing ---

async function seal() {
  const offer = readOffer(terms);
  const waiting = Object.values(lists).find((list) => !list.stored);
  if (waiting) {
    tell(waiting.input, say("attachment_waiting"));
    if (offer) waiting.input.focus();
  }
  if (!offer || waiting) return;
  const contents = payloadsOf(offer, { technical: attached("technical"), commercial: attached("commercial") });
  const envelopes = {};
  for (const entry of facts.sealing) {
    await progress(say(`sealing_${entry.envelope}`), Object.keys(envelopes).length / (facts.sealing.length + 1));
    const { payload, blobs } = contents[entry.envelope];
    envelopes[entry.envelope] = await sealAndReopen(payload, entry, entry, { blobs });
  }
  await progress(say("locking"), facts.sealing.length / (facts.sealing.length + 1));
  const submission = prepared(envelopes);
  await proveWhatIsSent(submission, contents);
  sealed = { submission, recovery: await makeRecovery(Object.values(envelopes)) };
  await showSealed();
}

/** The bytes that will be sent must open, under their seeds, to what was typed. */
async function proveWhatIsSent(submission, contents) {
  for (const [envelope, file] of Object.entries(filesIn(submission))) {
    await breath();
    const verdict = await openWithSeed(file, submission.envelopes[envelope].seed);
    if (verdict.outcome !== OPENED || !same(verdict.payload, contents[envelope].payload)) {
      throw new SealError("what would be sent does not open");
    }
  }
}

async function showSealed() {
  for (const [envelope, file] of Object.entries(filesIn(sealed.submission))) {
    part(`sealed-${envelope}`).textContent = `SHA-256 ${await sha256(file)} · com ${(await parse(file)).header.com}`;
  }
  part("code").textContent = sealed.recovery.code;
  part("submit").disabled = true;
  part("submit-hint").textContent = say("prove_first");
  for (const name of ["write", "draft"]) part(name).hidden = true;
  part("keep").hidden = false;
  goTo(part("keep-heading"));
}

function change() {
  sealed = null;
  for (const id of ["recovery-file", "recovery-code"]) document.getElementById(id).value = "";
  part("code").textContent = "";
  part("keep").hidden = true;
  for (const name of ["write", "draft"]) part(name).hidden = false;
  goTo(part("write-heading"));
}

// --- The recovery file ---

async function prove() {
  const [field, code] = ["recovery-file", "recovery-code"].map((id) => document.getElementById(id));
  tell(field, field.files.length ? "" : say("recovery_missing"));
  tell(code, code.value.trim() ? "" : say("code_missing"));
  if (!field.files.length || !code.value.trim()) return (field.files.length ? code : field).focus();
  await progress(say("proving"));
  const secret = await recovered(new Uint8Array(await field.files[0].arrayBuffer()), code.value);
  const found = secret && (await opened(secret, filesIn(sealed.submission)));
  tell(code, found ? "" : say("recovery_wrong"));
  if (!found) return code.focus();
  part("code").textContent = say("code_gone");
  part("submit-hint").textContent = say("proved");
  part("submit").disabled = false;
  part("submit").focus();
}

// --- Submitting ---

async function handIn() {
  if (!sealed.signed) {
    if (facts.passkey) await progress(say("signing"));
    const { envelopes } = sealed.submission;
    Object.assign(sealed, { submission: prepared(envelopes, await signatureOver(envelopes)), signed: true });
  }
  await progress(say("submitting"));
  const { status, data } = await submit(sealed.submission);
  if (status !== 201) return refused(status, data);
  await checkReceipt(data, sealed.submission, terms.signed ? terms.serverKey : null);
  sealed = null;
  clearTimeout(saving);
  await keepAnswers(draft(), version).then(forgetDraft).catch(() => null);
  sessionStorage.setItem(`receipt-${data.sha256}`, "compared");
  location.assign(facts.receipt.replace("SHA256", data.sha256));
}

function refused(status, data) {
  if (data.code === "proof_needed") return alarm(say("confirm_first"), facts.confirm);
  if (status === 401 || status === 403) return alarm(say("signed_out"));
  const names = (data.faults ?? []).map(({ field, row }) => attached(field.split(".")[0])[row - 1]?.name).filter(Boolean);
  alarm([data.message || say("not_taken"), ...names].join(" "));
}

// --- The page ---

/** Do one thing at a time; whatever goes wrong is said in words. */
function doing(act) {
  return async (event) => {
    event?.preventDefault();
    if (part("page").ariaBusy === "true") return;
    part("page").ariaBusy = "true";
    alarm();
    try {
      await act();
    } catch (error) {
      alarm(say(nameOf(error)));
    } finally {
      part("page").ariaBusy = "false";
      progress("");
    }
  };
}

function nameOf(error) {
  if (error instanceof CutOff) return "cut_off";
  if (error instanceof ReceiptError) return "receipt_wrong";
  if (error instanceof NotSigned) return "not_signed";
  if (error instanceof PayloadError && error.where === "payload") return "too_long";
  return "not_sealed";
}

/** Let the browser paint and answer the reader: cryptography in one go would freeze a slow machine. */
const breath = () => new Promise((wake) => setTimeout(wake, 20));

function progress(words, share = null) {
  part("progress").hidden = !words;
  part("progress-text").textContent = words;
  if (share === null) part("progress-bar").removeAttribute("value");
  else part("progress-bar").value = share;
  return breath();
}

async function begin() {
  part("unscripted").hidden = true;
  try {
    terms = await checkedTerms(new TextEncoder().encode(facts.notice), facts.sealing);
    if (!asksWhatTheNoticeAsks(terms)) throw new TermsError("criteria");
  } catch (error) {
    return alarm(say("terms_wrong", { where: error.where ?? "" }));
  }
  part("fingerprint").textContent = terms.fingerprint;
  part("terms-checked").textContent = say(terms.signed ? "terms_checked" : "terms_checked_unsigned");
  const known = await loadDraft().catch(() => null);
  const before = known ? null : await loadAnswers().catch(() => null);
  if (known) part("draft-state").textContent = say("draft_found");
  if (before) part("draft-state").textContent = say("answers_found", { version: before.version });
  if (known ?? before) show(known ?? before);
  onTyping(keep, terms);
  const clicks = { seal, change, prove, submit: handIn, "draft-forget": forget, "earlier-fill": fillFromEarlier };
  for (const [name, act] of Object.entries(clicks)) part(name)?.addEventListener("click", doing(act));
  part("draft-save").addEventListener("click", () => saveAs(`${bid}-draft.json`, draftFile(draft())));
  part("save-recovery").addEventListener("click", () => saveAs(`${bid}-v${version}-recovery.json`, sealed.recovery.file));
  const file = document.getElementById("draft-file");
  file.addEventListener("change", () => file.files.length && bring(file));
  addEventListener("beforeunload", (event) => { if (sealed) event.preventDefault(); });
  part("page").hidden = false;
}

begin();
