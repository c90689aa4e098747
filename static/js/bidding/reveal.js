// Revealing after lost keys: the call is checked, the recovery file opens the bidder's own sealed files, and only then
// their seeds are sealed to the openers of the call and sent. Nothing else runs on this page.

import "../countdown.js";
import "../forms.js";
import "../page.js";
import {
  CeremonyError, SealError, documentHash, readCall, readCanonical, readDocument, sealSeeds,
} from "../sealing.js";
import { alarm, facts, goTo, part, saveAs, say, tell } from "./facts.js";
import { CutOff, send, sendJson } from "./network.js";
import { recovered } from "./recovery.js";
import { ReceiptError, base64 } from "./submission.js";
import { canCheckSignatures } from "./terms.js";

const form = part("reveal");
const [fileField, codeField] = ["recovery-file", "recovery-code"].map((id) => document.getElementById(id));
const utf8 = (text) => new TextEncoder().encode(text);
let call = null;
let serverKey = "";
let sealed = null;  // what was sealed once is what is sent again when the line broke

/** The call, held against the signed notice and close. @throws SealError */
async function checkCall() {
  const notice = utf8(facts.notice);
  serverKey = readCanonical(notice.slice(0, notice.indexOf(10))).installation.key;
  const { tender } = await readDocument(notice, [serverKey]);
  const close = utf8(facts.close);
  await readDocument(close, [serverKey]);
  call = await readCall(utf8(facts.call), { server: serverKey, tender, closeHash: await documentHash(close) });
  part("fingerprint").textContent = call.body.fingerprint;
  part("checked").textContent = say("call_checked");
  form.hidden = false;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  alarm();
  const [file] = fileField.files;
  tell(fileField, file ? "" : say("recovery_missing"));
  tell(codeField, codeField.value.trim() ? "" : say("code_missing"));
  if (!file || !codeField.value.trim()) return;
  await busy(async () => {
    sealed ??= await sealedWith(file, codeField.value);
    if (!sealed) return tell(codeField, say("recovery_wrong"));
    const { status, data } = await sendJson("reveal/", Object.fromEntries(
      Object.entries(sealed).map(([kind, envelope]) => [kind, base64(envelope.file)]),
    ));
    if (data.code === "proof_needed") return alarm(say("confirm_first"), facts.confirm);
    if (status !== 201) return alarm(data.message || say("not_taken"));
    await checkReceipt(data.receipt, sealed);
    saveAs(`${facts.bid}-reveal.txt`, data.receipt);
    form.hidden = true;
    part("done").hidden = false;
    goTo(part("done-heading"));
  });
});

/** The seeds, sealed; null where file and code are not those of this bid. */
async function sealedWith(file, code) {
  const secret = await recovered(new Uint8Array(await file.arrayBuffer()), code);
  if (secret?.bid !== facts.bid) return null;
  const terms = await documentHash(utf8(facts.notice));
  return sealSeeds(call, secret, await ownFiles(secret.version), terms);
}

/** The bidder's own sealed files that are still shut, as the platform keeps them. */
async function ownFiles(version) {
  const files = {};
  for (const kind of facts.envelopes) {
    const answer = await send(`versions/${version}/${kind}/`);
    if (!answer.ok) throw new SealError("not stored", { where: kind });
    files[kind] = new Uint8Array(await answer.arrayBuffer());
  }
  return files;
}

/** Believe that it arrived only if the notice's key signed the very hashes that were sent, and the call. */
async function checkReceipt(written, sealed) {
  const body = await readDocument(utf8(written), [serverKey]).catch(() => refuse());
  const right = body.format === "sealed-bid-reveal/1" && body.bid === facts.bid && body.call === call.hash;
  const hashes = ["technical", "commercial"].every((kind) => body[kind] === (sealed[kind]?.digest ?? ""));
  if (!right || !hashes) refuse();
}

function refuse() {
  throw new ReceiptError("not the receipt of this reveal");
}

/** Run what is slow with the button shut, and say in words what went wrong. */
async function busy(act) {
  part("progress").hidden = false;
  part("send").disabled = true;
  try {
    await act();
  } catch (error) {
    alarm(say(nameOf(error)));
  } finally {
    part("progress").hidden = true;
    part("send").disabled = false;
  }
}

function nameOf(error) {
  if (error instanceof CutOff) return "cut_off";
  if (error instanceof ReceiptError) return "receipt_wrong";
  if (error instanceof CeremonyError || error.where === "call") return "call_wrong";
  return error instanceof SealError ? "recovery_wrong" : "not_sealed";
}

async function begin() {
  part("unscripted").hidden = true;
  part("page").hidden = false;
  if (await canCheckSignatures()) await checkCall().catch(() => alarm(say("call_wrong")));
  else alarm(say("unable"));
}

begin();
