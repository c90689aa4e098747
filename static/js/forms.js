// Forms: ask before leaving what was typed, send once, drop files, go to what is wrong. Whether a form would be taken is
// asked by sending.js, before anything here hears of it.

const LONGEST_ANSWER = 60000; // milliseconds: by then a server has answered or given up
const dirty = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form && event.target.name && !form.querySelector("input[type=password]")) dirty.add(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  dirty.delete(form);
  // An answer that is a download leaves the page standing, and so does an answer that is stopped.
  setTimeout(() => delete form.dataset.sent, LONGEST_ANSWER);
});

document.addEventListener("held", (event) => dirty.delete(event.target));

// Coming back with the browser's button shows the page as it was: it may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});

// A browser shows a date in the order of its own language: beside it stands the date as all pages write it.
for (const field of document.querySelectorAll(".control > :is(input[type=date], input[type=datetime-local])")) {
  const said = field.parentElement.insertAdjacentElement("afterend", document.createElement("span"));
  said.className = "date-said";
  said.setAttribute("aria-hidden", "true");
  const say = () => (said.textContent = field.value.replace("T", " "));
  field.addEventListener("input", say);
  say();
}

document.querySelector("[data-focus]")?.focus();

// Files: the whole area takes a drop, and says what it took.
for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    const area = event.target.closest?.("[data-drop]");
    if (!area) return;
    event.preventDefault();
    area.classList.toggle("is-over", type === "dragover");
    if (type !== "drop" || event.dataTransfer.files.length === 0) return;
    const input = area.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.addEventListener("change", (event) => {
  const text = event.target.closest?.("[data-drop]")?.querySelector("[data-drop-text]");
  if (!text || event.target.type !== "file") return;
  text.textContent = [...event.target.files].map((file) => `${file.name} · ${size(file.size)}`).join(", ");
});

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
