// A form that is a table, by the keyboard and the clipboard: ranges from Excel and WPS, filling down, undo, Enter and
// arrows, checks cell by cell, rows found by a word, and a draft at the server. Without this script it is the same form,
// typed field by field.

import { plainDay, plainNumber, readRange, writeTabs } from "./clipboard.js";
import { Draft } from "./drafts.js";

const FIELDS = "input:not([type=hidden], [type=file], [type=password], [type=radio], [data-grid-all]), select, textarea";
const TICKED = /^(1|x|y|yes|true|是|√|✓|✔)$/i;

class Grid {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.words = root.dataset;
    this.lines = [];  // every row with its fields
    this.rows = [];  // the fields of those that are shown, which the keyboard and the clipboard go through
    this.places = new Map();
    this.done = [];
    this.undone = [];
    this.before = new Map();
    this.range = null;
    for (const row of root.querySelectorAll("tbody tr")) this.know(row);
    this.listen();
    this.show();
    if (root.querySelector("[data-grid-find]")) this.useFind();
    if (this.words.draft) this.useDraft();
  }

  know(row) {
    const fields = [...row.querySelectorAll(FIELDS)];
    this.lines.push({ row, fields, words: plain(row.dataset.words ?? "") });
    for (const field of fields) this.before.set(field, valueOf(field));
    this.place(fields);
  }

  place(fields) {
    const down = this.rows.length;
    this.rows.push(fields);
    fields.forEach((field, right) => this.places.set(field, { down, right }));
  }

  /** Up to so many rows in all, where the table grows: copies of its blank row, numbered on. */
  grow(many) {
    const blank = this.root.querySelector("[data-grid-blank]");
    if (!blank) return;
    const body = this.root.querySelector("tbody");
    while (this.rows.length < Math.min(many, Number(this.words.most))) {
      const row = blank.innerHTML.replaceAll("__key__", String(this.rows.length + 1));
      body.insertAdjacentHTML("beforeend", row);
      this.know(body.lastElementChild);
    }
  }

  listen() {
    const heard = {
      paste: this.paste, copy: this.copy, keydown: this.key, input: this.mended, change: this.typed, mousedown: this.press,
      focusin: this.leaveRange,
    };
    for (const [type, hear] of Object.entries(heard)) {
      this.root.addEventListener(type, (event) => this.places.has(event.target) && hear.call(this, event));
    }
    this.button("fill", () => this.fillDown());
    this.button("undo", () => this.undo());
    this.form.addEventListener("input", () => this.draft?.changed());
    this.form.addEventListener("submit", ({ submitter }) => {
      if (!this.draft) return;
      if (this.words.looks && submitter?.name === this.words.looks) this.draft.keep();
      else this.draft.sent = true;
    });
  }

  button(name, act) {
    this.root.querySelector(`[data-grid-${name}]`).addEventListener("click", () => act());
  }

  show() {
    this.root.querySelector("[data-grid-bar]").hidden = false;
    this.root.querySelector("[data-grid-undo]").disabled = this.done.length === 0;
  }

  say(text) {
    this.root.querySelector("[data-grid-said]").textContent = text;
  }

  // --- Finding rows ---
  useFind() {
    const at = (name) => this.root.querySelector(`[data-grid-${name}]`);
    Object.assign(this, { asked: at("words"), filled: at("filled"), found: at("found") });
    at("find").hidden = false;
    this.asked.addEventListener("input", () => this.narrow());
    this.filled.addEventListener("change", () => this.narrow());
    this.asked.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.rows[0]?.[0]?.focus();
    });
  }

  /** Show the rows that have every word, and something in them where only such are wanted. */
  narrow() {
    this.leaveRange();
    const words = plain(this.asked.value).split(/\s+/).filter(Boolean);
    this.rows = [];
    this.places = new Map();
    for (const { row, fields, words: known } of this.lines) {
      row.hidden = !words.every((word) => known.includes(word)) || (this.filled.checked && fields.every(isEmpty));
      if (!row.hidden) this.place(fields);
    }
    const narrowed = this.rows.length < this.lines.length;
    this.found.textContent = narrowed ? fill(this.found.dataset.say, this.rows.length).replace("{all}", this.lines.length) : "";
  }

  showAll() {
    this.asked.value = "";
    this.filled.checked = false;
    this.narrow();
  }

  // --- Changing cells ---
  /** Put values into fields as one step that can be undone. */
  write(values) {
    const step = values.map(([field, after]) => ({ field, before: valueOf(field), after }));
    const changed = step.filter(({ before, after }) => before !== after);
    if (changed.length) this.step(changed);
    return changed.length;
  }

  step(changed) {
    this.put(changed.map(({ field, after }) => [field, after]));
    this.done.push(changed);
    this.undone = [];
    this.show();
  }

  put(values) {
    this.putting = true;
    for (const [field, value] of values) {
      setValue(field, value);
      this.before.set(field, valueOf(field));
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      if (this.places.has(field)) this.check(field);
    }
    this.putting = false;
  }

  undo() {
    this.turn(this.done, this.undone, "before", this.words.sayUndone);
  }

  redo() {
    this.turn(this.undone, this.done, "after", this.words.sayDone);
  }

  turn(from, to, side, told) {
    const changed = from.pop();
    if (!changed) return;
    to.push(changed);
    if (changed.some(({ field }) => field.closest("tr")?.hidden)) this.showAll();
    this.put(changed.map((change) => [change.field, change[side]]));
    changed[0].field.focus();
    this.say(told);
    this.show();
  }

  typed({ target }) {
    if (this.putting) return;
    const [before, after] = [this.before.get(target), valueOf(target)];
    this.before.set(target, after);
    if (before !== after) {
      this.done.push([{ field: target, before, after }]);
      this.undone = [];
    }
    atRest(() => this.check(target));
    this.show();
  }

  // --- The clipboard ---
  paste(event) {
    const rows = readRange(event.clipboardData);
    if (!rows) return;
    event.preventDefault();
    const { down, right } = this.corner(event.target);
    const values = [];
    this.grow(down + rows.length);
    const wide = Math.max(...rows.map((row) => row.length));
    const over = [down + rows.length - this.rows.length, right + wide - this.rows[down].length];
    if (over[0] > 0 || over[1] > 0) {
      this.say(fill(over[0] > 0 ? this.words.sayRows : this.words.sayColumns, Math.max(...over)));
      return;
    }
    rows.forEach((row, under) => row.forEach((text, beside) => {
      const field = this.rows[down + under][right + beside];
      if (!field.disabled && !field.readOnly) values.push([field, fitting(field, text)]);
    }));
    this.write(values);
    this.pick({ down, right }, { down: down + rows.length - 1, right: right + wide - 1 });
    const wrong = values.filter(([field]) => this.check(field)).length;
    this.say(fill(this.words.sayPasted, values.length) + (wrong ? ` ${fill(this.words.sayWrong, wrong)}` : ""));
  }

  copy(event) {
    if (!this.range) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeTabs(this.picked().map((row) => row.map(shownOf))));
  }

  // --- Filling ---
  /** The first row of the range into the others; without a range, the cell into the empty ones below it. */
  fillDown() {
    const [first, ...others] = this.range ? this.picked() : this.column();
    if (!first) return;
    const values = others.flatMap((row) => row.map((field, beside) => [field, valueOf(first[beside])]));
    const wanted = this.range ? values : values.filter(([field]) => isEmpty(field));
    this.say(fill(this.words.sayFilled, this.write(wanted.filter(([field]) => !field.disabled && !field.readOnly))));
  }

  column() {
    const place = this.places.get(this.last);
    return place ? this.rows.slice(place.down).map((row) => [row[place.right]]) : [];
  }

  fillFromAbove(field) {
    const { down, right } = this.places.get(field);
    if (down > 0) this.write([[field, valueOf(this.rows[down - 1][right])]]);
  }

  // --- Moving ---
  key(event) {
    const { key, target, shiftKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (event.isComposing || event.altKey) return;
    if (command) this.command(event);
    else if (key === "Enter" && target.type !== "textarea") this.move(event, shiftKey ? -1 : 1);
    else if ((key === "ArrowDown" || key === "ArrowUp") && moves(target)) {
      const by = key === "ArrowDown" ? 1 : -1;
      if (shiftKey) this.extend(event, by);
      else this.move(event, by);
    } else if (key === "Delete" && this.range) this.clear(event);
    else if (key === "Escape") this.leaveRange();
  }

  command(event) {
    const { target, shiftKey } = event;
    const key = event.key.toLowerCase();
    const typing = valueOf(target) !== this.before.get(target);
    if (key === "d") {
      event.preventDefault();
      if (this.range) this.fillDown();
      else this.fillFromAbove(target);
    } else if ((key === "z" || key === "y") && !typing) {
      event.preventDefault();
      if (key === "y" || shiftKey) this.redo();
      else this.undo();
    }
  }

  move(event, by) {
    event.preventDefault();
    const { down, right } = this.places.get(event.target);
    const next = this.rows[down + by]?.[right];
    if (!next) return;
    next.focus();
    next.select?.();
  }

  clear(event) {
    event.preventDefault();
    this.write(this.picked().flat().filter((field) => !field.disabled && !field.readOnly).map((field) => [field, ""]));
  }

  // --- The range ---
  press(event) {
    if (!event.shiftKey || !this.places.has(document.activeElement)) return;
    event.preventDefault();
    this.pick(this.corner(document.activeElement), this.places.get(event.target));
  }

  extend(event, by) {
    event.preventDefault();
    const from = this.range?.from ?? this.places.get(event.target);
    const to = this.range?.to ?? from;
    const down = Math.min(Math.max(to.down + by, 0), this.rows.length - 1);
    this.pick(from, { down, right: to.right });
  }

  corner(field) {
    if (!this.range) return this.places.get(field);
    const { from, to } = this.range;
    return { down: Math.min(from.down, to.down), right: Math.min(from.right, to.right) };
  }

  pick(from, to) {
    this.leaveRange();
    if (from.down === to.down && from.right === to.right) return;
    this.range = { from, to };
    for (const field of this.picked().flat()) field.closest("td").classList.add("is-picked");
  }

  picked() {
    const { from, to } = this.range;
    const [top, left] = [Math.min(from.down, to.down), Math.min(from.right, to.right)];
    const [bottom, end] = [Math.max(from.down, to.down), Math.max(from.right, to.right)];
    return this.rows.slice(top, bottom + 1).map((row) => row.slice(left, end + 1));
  }

  leaveRange(event) {
    if (event) this.last = event.target;
    for (const cell of this.root.querySelectorAll(".is-picked")) cell.classList.remove("is-picked");
    this.range = null;
  }

  // --- Checks ---
  /** What was said of a cell goes while it is mended: gone at the click on a button, it would move the button away. */
  mended({ target }) {
    if (target.closest(".cell-field").querySelector(".errors")) this.check(target);
  }

  /** Say beside a cell what its form will not take; returns whether there is something. The form decides. */
  check(field) {
    const wrong = faultOf(field, this.words);
    const place = field.closest(".cell-field");
    place.querySelector(".errors")?.remove();
    place.classList.toggle("field--error", Boolean(wrong));
    field.toggleAttribute("aria-invalid", false);
    field.removeAttribute("aria-describedby");
    if (!wrong) return false;
    const told = document.createElement("span");
    told.className = "errors";
    told.id = `${field.id}_error`;
    told.textContent = wrong;
    place.append(told);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", told.id);
    return true;
  }

  // --- The draft ---
  /** All that is typed into the form, in the cells and beside them. */
  fields() {
    return [...this.form.elements].filter((field) => field.name && field.matches(FIELDS));
  }

  useDraft() {
    const read = () => Object.fromEntries(this.fields().map((field) => [field.name, valueOf(field)]));
    const token = () => this.form.querySelector("[name=csrfmiddlewaretoken]").value; // a new session has another
    this.draft = new Draft(this.words.draft, token, read, {
      grows: "most" in this.words,
      offer: (cells, at) => this.offer(cells, at),
      say: (what, at) => this.say(what === "kept" ? fill(this.words.sayKept, at.toLocaleTimeString(document.documentElement.lang)) : this.words.sayLost),
    });
    if ("typed" in this.words) this.draft.begin();
    else this.draft.find();
  }

  offer(cells, at) {
    const bar = this.root.querySelector("[data-grid-draft]");
    bar.querySelector("[data-grid-when]").textContent = at.toLocaleString(document.documentElement.lang);
    bar.hidden = false;
    this.button("take", () => {
      this.grow(Math.max(0, ...Object.keys(cells).map((name) => Number(name.split("-")[1]) || 0)));
      this.write(this.fields().filter((field) => field.name in cells).map((field) => [field, cells[field.name]]));
      bar.hidden = true;
    });
    this.button("drop", () => {
      this.draft.drop();
      bar.hidden = true;
    });
  }
}

