// Forms that a passkey fills in: a button asks the device, the answer goes into the hidden field, the form is sent.
// The options stand in the page as JSON, and so do the words, in the reader's language.

import { assertion, register, supported } from "./passkeys.js";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-ask]");
  const told = form.querySelector("[data-passkey-told]");
  if (!supported()) {
    told.textContent = told.dataset.unsupported;
    continue;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!form.reportValidity()) return;
    const options = JSON.parse(document.getElementById("passkey-options").textContent);
    button.disabled = true;
    told.textContent = told.dataset.waiting;
    try {
      const answer = await (form.dataset.passkey === "create" ? register(options) : assertion(options));
      form.elements.credential.value = JSON.stringify(answer);
      form.requestSubmit();
    } catch (error) {
      told.textContent = error.name === "InvalidStateError" ? told.dataset.known : told.dataset.failed;
    }
    button.disabled = false;
  });
}
