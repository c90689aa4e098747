// What is ticked of a list, kept while somebody turns its pages and filters it, and added up: in cents, as the server
// counts. It is kept by list and seat until it is sent, in this tab alone.

const bar = document.querySelector("[data-picks]");
const form = document.getElementById("picks");
const PLACE = `picks ${location.pathname} ${document.body.dataset.seat}`;
const boxes = () => [...document.querySelectorAll("input[name=pick]")];
const kept = () => new Map(JSON.parse(sessionStorage.getItem(PLACE) ?? "[]")); // amounts, by what is ticked

function cents(text) {
  const [whole, part = ""] = text.split(".");
  return BigInt(whole + part.padEnd(2, "0").slice(0, 2));
}

const money = (amount) => {
  const whole = String(amount / 100n).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${whole}.${String(amount % 100n).padStart(2, "0")}`;
};

function keep() {
  const ticked = kept();
  for (const box of boxes()) {
    if (box.checked) ticked.set(box.value, box.dataset.amount);
    else ticked.delete(box.value);
  }
  sessionStorage.setItem(PLACE, JSON.stringify([...ticked]));
  const sum = [...ticked.values()].reduce((so_far, amount) => so_far + cents(amount), 0n);
  bar.querySelector("[data-picks-count]").textContent = ticked.size;
  bar.querySelector("[data-picks-amount]").textContent = money(sum);
  bar.querySelector("[data-picks-clear]").hidden = !ticked.size;
}

function restore() {
  const ticked = kept();
  for (const box of boxes()) box.checked ||= ticked.has(box.value);
  keep();
}

function clear() {
  sessionStorage.removeItem(PLACE);
  for (const box of boxes()) box.checked = false;
  keep();
}

// What is ticked on other pages goes along with what is ticked on this one.
function send(event) {
  const here = new Set(boxes().map((box) => box.value));
  for (const pick of kept().keys()) if (!here.has(pick)) event.formData.append("pick", pick);
}

if (bar && form) {
  bar.querySelector("[data-picks-sum]").hidden = false;
  bar.querySelector("[data-picks-clear]").addEventListener("click", clear);
  document.addEventListener("change", keep);
  window.addEventListener("pageshow", restore);
  form.addEventListener("formdata", send);
  form.addEventListener("submit", () => setTimeout(() => sessionStorage.removeItem(PLACE)));
  restore();
}
