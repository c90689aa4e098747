// Making an opener's key: two pairs, made and locked here, saved by the opener, opened again from what was saved.
// Only then the public halves go to the platform. Nothing else of the key ever leaves this page.

import { CodeError } from "../sealing/errors.js";
import { generateCode, lock, makeKeyPair } from "../sealing/keys.js";
import { onPaper } from "./paper.js";
import { acts, keysOf, saveAs, say, send, show, word } from "./page.js";

const root = document.querySelector("[data-make-key]");
const { tender, place, address, next } = root.dataset;
const made = { keys: null, file: null };

const make = root.querySelector("[data-make]");
acts(make, async () => {
  say(word("making"));
  const [keys, code] = [await makeKeyPair(tender), generateCode()];
  Object.assign(made, { keys, file: await lock(keys, code, "opener") });
  root.querySelector("[data-code]").textContent = code;
  root.querySelector("[data-paper]").textContent = (await onPaper(made.file)).join("\n");
  make.hidden = true;
  say(word("made"), "good");
  show(root.querySelector("[data-save]"));
  root.querySelector("[data-keep]").hidden = false;
});

root.querySelector("[data-save-file]").addEventListener("click", () =>
  saveAs(`${tender}-opener-${place}.key`, made.file));

const keep = root.querySelector("[data-keep] form");
acts(keep, async () => {
  const keys = await keysOf(keep);
  if (keys.ecdh_public !== made.keys.ecdh_public) throw new CodeError("another key", { where: "file" });
  await send("PUT", address, { public_key: keys.ecdh_public, signing_key: keys.sign_public });
  Object.assign(made, { keys: null, file: null });
  location.assign(next);
});

window.addEventListener("beforeunload", (event) => {
  if (made.keys) event.preventDefault();
});
