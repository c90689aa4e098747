// Points by keyboard: up and down change by one, Enter goes on and saves from the last field; the sum is shown.
const form = document.querySelector("[data-points]");
const total = document.querySelector("[data-points-total]");

if (form && total) {
  const fields = [...form.querySelectorAll("input[data-points]")];
  const hundredths = (text) => {
    const found = /^(\d{1,4})(?:\.(\d{1,2}))?$/.exec(text.trim());
    return found ? Number(found[1]) * 100 + Number((found[2] || "").padEnd(2, "0")) : null;
  };
  const shown = (value) => (value % 100 ? (value / 100).toFixed(2) : String(value / 100));
  const add = () => {
    const points = fields.map((field) => hundredths(field.value));
    const sum = points.includes(null) ? null : points.reduce((one, other) => one + other, 0);
    total.firstChild.textContent = sum === null ? "– " : `${shown(sum)} `;
  };
  const step = (field, by) => {
    const most = Number(field.dataset.points) * 100;
    const changed = Math.min(most, Math.max(0, (hundredths(field.value) ?? 0) + by * 100));
    field.value = shown(changed);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  for (const [place, field] of fields.entries()) {
    field.addEventListener("input", add);
    field.addEventListener("focus", () => field.select());
    field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowUp" || event.key === "ArrowDown") {
        event.preventDefault();
        step(field, event.key === "ArrowUp" ? 1 : -1);
      } else if (event.key === "Enter" && place + 1 < fields.length) {
        event.preventDefault();
        fields[place + 1].focus();
      }
    });
  }
  const first = fields.find((field) => !field.value);
  // On a phone the envelope is read first: the points lie below it.
  if (first && matchMedia("(min-width: 900px)").matches) first.focus();
}