// --- The pointer ---
// A cell is left when the pointer goes down on a button. Were the page moved then, the button would not be there any
// more when the pointer comes up, and nothing would be pressed.
let pressed = false;
const waiting = [];

function atRest(act) {
  if (pressed) waiting.push(act);
  else act();
}

document.addEventListener("pointerdown", () => { pressed = true; }, true);
for (const type of ["pointerup", "pointercancel"]) {
  document.addEventListener(type, () => setTimeout(() => {
    pressed = false;
    for (const act of waiting.splice(0)) act();
  }), true);
}

// --- One field ---
function isNumber(field) {
  return field.inputMode === "numeric" || field.inputMode === "decimal";
}

function isEmpty(field) {
  return field.type === "checkbox" ? !field.checked : field.value === "";
}

/** As words are compared: in one width and one case. */
function plain(text) {
  return text.normalize("NFKC").toLowerCase();
}

function valueOf(field) {
  if (field.type === "checkbox") return field.checked ? "on" : "";
  return field.value;
}

function shownOf(field) {
  return field.selectedOptions ? field.selectedOptions[0]?.text.trim() ?? "" : valueOf(field);
}

function setValue(field, value) {
  if (field.type === "checkbox") field.checked = value !== "";
  else field.value = value;
}

/** A pasted text as a field takes it: numbers bare, choices by what they say, ticks by yes. */
function fitting(field, text) {
  if (field.type === "checkbox") return TICKED.test(text.trim()) ? "on" : "";
  if (field.selectedOptions) {
    const said = text.trim();
    const option = [...field.options].find((one) => one.text.trim() === said || one.value === said);
    return option ? option.value : field.value;
  }
  if (field.type === "textarea") return text;
  const line = text.trim().replace(/\s*\n\s*/g, " ");
  if (field.type === "date") return plainDay(line);
  return isNumber(field) ? plainNumber(line) : line;
}

