// What the page was given: its facts, its words, and the small things that every part of it does with them.

import { filled } from "../handing.js";

export { saveAs } from "../handing.js";

const block = (id) => JSON.parse(document.getElementById(id).textContent);

export const facts = block("bidding-facts");
const words = block("bidding-words");

/** A sentence of the page in its reader's language, with what belongs into it. */
export const say = (name, given = {}) => filled(words[name], given);

/** The one element with this role in the page: <p data-part="code">. */
export const part = (name, within = document) => within.querySelector(`[data-part="${name}"]`);

/** Show an error beside a field (its `<ul class="errors">` is there already), or take it away. */
export function tell(field, message = "") {
  const box = document.getElementById(`${field.id}-error`);
  box.replaceChildren(...(message ? [listItem(message)] : []));
  box.hidden = !message;
  field.closest(".field").classList.toggle("field--error", Boolean(message));
  if (message) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

/** Show a message that concerns the whole page, with the address that helps; go there, or take it away. */
export function alarm(message = "", address = "") {
  const box = part("alarm");
  part("alarm-text").textContent = `${message} `;
  if (address) {
    const link = Object.assign(document.createElement("a"), { href: address, target: "_blank", rel: "noopener" });
    link.textContent = say("confirm_link");
    part("alarm-text").append(link);
  }
  box.hidden = !message;
  if (message) box.focus();
}

/** Let the reader's hands follow: the heading of what comes next. */
export const goTo = (element) => { element.tabIndex = -1; element.focus(); };

const listItem = (text) => Object.assign(document.createElement("li"), { textContent: text });
