// Canonical JSON: one value, one sequence of bytes; and the shapes that values must have.

import { FormatError } from "./errors.js";
import { bytes, hex, same, utf8 } from "./bytes.js";

const MAX_DEPTH = 32;

/** Encode a value as its only canonical bytes; throws FormatError for what has no form here. */
export const canonicalJson = (value) => utf8(written(value, 0));

/** Decode canonical bytes; throws FormatError for any that do not encode back to themselves. */
export function readCanonical(data) {
  let value;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data));
  } catch {
    // The parser's own error quotes what it read: it ends here.
    throw new FormatError("not JSON");
  }
  if (!same(canonicalJson(value), data)) throw new FormatError("not canonical JSON");
  return value;
}

const isRecord = (value) => Object.prototype.toString.call(value) === "[object Object]";

function written(value, depth) {
  if (depth > MAX_DEPTH) throw new FormatError("nested too deeply");
  if (Array.isArray(value)) return `[${Array.from(value, (item) => written(item, depth + 1)).join(",")}]`;
  if (isRecord(value)) {
    const names = Object.keys(value).sort();
    if (!names.every((name) => /^[\0-\x7f]*$/.test(name))) throw new FormatError("a key is not ASCII text");
    return `{${names.map((name) => `${JSON.stringify(name)}:${written(value[name], depth + 1)}`).join(",")}}`;
  }
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) throw new FormatError("a text holds half a surrogate pair");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isInteger(value)) throw new FormatError("a number is not whole");
    if (!Number.isSafeInteger(value)) throw new FormatError("an integer is 2^53 or more in size");
    return String(value);
  }
  if (value === null || typeof value === "boolean") return String(value);
  throw new FormatError("neither object, array, text, integer, true, false nor null");
}

// Shapes: a check takes a value and the name of its place, and throws FormatError naming the place.

const refuse = (where, says) => { throw new FormatError(`${where}: ${says}`, { where }); };

export const record = (fields) => (value, where) => {
  const names = Object.keys(fields).sort().join(", ");
  if (!isRecord(value) || Object.keys(value).sort().join(", ") !== names) refuse(where, `exactly the fields ${names}`);
  for (const [name, check] of Object.entries(fields)) check(value[name], where ? `${where}.${name}` : name);
};

/** An array of at most `most` items, strictly ascending by a key where one is given (so no item twice). */
export const listing = (item, most = Infinity, ascending = null) => (value, where) => {
  if (!Array.isArray(value) || value.length > most) {
    refuse(where, "an array" + (most < Infinity ? ` of at most ${most}` : ""));
  }
  value.forEach((entry, index) => item(entry, `${where}[${index}]`));
  const keys = ascending ? value.map(ascending) : [];
  if (keys.some((key, index) => index && keys[index - 1] >= key)) refuse(where, "sorted, each once");
};

export const matching = (pattern, says) => (value, where) => {
  if (typeof value !== "string" || !pattern.test(value)) refuse(where, says);
};

export const number = (least, most = Number.MAX_SAFE_INTEGER) => (value, where) => {
  if (!Number.isInteger(value) || value < least || value > most) refuse(where, `an integer from ${least} to ${most}`);
};

export const choice = (...values) => (value, where) => {
  if (!values.includes(value)) refuse(where, `one of ${values.join(", ")}`);
};

/** A text of 1 to `most` characters, each counted once however JavaScript stores it. */
export const text = (most) => (value, where) => {
  const fits = typeof value === "string" && value !== "" && [...value].length <= most;
  if (!fits) refuse(where, `a text of 1 to ${most} characters`);
};

/** Null, or what the other check lets pass. */
export const nullable = (check) => (value, where) => { if (value !== null) check(value, where); };

export const anything = () => {};

export const hexadecimal = (count) => matching(new RegExp(`^[0-9a-f]{${2 * count}}$`), `${count} bytes in lower-case hex`);

export const REFERENCE = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "a reference of 1 to 64 characters");
export const HASH = hexadecimal(32);
export const HASH_OR_NONE = matching(/^(?:[0-9a-f]{64})?$/, "32 bytes in lower-case hex, or empty");
