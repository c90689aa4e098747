// What the pages of an opener share: words, one live line that says what happens, reading a key, sending, saving.

import { filled } from "../handing.js";
import { CeremonyError, CodeError, DeskError, SealError } from "../sealing/errors.js";
import { keysFromSecret, unlock } from "../sealing/keys.js";
import { PaperError, fromPaper } from "./paper.js";

export { saveAs } from "../handing.js";

/** A sentence of the page by its name; `%(name)s` is filled in. */
export function word(name, values = {}) {
  const words = JSON.parse(document.getElementById("words").textContent);
  return filled(words[name] ?? name, values);
}

/** Say what happens or went wrong, where a screen reader hears it. `tone` is info, good, warn, or bad for an alarm. */
export function say(text, tone = "info") {
  const line = document.querySelector("[data-says]");
  line.textContent = text;
  line.className = text ? `alert alert--${tone}` : "";
  line.hidden = !text;
  if (tone === "bad" || tone === "warn") line.scrollIntoView({ block: "nearest" });
}

/**
 * Let a form act here instead of being sent. The page serves its button shut, so that nobody presses it before this
 * program stands; from then on it is shut only while the act runs.
 */
export function acts(form, act) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(form, act);
  });
  for (const button of form.querySelectorAll("button")) button.disabled = false;
}

/** Run an act of a form with its button shut, and say in words what went wrong. */
async function attempt(form, act) {
  const buttons = [...form.querySelectorAll("button")];
  for (const button of buttons) button.disabled = true;
  try {
    await act();
  } catch (error) {
    say(explained(error), error instanceof CeremonyError ? "bad" : "warn");
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

/** Why something did not work, for the person at the page. */
function explained(error) {
  if (error instanceof PaperError) return word("paper", { line: error.line });
  if (error instanceof CodeError) return word("code");
  if (error instanceof CeremonyError) return word("ceremony", { where: word(`where-${error.where.split(/[.[]/)[0]}`) });
  if (error instanceof DeskError) return word(error.where, { place: error.opener, now: new Date().toString() });
  if (error instanceof SealError) return word("key-file");
  if (error instanceof Refusal) return error.message;
  if (error instanceof TypeError) return word("network");
  return word("failed");
}

/** What the platform answered to something it does not take. */
class Refusal extends Error {}

/** The keys that file (or paper) and code of a form open. */
export async function keysOf(form) {
  say(word("unlocking"));
  const [file] = form.elements.file.files;
  const typed = form.elements.paper?.value.trim() ?? "";
  if (!file && !typed) throw new Refusal(word("no-file"));
  const data = file ? new Uint8Array(await file.arrayBuffer()) : await fromPaper(typed);
  return keysFromSecret(await unlock(data, form.elements.code.value, "opener"));
}

/** Send JSON to one of the page's addresses; the answer's JSON. Throws where it is not taken, in the answer's words. */
export async function send(method, address, body) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  const content = await answer.json();
  if (!answer.ok) throw new Refusal(content.message ?? word("failed"));
  return content;
}

/** Show a part of the page and go there. */
export function show(part) {
  part.hidden = false;
  part.querySelector("h2, input, button")?.focus();
}
