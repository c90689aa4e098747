// Small comforts of every page: "/" goes to the search, menus close, copy and print where the browser can.

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const search = document.querySelector(".search input, .filters input[type=search]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("[data-menu]"));
  const copy = event.target.closest("[data-copy]");
  if (copy) copyText(copy);
  if (event.target.closest("[data-print]")) window.print();
});

// The box in a list's header picks all its rows.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-pick-all]")) return;
  const picks = event.target.closest("table").querySelectorAll("input[name=pick]");
  for (const pick of picks) pick.checked = event.target.checked;
});

function closeMenus(except = null) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu === except) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

async function copyText(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = button.querySelector("span");
  const before = words.textContent;
  words.textContent = button.dataset.copied;
  setTimeout(() => { words.textContent = before; }, 2000);
}

// What needs a script appears only where there is one.
for (const element of document.querySelectorAll("[data-print], [data-pick-all]")) element.hidden = false;
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}
