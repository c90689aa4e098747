// A locked key file on paper: numbered lines of hex with a check of four digits each, to be typed back one day.
// Paper and code belong in two places; the paper without the code is useless.

import { SealError } from "../sealing/errors.js";
import { bytes, utf8 } from "../sealing/bytes.js";
import { canonicalJson, readCanonical } from "../sealing/canonical.js";
import { ITERATIONS, KEY_FORMAT } from "../sealing/keys.js";
import { sha256 } from "../sealing/primitives.js";

const LINE = 32;
const SALT = 32;

/** A line that was not typed as it is printed: `line` counts from 1. */
export class PaperError extends SealError {
  constructor(line) {
    super("not as printed", { where: "paper" });
    this.line = line;
  }
}

/** The lines of a key file, as `01 0123 4567 … 89ab · c4f1`. */
export async function onPaper(file) {
  const { salt, box } = readCanonical(file);
  const lines = (salt + box).match(new RegExp(`.{1,${LINE}}`, "g"));
  return Promise.all(lines.map(async (digits, index) => {
    const groups = digits.match(/.{1,4}/g).join(" ");
    return `${String(index + 1).padStart(2, "0")}  ${groups}  ·  ${await check(index, digits)}`;
  }));
}

/** The key file that typed lines stand for; throws PaperError naming the first line that is wrong. */
export async function fromPaper(typed) {
  const lines = typed.split("\n").map((line) => line.replace(/[^0-9a-f]/gi, "").toLowerCase()).filter(Boolean);
  let digits = "";
  for (const [index, line] of lines.entries()) {
    const [number, body, sum] = [line.slice(0, 2), line.slice(2, -4), line.slice(-4)];
    if (Number(number) !== index + 1 || sum !== (await check(index, body))) throw new PaperError(index + 1);
    digits += body;
  }
  if (digits.length <= SALT) throw new PaperError(lines.length + 1);
  bytes(digits);
  const front = { format: KEY_FORMAT, iterations: ITERATIONS, kind: "opener", salt: digits.slice(0, SALT) };
  return canonicalJson({ ...front, box: digits.slice(SALT) });
}

const check = async (index, digits) => (await sha256(utf8(`${index + 1}:${digits}`))).slice(0, 4);
