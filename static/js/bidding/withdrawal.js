// Withdrawing: sent until it is answered, and the receipt checked. Without this script the form does it alone.

import { alarm, facts, part, say } from "./facts.js";
import { CutOff } from "./network.js";
import { ReceiptError, checkReceipt, prepared, submit } from "./submission.js";
import { NotSigned, signatureOver } from "./signing.js";
import { checkedTerms } from "./terms.js";

const form = part("withdraw");
let submission = null;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  alarm();
  part("progress").hidden = false;
  try {
    const terms = await checkedTerms(new TextEncoder().encode(facts.notice), facts.sealing);
    submission ??= prepared({}, await signatureOver({}));
    const { status, data } = await submit(submission);
    if (data.code === "proof_needed") return alarm(say("confirm_first"), facts.confirm);
    if (status !== 201) return alarm(data.message || say("not_taken"));
    await checkReceipt(data, submission, terms.signed ? terms.serverKey : null);
    sessionStorage.setItem(`receipt-${data.sha256}`, "compared");
    location.assign(facts.receipt.replace("SHA256", data.sha256));
  } catch (error) {
    alarm(say(nameOf(error), error));
  } finally {
    part("progress").hidden = true;
    delete form.dataset.sent;
  }
});

function nameOf(error) {
  if (error instanceof CutOff) return "cut_off";
  if (error instanceof NotSigned) return "not_signed";
  return error instanceof ReceiptError ? "receipt_wrong" : "terms_wrong";
}
