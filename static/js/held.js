// What was typed into a form, held in this tab while its person signs in again, or until what was sent is answered by
// more than a refusal. One form at a time, for one seat; it goes when another seat sits down, and at sign-out.
// Passwords, codes, files and whatever is marked as secret are never held.

const PLACE = "held-form";
const NEVER = "[type=hidden], [type=password], [type=file], [autocomplete=one-time-code], [data-secret]";
const address = () => location.pathname + location.search;

export const isPost = (form) => form.getAttribute("method")?.toLowerCase() === "post";

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && "value" in field && field.type !== "submit");
const typed = (form) => fieldsOf(form).filter((field) => !field.matches(NEVER));

/** Whether nothing that a person has entered would be lost by holding the form. */
export const holdable = (form) =>
  fieldsOf(form).every((field) => field.type === "hidden" || !field.matches(NEVER) || !field.value);

/** Hold what stands in a form; ``sent`` says that it goes now, so that the next page is the answer to it. */
export function hold(form, { sent }) {
  const { seat } = document.body.dataset;
  if (!seat) return;
  const names = new Set(typed(form).map((field) => field.name));
  const cells = [...new FormData(form)].filter(([name]) => names.has(name));
  const held = { page: address(), seat, names: [...names], cells, sent };
  try {
    if (names.size) sessionStorage.setItem(PLACE, JSON.stringify(held));
  } catch {
    sessionStorage.removeItem(PLACE); // more than a tab may hold: the page still has it
  }
}

/** Fill in what is held for this page, once. Returns the form, or nothing. */
export function bringBack() {
  const held = JSON.parse(sessionStorage.getItem(PLACE));
  const { seat, refused } = document.body.dataset;
  if (!held || !seat || refused !== undefined) return null; // on the way to sign in, or back
  const isOver = held.seat !== seat || (held.sent && isAnswer(held));
  const isHere = held.page === address();
  if (isOver || isHere) sessionStorage.removeItem(PLACE);
  if (isOver || !isHere) return null;
  const form = [...document.forms].find((one) => isPost(one) && held.names.every((name) => one.elements.namedItem(name)));
  return form && fill(form, held.cells) ? form : null;
}

/** Whether this page is what the platform answered: it was reached from the page of the form, and not by Back. */
function isAnswer(held) {
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type === "back_forward" || !document.referrer) return false;
  const { pathname, search } = new URL(document.referrer);
  return pathname + search === held.page;
}

/** Whether filling in has changed anything. */
function fill(form, cells) {
  const left = cells.map(([name, value]) => ({ name, value }));
  const take = (name) => {
    const place = left.findIndex((cell) => cell.name === name);
    return place < 0 ? "" : left.splice(place, 1)[0].value;
  };
  const has = (name, value) => cells.some((cell) => cell[0] === name && cell[1] === value);
  const changed = typed(form).filter((field) => {
    if (field.type === "checkbox" || field.type === "radio") return set(field, "checked", has(field.name, field.value));
    if (field.type !== "select-multiple") return set(field, "value", take(field.name));
    return [...field.options].filter((option) => set(option, "selected", has(field.name, option.value))).length > 0;
  });
  for (const field of changed) {
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  }
  return changed.length > 0;
}

function set(field, property, value) {
  if (field[property] === value) return false;
  field[property] = value;
  return true;
}
