// An opener's desk: what is asked for is checked here against signatures, the mailed root and the opener's own key,
// shown, and only then unlocked. The same program runs from a file without any connection: it is then given a
// package as a file, and hands back an answer as a file.

import { hex } from "../sealing/bytes.js";
import { CeremonyError, SealError } from "../sealing/errors.js";
import { checkPackage, release, signMinutes } from "../sealing/ceremony.js";
import { acts, keysOf, saveAs, say, send, show, word } from "./page.js";

const desk = document.querySelector("[data-desk]");
const [question, findings] = [desk.querySelector("[data-question]"), desk.querySelector("[data-findings]")];
const { packageAddress, releaseAddress, minutesAddress, next } = desk.dataset;
const text = (data) => new TextDecoder().decode(data);
const held = { keys: null, given: null, asked: [] };

acts(question, async () => {
  held.given = packageAddress ? await send("GET", packageAddress) : await fromFile(question.elements.package);
  held.keys = await keysOf(question);
  say(word("checking"));
  held.asked = held.given.requests.length
    ? await checkPackage(held.given, held.keys, { root: question.elements.root.value })
    : [];
  held.asked.forEach(notAnsweredOtherwise);
  showFindings();
});

acts(findings.querySelector("form"), async () => {
  const answer = { releases: await releases(), minutes: (await signMinutes(held.given, held.keys)).map(text) };
  if (!packageAddress) {
    saveAs(`${held.given.tender}-place-${held.given.place}-answer.json`, JSON.stringify(answer));
    say(word("saved"), "good");
    return;
  }
  await hand(answer);
});

const bring = document.querySelector("[data-bring]");
if (bring) acts(bring, async () => hand(await fromFile(bring.elements.answer)));

/** Unlock every envelope asked for, request by request; the bar shows how far. */
async function releases() {
  const bar = findings.querySelector("progress");
  bar.max = held.asked.reduce((sum, asked) => sum + asked.entries.length, 0) || 1;
  bar.hidden = false;
  const found = [];
  let before = 0;
  for (const asked of held.asked) {
    const { document, shares } = await release(asked, held.keys, {
      progress: (done) => { bar.value = before + done; },
    });
    before += asked.entries.length;
    found.push({ document: text(document), shares: shares.map(hex) });
    localStorage.setItem(memory(asked), asked.request);
  }
  return found;
}

async function hand({ releases: released, minutes }) {
  say(word("sending"));
  if (released.length) await send("POST", releaseAddress, { releases: released });
  if (minutes.length) await send("POST", minutesAddress, { minutes });
  Object.assign(held, { keys: null, given: null, asked: [] });
  location.assign(next);
}

function showFindings() {
  const list = findings.querySelector("[data-asked]");
  list.replaceChildren(...held.asked.map(asItem), ...(held.given.minutes.length ? [minutesItem()] : []));
  const nothing = !held.asked.length && !held.given.minutes.length;
  findings.querySelector("form").hidden = nothing;
  say(word(nothing ? "nothing" : "checked"), nothing ? "info" : "good");
  show(findings);
}

function asItem(asked) {
  const item = document.createElement("li");
  const title = document.createElement("strong");
  title.textContent = word(asked.envelope, { lot: asked.lot, count: asked.entries.length });
  const fresh = asked.entries.filter((entry) => !asked.before.has(entry.bid)).length;
  if (asked.before.size) title.textContent += `. ${word("further", { count: fresh })}`;
  const names = document.createElement("ul");
  names.append(...asked.entries.map((entry) => {
    const name = document.createElement("li");
    name.textContent = held.given.names[entry.bid] ?? entry.bid;
    if (asked.before.has(entry.bid)) name.textContent += ` (${word("asked-before")})`;
    if (!entry.header.length) name.textContent += ` (${word("not-stored")})`;
    return name;
  }));
  item.append(title, names);
  return item;
}

function minutesItem() {
  const item = document.createElement("li");
  item.textContent = word("minutes", { count: held.given.minutes.length });
  return item;
}

/** A list that does not continue the one that was answered is refused as long as this browser remembers. */
function notAnsweredOtherwise(asked) {
  const before = localStorage.getItem(memory(asked));
  if (before && ![asked.request, ...asked.chain].includes(before)) throw new CeremonyError("answered otherwise", { where: "requests" });
}

const memory = ({ tender, lot, envelope }) => `released ${tender} ${lot} ${envelope}`;

async function fromFile(input) {
  const [file] = input.files;
  if (!file) throw new SealError("no file");
  return JSON.parse(await file.text());
}
