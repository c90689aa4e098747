// The search box of every page: answers under it while one types, by arrows and Enter. Without a script it is a form.

const box = document.querySelector(".search input");
const found = document.querySelector("#found");

function choices() {
  return [...found.querySelectorAll("[role=option]")];
}

function show(open) {
  found.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  if (!open) choose(null);
}

function choose(one) {
  for (const choice of choices()) choice.setAttribute("aria-selected", String(choice === one));
  if (one) box.setAttribute("aria-activedescendant", one.id);
  else box.removeAttribute("aria-activedescendant");
  one?.scrollIntoView({ block: "nearest" });
}

function chosen() {
  return found.querySelector("[aria-selected=true]");
}

// A number that was typed whole is what was meant: Enter goes there.
function exact() {
  const typed = box.value.trim().toUpperCase();
  const same = (choice) => choice.querySelector(".found-reference")?.textContent === typed;
  return choices().find(same) ?? null;
}

function listen() {
  // An answer that is no list, such as a sign-in, is not shown in the box.
  found.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.getResponseHeader("X-Found")) event.detail.shouldSwap = false;
  });
  found.addEventListener("htmx:afterSwap", () => {
    show(document.activeElement === box);
    choose(exact());
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !found.hidden) {
      const all = [null, ...choices()];
      event.preventDefault();
      choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
    } else if (event.key === "Enter" && chosen() && !found.hidden) {
      event.preventDefault();
      chosen().click();
    } else if (event.key === "Escape") show(false);
  });
  box.form.addEventListener("focusout", (event) => {
    if (!box.form.contains(event.relatedTarget)) show(false);
  });
}

if (box) listen();
