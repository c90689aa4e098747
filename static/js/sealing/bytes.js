// Bytes: hex, base64url, big-endian numbers, comparison.

import { FormatError } from "./errors.js";

/** Bytes as lower-case hex. */
export const hex = (data) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The bytes of a lower-case hex text; throws FormatError. */
export function bytes(text) {
  if (typeof text !== "string" || !/^(?:[0-9a-f]{2})*$/.test(text)) throw new FormatError("not lower-case hex");
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

/** Whether two byte strings are the same. */
export const same = (left, right) => left.length === right.length && left.every((byte, at) => byte === right[at]);

/** A text as bytes in UTF-8. */
export const utf8 = (text) => new TextEncoder().encode(text);

/** Byte strings one after the other. */
export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

/** A whole number as `length` bytes, the highest first. */
export const bigEndian = (value, length) =>
  Uint8Array.from({ length }, (_, at) => Math.floor(value / 256 ** (length - 1 - at)) % 256);

/** The whole number in the first four bytes, the highest first. */
export const readU32 = (data) => new DataView(data.buffer, data.byteOffset, 4).getUint32(0);

/** Bytes in base64url without padding, and back: how JSON Web Keys are written. */
export const base64url = (data) =>
  btoa(String.fromCharCode(...data)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

export const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
