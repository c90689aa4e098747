// Ranges of cells as Excel, WPS and pages put them on the clipboard: rows of texts.

/** Rows of a text with tabs. A cell in quotes may hold tabs, line breaks, and quotes written twice. */
export function readTabs(text) {
  const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  let at = 0;
  while (at <= plain.length) {
    const quoted = readQuoted(plain, at);
    const end = quoted ? quoted.end : endOfCell(plain, at);
    rows.at(-1).push(quoted ? quoted.text : plain.slice(at, end));
    if (plain[end] === "\n") rows.push([]);
    at = end + 1;
  }
  return rows;
}

// A quote begins a quoted cell only if its partner ends one: 5" is a text like any other.
function readQuoted(plain, from) {
  if (plain[from] !== '"') return null;
  let text = "";
  for (let at = from + 1; at < plain.length; at += 1) {
    if (plain[at] !== '"') text += plain[at];
    else if (plain[at + 1] === '"') text += plain[(at += 1)];
    else if (at + 1 === plain.length || "\t\n".includes(plain[at + 1])) return { text, end: at + 1 };
    else return null;
  }
  return null;
}

function endOfCell(plain, from) {
  const end = plain.slice(from).search(/[\t\n]/);
  return end === -1 ? plain.length : from + end;
}

/** Rows of the first table of a page; a cell over several rows or columns stands in its first place. Null: no table. */
export function readTable(html) {
  // Styles are nothing to us, and the policy of our pages would complain of each.
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "");
  const table = new DOMParser().parseFromString(bare, "text/html").querySelector("table");
  if (!table) return null;
  const rows = [...table.rows].map(() => []);
  [...table.rows].forEach((row, number) => {
    let column = 0;
    for (const cell of row.cells) {
      while (rows[number][column] !== undefined) column += 1;
      for (let down = 0; down < cell.rowSpan && number + down < rows.length; down += 1) {
        for (let right = 0; right < cell.colSpan; right += 1) rows[number + down][column + right] = "";
      }
      rows[number][column] = textOf(cell);
    }
  });
  return rows;
}

function textOf(cell) {
  for (const line of cell.querySelectorAll("br")) line.replaceWith("\u0001");
  return cell.textContent.replace(/[ \t\r\n\u00a0]+/g, " ").replaceAll("\u0001", "\n").trim();
}

/** What the clipboard holds as rows, from whichever form says more; null where it is one plain text. */
export function readRange(clipboard) {
  const text = clipboard.getData("text/plain");
  const html = clipboard.getData("text/html");
  const rows = (!text.includes("\t") && html && readTable(html)) || readTabs(text);
  return rows.length > 1 || rows[0].length > 1 ? rows : null;
}

/** A range as Excel and WPS read it. */
export function writeTabs(rows) {
  const cell = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}

// As core/written.py reads files: full width as half width, blanks of all kinds as one.
function halfWidth(text) {
  return text.trim().replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u00a0\u2009\u202f\u3000]/g, " ").replaceAll("\uffe5", "¥").replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2212\u2013]/g, "-");
}

/** A number as people and programs print it, without what only groups its digits by three or names the currency:
 * １,２３４.50, ¥ 1 234.50, 12.5元. What may be two numbers (1 2, 10,20) or have a decimal comma stays as it is. */
export function plainNumber(text) {
  const plain = halfWidth(text).replace(/^(?:[¥$€£]|cny|rmb|人民币)\s*|\s*(?:元|cny|rmb|人民币)$/gi, "");
  const grouped = /^[-+]?\d{1,3}(?:([ ,'])\d{3})(?:\1\d{3})*(?:\.\d*)?$/.exec(plain);
  const bare = grouped ? plain.replaceAll(grouped[1], "") : plain;
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(bare) ? bare.replace(/^\+/, "") : text.trim();
}

/** A day as people and programs print it, year first, as a field takes it: 2027/3/1 0:00, 2027年3月1日, 20270301. */
export function plainDay(text) {
  const plain = halfWidth(text).replace(/[ T]0{1,2}:00(?::00(?:\.0+)?)?$/, "");
  const day = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(plain) ?? /^(\d{4})(年)(\d{1,2})月(\d{1,2})[日号]?$/.exec(plain)
    ?? /^(\d{4})()(\d{2})(\d{2})$/.exec(plain);
  return day ? `${day[1]}-${day[3].padStart(2, "0")}-${day[4].padStart(2, "0")}` : text;
}
