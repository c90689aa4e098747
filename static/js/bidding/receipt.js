// A receipt, checked once more where it is read: the signature by the notice's key, and the hash in its address.

import { documentHash, readCanonical, readDocument } from "../sealing.js";
import { canCheckSignatures } from "./terms.js";

const given = JSON.parse(document.getElementById("receipt-facts").textContent);
const utf8 = (text) => new TextEncoder().encode(text);
const box = document.querySelector("[data-checked]");

async function verdict() {
  if (!(await canCheckSignatures())) return "unable";
  try {
    const notice = utf8(given.notice);
    const { key } = readCanonical(notice.slice(0, notice.indexOf(10))).installation;
    const receipt = utf8(given.document);
    await readDocument(receipt, [key]);
    if ((await documentHash(receipt)) !== given.sha256) return "wrong";
    return sessionStorage.getItem(`receipt-${given.sha256}`) ? "compared" : "holds";
  } catch {
    return "wrong";
  }
}

const found = await verdict();
box.textContent = box.dataset[found];
box.classList.add(found === "wrong" ? "tone-bad" : found === "unable" ? "tone-warn" : "tone-good");
