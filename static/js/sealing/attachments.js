// Attachments: sealed in chunks under a key of their own, so that uploads can be resumed.

import { AlreadySealedError, AttachmentError } from "./errors.js";
import { bigEndian, bytes, join, same } from "./bytes.js";
import { TAG_BYTES, decrypt, encrypt, freshSecret, sha256 } from "./primitives.js";
import { BLOB_MAGIC, looksSealed } from "./envelope.js";

const BLOCK = 65_536;
const CHUNK = 1_048_576;

/** How long a sealed chunk is at the most, and all but the last are, in bytes. */
export const SEALED_CHUNK = CHUNK + TAG_BYTES;

/**
 * Seal a file, one chunk in memory at a time. `key` is for test vectors only.
 * @param {Blob} source
 * @param {{onChunk?: function(number, number)}} options  told how many chunks of how many are sealed
 * @returns {Promise<{id: string, chunks: string[], size: number, length: number, key: Uint8Array, file: Blob}>}
 *   `chunks` are the SHA-256 of the sealed chunks, `size` is that of the data, `length` that of the sealed file
 * @throws AlreadySealedError for a file that is sealed already
 */
export async function sealBlob(source, { key = freshSecret(), onChunk = () => {} } = {}) {
  const parts = [BLOB_MAGIC];
  const hashes = [];
  for await (const { chunk, index, last, count } of chunks(source, CHUNK)) {
    if (index === 0 && looksSealed(chunk)) {
      throw new AlreadySealedError("this file is sealed already", { where: "attachment" });
    }
    const plain = new Uint8Array(padded(chunk.length));
    plain.set(chunk);
    const sealed = await encrypt(key, plain, { nonce: chunkNonce(index, last) });
    hashes.push(await sha256(sealed));
    // A Blob may rest on disk; an array would stay in memory.
    parts.push(new Blob([sealed]));
    onChunk(index + 1, count);
  }
  const file = new Blob(parts);
  return { id: await idOf(hashes), chunks: hashes, size: source.size, length: file.size, key, file };
}

/** One sealed chunk of a sealed file, to be sent by itself. */
export const sealedChunk = (file, number) => {
  const start = BLOB_MAGIC.length + number * SEALED_CHUNK;
  return file.slice(start, start + SEALED_CHUNK);
};

const idOf = (hashes) => sha256(join(BLOB_MAGIC, ...hashes.map(bytes)));

/** The id of a sealed attachment. It says which bytes these are, not that they open. */
export async function blobId(file) {
  const hashes = [];
  for await (const { chunk } of chunks(await pastMagic(file), SEALED_CHUNK)) hashes.push(await sha256(chunk));
  return idOf(hashes);
}

/** Open a sealed attachment with its key (32 bytes) and true size in bytes; throws AttachmentError. */
export async function openBlob(file, { key, size }) {
  const parts = [];
  let [wanted, remaining] = [size, padded(size)];
  for await (const { chunk, index, last } of chunks(await pastMagic(file), SEALED_CHUNK)) {
    const plain = await decrypt(key, chunk, { nonce: chunkNonce(index, last) });
    if (!plain) throw new AttachmentError("a chunk does not open", { where: "attachment" });
    if (!plain.length || plain.slice(wanted).some(Boolean)) throw wrongLength();
    parts.push(new Blob([plain.slice(0, wanted)]));
    wanted = Math.max(0, wanted - plain.length);
    remaining -= plain.length;
  }
  if (remaining) throw wrongLength();
  return new Blob(parts);
}

const wrongLength = () => new AttachmentError("not as long as the envelope says", { where: "attachment" });

const padded = (size) => Math.max(1, Math.ceil(size / BLOCK)) * BLOCK;

const chunkNonce = (index, last) => join(bigEndian(index, 11), Uint8Array.of(last ? 1 : 0));

async function pastMagic(file) {
  const magic = new Uint8Array(await file.slice(0, BLOB_MAGIC.length).arrayBuffer());
  if (!same(magic, BLOB_MAGIC)) throw new AttachmentError("not a sealed attachment", { where: "attachment" });
  return file.slice(BLOB_MAGIC.length);
}

/** Chunks of `size` bytes, each with whether it is the last; nothing at all is one empty last chunk. */
async function* chunks(source, size) {
  const count = Math.max(1, Math.ceil(source.size / size));
  for (let index = 0; index < count; index += 1) {
    const chunk = new Uint8Array(await source.slice(index * size, (index + 1) * size).arrayBuffer());
    yield { chunk, index, last: index === count - 1, count };
  }
}