/** The arrows move between rows, but not out of a list of choices or a text of several lines. */
function moves(field) {
  return field.tagName === "INPUT" && field.type !== "date" && field.type !== "datetime-local";
}

function faultOf(field, words) {
  const text = field.value.trim();
  if (!text || !isNumber(field)) return "";
  const bare = plainNumber(text);
  const decimals = Number(field.dataset.decimals ?? 0);
  if (!/^-?\d*\.?\d+$/.test(bare)) return field.inputMode === "numeric" ? words.sayWhole : words.sayNumber;
  const places = bare.split(".")[1]?.replace(/0+$/, "").length ?? 0;
  if (places > decimals) return field.inputMode === "numeric" ? words.sayWhole : fill(words.sayDecimals, decimals);
  if (field.dataset.min && isLess(bare, field.dataset.min)) return fill(words.sayLeast, field.dataset.min);
  if (field.dataset.max && isLess(field.dataset.max, bare)) return fill(words.sayMost, field.dataset.max);
  return "";
}

/** Exactly, however many digits: both are written to as many decimals and compared as whole numbers. */
function isLess(one, other) {
  const decimals = Math.max(...[one, other].map((text) => text.split(".")[1]?.length ?? 0));
  const [left, right] = [one, other].map((text) => {
    const [whole, part = ""] = text.replace("-", "").split(".");
    const size = BigInt(whole + part.padEnd(decimals, "0"));
    return text.startsWith("-") ? -size : size;
  });
  return left < right;
}

function fill(words, value) {
  return words.replace("{n}", value);
}

for (const root of document.querySelectorAll("[data-grid]")) new Grid(root);
