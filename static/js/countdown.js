// Counts deadlines down on the server's time: <span data-countdown="ISO" data-now="ISO" data-words="%(time)s left"
// data-over="closed">. The reader's clock only measures how long the page has been here.

const arrivals = new WeakMap();
const [navigation] = performance.getEntriesByType("navigation");
const pageArrived = Date.now() - (performance.now() - (navigation?.responseStart ?? 0));

for (const element of document.querySelectorAll("[data-countdown]")) arrivals.set(element, pageArrived);

function words(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
}

function tick() {
  for (const element of document.querySelectorAll("[data-countdown]")) {
    if (!arrivals.has(element)) arrivals.set(element, Date.now());
    const serverNow = Date.parse(element.dataset.now) + Date.now() - arrivals.get(element);
    const left = Math.floor((Date.parse(element.dataset.countdown) - serverNow) / 1000);
    if (left > 0) {
      element.textContent = element.dataset.words.replace("%(time)s", words(left));
      continue;
    }
    element.textContent = element.dataset.over;
    element.classList.replace("tag--warn", "tag--quiet");
    element.removeAttribute("data-countdown");
  }
}

tick();
setInterval(tick, 1000);
