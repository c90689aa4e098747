// Proving an opener's key, and signing the list of all openers' keys with it.

import { bytes, utf8 } from "../sealing/bytes.js";
import { answerCanary, readKeyList, signKeyList } from "../sealing/ceremony.js";
import { sha256 } from "../sealing/primitives.js";
import { acts, keysOf, say, send, word } from "./page.js";

const form = document.querySelector("[data-prove-key]");
const text = (data) => new TextDecoder().decode(data);

acts(form, async () => {
  const { challenge, prove, fingerprint, next } = form.dataset;
  const keys = await keysOf(form);
  const asked = await send("POST", challenge);
  if (!asked.key_list || (await sha256(utf8(asked.key_list))) !== fingerprint) {
    say(word("list-changed"), "bad");
    return;
  }
  const answer = await answerCanary(utf8(asked.document), bytes(asked.seal), keys, asked.server);
  const list = await signKeyList(readKeyList(utf8(asked.key_list)), keys);
  await send("POST", prove, { answer: text(answer), signed_list: text(list) });
  location.assign(next);
});
