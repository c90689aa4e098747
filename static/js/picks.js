// How much is ticked of a list, added up while somebody ticks: in cents, as the server counts.

const bar = document.querySelector("[data-picks]");

function cents(text) {
  const [whole, part = ""] = text.split(".");
  return BigInt(whole + part.padEnd(2, "0").slice(0, 2));
}

const money = (amount) => {
  const whole = String(amount / 100n).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${whole}.${String(amount % 100n).padStart(2, "0")}`;
};

function count() {
  const ticked = [...document.querySelectorAll("input[name=pick]:checked")];
  const sum = ticked.reduce((so_far, pick) => so_far + cents(pick.dataset.amount), 0n);
  bar.querySelector("[data-picks-count]").textContent = ticked.length;
  bar.querySelector("[data-picks-amount]").textContent = money(sum);
}

if (bar) {
  bar.querySelector("[data-picks-sum]").hidden = false;
  document.addEventListener("change", count);
  window.addEventListener("pageshow", count);
  count();
}
