// Before a form goes, the platform is asked whether it would be taken. A line that is cut, a session that has ended, an
// old proof, another seat in another tab: each is told on the page, where everything stays as it was typed, and it may be
// sent again. Where this script does not run, the platform answers such a form with a page that holds what was typed.

import { bringBack, hold, holdable, isPost } from "./held.js";

const PATIENCE = 15000; // milliseconds for an answer; later the line counts as cut
const READY = "ready";
const passed = new WeakSet();
const told = new WeakMap(); // form → the alert that stands on its page

window.addEventListener("submit", (event) => {
  const form = event.target;
  if (!isPost(form) || passed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // what listens is told of it when it goes
  if (!form.dataset.asking && !form.dataset.sent) send(form, event.submitter);
}, true);

async function send(form, submitter) {
  form.dataset.asking = "yes";
  const hindrance = await hindranceOf(form);
  delete form.dataset.asking;
  if (hindrance) return tell(form, hindrance);
  told.get(form)?.remove();
  hold(form, { sent: true });
  passed.add(form);
  form.requestSubmit(submitter?.form === form ? submitter : undefined);
}

/** What stands in the way of a form, or nothing; its token is renewed on the way: a new session has another. */
async function hindranceOf(form) {
  const { session, seat } = document.body.dataset;
  if (!session) return ""; // a page that stands for itself
  const to = new URL(form.getAttribute("action") || location.href, location.href).pathname;
  try {
    const address = `${session}?to=${encodeURIComponent(to)}`;
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) return "offline";
    const now = await answer.json();
    if (now.hindrance) return now.hindrance;
    if (seat && now.seat !== seat) return now.seat ? "seat" : "";
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = now.token;
    return "";
  } catch {
    return "offline";
  }
}

function tell(form, hindrance) {
  told.get(form)?.remove();
  const alert = alertThat(hindrance);
  const way = alert.querySelector("[data-way=tab]");
  const here = alert.querySelector("[data-way=here]");
  way.hidden = !(hindrance in way.dataset);
  way.href = way.dataset[hindrance] ?? "";
  here.hidden = !(hindrance in here.dataset) || document.body.dataset.method !== "GET" || !holdable(form);
  here.href = `${here.dataset[hindrance] ?? ""}?next=${encodeURIComponent(location.pathname + location.search)}`;
  here.addEventListener("click", () => {
    hold(form, { sent: false });
    form.dispatchEvent(new CustomEvent("held", { bubbles: true })); // nobody is asked before leaving
  });
  told.set(form, alert);
  place(form, alert);
  alert.focus();
}

/** The alert of the page with one of its sentences. */
function alertThat(says) {
  const alert = document.querySelector("template[data-unsent]").content.firstElementChild.cloneNode(true);
  alert.dataset.hindrance = says;
  for (const sentence of alert.querySelectorAll("[data-says]")) sentence.hidden = sentence.dataset.says !== says;
  return alert;
}

function place(form, alert) {
  const buttons = form.querySelector(".form-buttons");
  if (buttons) buttons.before(alert);
  else document.getElementById("main").prepend(alert);
}

/** Back from the tab where somebody signed in, or on the line again: the page says that it may be sent. */
async function lookAgain() {
  for (const form of document.forms) {
    const alert = told.get(form);
    if (!alert?.isConnected || alert.dataset.hindrance === READY || (await hindranceOf(form))) continue;
    tell(form, READY);
  }
}

document.addEventListener("visibilitychange", () => document.hidden || lookAgain());
window.addEventListener("online", lookAgain);

const back = bringBack();
if (back) {
  const alert = alertThat("back");
  for (const way of alert.querySelectorAll("[data-way]")) way.hidden = true;
  place(back, alert);
}
