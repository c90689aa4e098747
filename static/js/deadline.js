// The deadline of the page it stands on: how wrong the reader's own clock is, and warnings a day, two hours and a
// quarter of an hour before. <p data-deadline="ISO" data-now="ISO" data-day="…" data-hours="…" data-quarter="…"
// data-over="…" hidden> for the warning, <p data-own-clock="ISO" data-fast="…" data-slow="…" data-right="…"> for the
// clock. Counted on the server's time; the reader's clock only measures how long the page has been here.

const [navigation] = performance.getEntriesByType("navigation");
const arrived = Date.now() - (performance.now() - (navigation?.responseStart ?? 0));
const WARNINGS = [["quarter", 15 * 60], ["hours", 2 * 3600], ["day", 24 * 3600]];  // seconds before, nearest first
const UNNOTICED = 2;  // seconds

const warning = document.querySelector("[data-deadline]");
const ownClock = document.querySelector("[data-own-clock]");

function warn() {
  const now = Date.parse(warning.dataset.now) + Date.now() - arrived;
  const left = (Date.parse(warning.dataset.deadline) - now) / 1000;
  const next = left <= 0 ? "over" : WARNINGS.find(([, before]) => left <= before)?.[0];
  if (!next || warning.dataset.shown === next) return;
  warning.dataset.shown = next;
  warning.querySelector("[data-deadline-text]").textContent = warning.dataset[next];
  warning.hidden = false;
}

function compare() {
  const ahead = Math.round((arrived - Date.parse(ownClock.dataset.ownClock)) / 1000);
  const size = Math.abs(ahead);
  const two = (number) => String(number).padStart(2, "0");
  const words = `${Math.floor(size / 3600)}:${two(Math.floor((size % 3600) / 60))}:${two(size % 60)}`;
  const { right, fast, slow } = ownClock.dataset;
  ownClock.textContent = size <= UNNOTICED ? right : (ahead > 0 ? fast : slow).replace("%(time)s", words);
  ownClock.hidden = false;
}

if (warning) {
  warn();
  setInterval(warn, 1000);
}
if (ownClock) compare();
