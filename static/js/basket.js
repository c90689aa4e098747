// What an order costs while it is typed, and what is left of each agreed volume: whole numbers only, as the server counts.

import { plainNumber } from "./clipboard.js";

const BILLION = 10n ** 9n;
const QUIET = 250; // milliseconds without typing, so that a reader hears the sum once

/** A decimal with at most nine places in billionths. */
function billionths(text) {
  const [whole, part = ""] = text.replace("-", "").split(".");
  const size = BigInt(whole + part.padEnd(9, "0"));
  return text.startsWith("-") ? -size : size;
}

/** A price times packs in cents, rounded once, half up. */
function cents(price, packs, [quantity, size]) {
  const [amount, of] = [billionths(price) * packs * BigInt(quantity), BigInt(size) * BILLION / 100n];
  return (2n * amount + of) / (2n * of);
}

const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");
const money = (amount) => `${grouped(String(amount / 100n))}.${String(amount % 100n).padStart(2, "0")}`;

function units(amount) {
  const part = String(amount % BILLION).padStart(9, "0").replace(/0+$/, "");
  return grouped(String(amount / BILLION)) + (part ? `.${part}` : "");
}

class Basket {
  constructor(bar) {
    this.bar = bar;
    const form = document.getElementById(bar.dataset.basket);
    this.rows = [...form.querySelectorAll("tr[data-costs]")].map((row) => this.rowOf(row));
    form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.count(), QUIET);
    });
    bar.hidden = false;
    this.count();
  }

  rowOf(row) {
    const { volume, draws, left, most, unit, costs } = row.dataset;
    const field = row.querySelector("input");
    const note = document.createElement("span");
    note.className = "cell-note";
    field.closest(".cell-field").append(note);
    return {
      field, note, volume, unit, draws: billionths(draws), left: billionths(left), most: most && billionths(most),
      costs: JSON.parse(costs),
    };
  }

  count() {
    const drawn = new Map();
    let [lines, amount] = [0, 0n];
    for (const { field, volume, draws, costs } of this.rows) {
      const packs = /^\d{1,9}$/.test(plainNumber(field.value.trim())) ? BigInt(plainNumber(field.value.trim())) : 0n;
      if (!packs) continue;
      lines += 1;
      for (const { price, fee, packs: each } of costs) amount += cents(price, packs, each) + cents(fee, packs, each);
      drawn.set(volume, (drawn.get(volume) ?? 0n) + packs * draws);
    }
    this.bar.querySelector("[data-basket-lines]").textContent = lines;
    this.bar.querySelector("[data-basket-amount]").textContent = money(amount);
    for (const row of this.rows) this.remain(row, drawn.get(row.volume));
  }

  /** What is left of a volume, beside every product that draws of it. */
  remain({ note, unit, left, most }, drawn) {
    const { sayLeft, sayOver, sayMost } = this.bar.dataset;
    const above = drawn !== undefined && most !== "" && drawn > most;
    const [words, amount] = above ? [sayMost, drawn - most] : left >= (drawn ?? 0n) ? [sayLeft, left - (drawn ?? 0n)] : [sayOver, drawn - left];
    note.textContent = drawn === undefined ? "" : words.replace("{n}", `${units(amount)} ${unit}`);
    note.classList.toggle("tone-bad", above);
  }
}

for (const bar of document.querySelectorAll("[data-basket]")) new Basket(bar);
