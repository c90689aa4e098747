// The page of the check: takes the files, asks `checking.js`, and says what was found. It has no way to send.
//
// The same on the platform, where the page stands in its reader's language, and in the file that is kept, where
// every language waits in a <template data-language>. Words come from JSON blocks: check-words, or one a language.

import { FAILS, HOLDS, REMARK, UnreadableError, check, readEvidence, readRecord } from "./checking.js";
import { SealError, unlock } from "./sealing.js";

const MARKS = {
  holds: ["good", "✓"], "holds, with a remark": ["info", "✓"], "does not hold": ["bad", "✗"], "not yet": ["info", "…"], "not asked for": ["", "–"],
};
const KINDS = {
  "tender-record/1": "record",
  "tender-record/2": "record",
  "bid-evidence/1": "evidence",
  "bid-evidence/2": "evidence",
  "sealed-bid-key/1": "recovery",
};

// What was given stays in memory when the language changes.
const held = {};
const typed = { code: "", root: "" };
let words;
let page;
let run = 0;

const part = (name) => page.querySelector(`[data-check-${name}]`);

/** A sentence with what it speaks of, some of which has words of its own; it begins with a capital. */
function filled(sentence, about = {}) {
  const whole = sentence.replace(/\{(\w+)\}/g, (_, name) => words.terms[about[name]] ?? about[name]);
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

// --- Files ---

/** What a file is, from its own first field; throws a sentence that says what to do. */
async function take(file) {
  const text = await file.text();
  const { name } = file;
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(filled(words.errors.unknown, { name }));
  }
  const kind = KINDS[value?.format];
  const ofAnOpener = kind === "recovery" && value.kind !== "recovery";
  if (!kind || ofAnOpener) throw new Error(filled(words.errors.unknown, { name }));
  try {
    if (kind === "record") held.record = readRecord(text);
    if (kind === "evidence") held.evidence = readEvidence(text);
    if (kind === "recovery") held.recovery = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    throw new Error(filled(words.errors.damaged, { name, where: error.where }));
  }
}

async function takeAll(files) {
  const errors = [];
  for (const file of files) await take(file).catch((error) => errors.push(error.message));
  showErrors(errors);
  showHeld();
}

function showHeld() {
  const about = {
    tender: held.record?.tender,
    bid: held.evidence && JSON.parse(held.evidence.receipt.split("\n")[0]).bid,
  };
  const kinds = [...new Set(Object.values(KINDS))].filter((kind) => held[kind]);
  part("held").replaceChildren(...kinds.map((kind) => element("li", "", `✓ ${filled(words.files[kind], about)}`)));
  part("code").hidden = !held.recovery;
}

function showErrors(errors) {
  part("errors").hidden = !errors.length;
  part("errors").replaceChildren(...errors.map((error) => element("li", "", error)));
}

// --- The check ---

async function secrets() {
  if (!held.recovery) return null;
  if (!typed.code.trim()) throw new Error(words.errors.no_code);
  try {
    return await unlock(held.recovery, typed.code, "recovery");
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new Error(words.errors.wrong_code);
  }
}

async function answer() {
  const mine = (run += 1);
  showErrors([]);
  if (!held.record) {
    showErrors([words.errors.no_record]);
    return;
  }
  part("results").hidden = false;
  part("tender").textContent = held.record.tender;
  part("verdict").textContent = words.verdicts.checking;
  part("findings").replaceChildren();
  part("results").focus();
  const found = [];
  try {
    for await (const finding of check({ ...held, secrets: await secrets(), root: typed.root })) {
      if (mine !== run) return;
      found.push(finding);
      part("findings").append(line(finding));
    }
  } catch (error) {
    part("results").hidden = true;
    showErrors([error.message]);
    return;
  }
  part("verdict").textContent = verdict(found);
}

function line({ point, answer: said, why, about }) {
  const [tone, mark] = MARKS[said];
  const item = element("li", tone ? `finding finding--${tone}` : "finding");
  const sign = element("span", "finding-mark", mark);
  sign.setAttribute("aria-hidden", "true");
  const text = element("div", "finding-text");
  const number = words.numbers[point] ? `${words.numbers[point]}. ` : "";
  text.append(element("span", "", `${number}${filled(words.points[point])} `));
  text.append(element("span", tone ? `tag tag--${tone}` : "tag", words.answers[said]));
  if (why) text.append(element("p", "small", filled(words.reasons[why], about)));
  item.append(sign, text);
  return item;
}

function verdict(found) {
  const failing = found.filter((one) => one.answer === FAILS).length;
  const open = found.filter((one) => ![HOLDS, REMARK].includes(one.answer)).length;
  if (failing) return filled(words.verdicts.fails, { count: failing });
  return open ? filled(words.verdicts.open, { count: open }) : words.verdicts.holds;
}

// --- The page ---

function mount(root, itsWords) {
  [page, words] = [root, itsWords];
  const [files, code, rootField] = ["#check-files", "#check-code", "#check-root"].map((id) => page.querySelector(id));
  [code.value, rootField.value] = [typed.code, typed.root];
  files.addEventListener("change", async () => {
    await takeAll([...files.files]);
    files.value = "";
  });
  code.addEventListener("input", () => { typed.code = code.value; });
  rootField.addEventListener("input", () => { typed.root = rootField.value; });
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    answer();
  });
  // The page serves it shut, so that nobody presses it before this program stands.
  part("form").querySelector("button").disabled = false;
  const area = part("drop");
  for (const type of ["dragover", "dragleave", "drop"]) {
    area.addEventListener(type, (event) => {
      event.preventDefault();
      area.classList.toggle("is-over", type === "dragover");
      if (type === "drop") takeAll([...event.dataTransfer.files]);
    });
  }
  showHeld();
}

const read = (id) => JSON.parse(document.getElementById(id).textContent);

/** Show the page in one of the languages that wait in templates; what was found is said again. */
function show(language) {
  const again = page && !part("results").hidden;
  document.querySelector("[data-shown]")?.remove();
  const shown = element("div");
  shown.dataset.shown = language;
  shown.append(document.querySelector(`template[data-language="${language}"]`).content.cloneNode(true));
  document.body.prepend(shown);
  document.documentElement.lang = language;
  mount(shown, read(`check-words-${language}`));
  for (const button of shown.querySelectorAll("[data-switch]")) {
    button.addEventListener("click", () => {
      show(button.dataset.switch);
      document.querySelector("[data-switch]").focus();
    });
  }
  if (again) answer();
}

if (document.querySelector("template[data-language]")) {
  show(navigator.language.toLowerCase().startsWith("zh") ? "zh-hans" : "en");
} else {
  mount(document, read("check-words"));
}
