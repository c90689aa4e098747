// The Merkle tree over the receipts, checked as RFC 9162 section 2.1.3.2.

import { bytes, join } from "./bytes.js";
import { sha256 } from "./primitives.js";

/** The leaf of a receipt's body bytes. */
export const leaf = (receipt) => sha256(join(Uint8Array.of(0), receipt));

/** Whether the path proves the leaf to be number `index` (from 0) of `count` under this root; hashes in hex. */
export async function includes(root, leafHash, { index, count, path }) {
  if (!(index >= 0 && index < count)) return false;
  let [place, last, computed] = [index, count - 1, leafHash];
  for (const sibling of path) {
    if (last === 0) return false;
    if (place % 2 || place === last) {
      computed = await node(sibling, computed);
      for (; place && place % 2 === 0; place /= 2) last = Math.floor(last / 2);
    } else {
      computed = await node(computed, sibling);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && computed === root;
}

/** The root over leaves in the order given (sort them first); of none it is the hash of nothing. */
export async function root(leaves) {
  if (leaves.length < 2) return leaves[0] ?? sha256(new Uint8Array(0));
  const half = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return node(await root(leaves.slice(0, half)), await root(leaves.slice(half)));
}

const node = (left, right) => sha256(join(Uint8Array.of(1), bytes(left), bytes(right)));
