// The last use of an opener's key: to sign that every copy of it is destroyed.

import { declareDestroyed } from "../sealing/ceremony.js";
import { acts, keysOf, send } from "./page.js";

const form = document.querySelector("[data-destroy-key]");

acts(form, async () => {
  const { tender, place, fingerprint, address, next } = form.dataset;
  const keys = await keysOf(form);
  const statement = await declareDestroyed(keys, { place: Number(place), keyListHash: fingerprint });
  await send("POST", address, { document: new TextDecoder().decode(statement) });
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(`released ${tender} `)) localStorage.removeItem(name);
  }
  location.assign(next);
});
