// Sealed bids, format `sealed-bid/1`, in the browser: WebCrypto and nothing else, no page and no network.
//
// The same functions as the Python package `sealing`, under the same names and byte for byte alike; the
// format is described in docs/sealed-bids.md. Digests, ids and public keys are lower-case hex texts; secrets and
// files are Uint8Array. What is random comes from the browser; the parameters that fix it are for test vectors.
//
// Private P-256 keys travel with their public point, because WebCrypto does not compute one from the other. So
// a key is a pair, and a pair that was read is held against itself before it is believed.
//
// This file names what pages use; each module beside it is the half of the Python module of its name.

export {
  AlreadySealedError, AttachmentError, CeremonyError, CodeError, DeskError, FormatError, PayloadError, SealError, ShareError,
  SignatureError, UploadError,
} from "./sealing/errors.js";
export { bytes, hex, same } from "./sealing/bytes.js";
export { canonicalJson, readCanonical } from "./sealing/canonical.js";
export {
  FORMAT, combine, decrypt, encrypt, expand, extract, freshPair, freshSecret, hpkeOpen, hpkeSeal, hpkeSender, label,
  sha256, split,
} from "./sealing/primitives.js";
export {
  asOffer, asPrice, millionths, offerOfModels, offerOfProduct, offerOfSet, productsOf, unitsOf,
} from "./sealing/offers.js";
export { commercialPayload, readPayload, revealPayload, technicalPayload } from "./sealing/payloads.js";
export {
  BLOB_MAGIC, MAGIC, PADS, assemble, bodyKey, checkUpload, commitment, fittingPad, frame, looksSealed, parse,
  readHeader, seal, shareInfo, sharesOf,
} from "./sealing/envelope.js";
export {
  BIDDER_FAULT, OPENED, UNREADABLE, openEnvelope, openWithSeed, releaseShare, sealAndReopen,
} from "./sealing/opening.js";
export {
  ITERATIONS, KEY_FORMAT, generateCode, keysFromSecret, lock, makeKeyPair, normaliseCode, recoverySecret, sign,
  signatureHolds, unlock,
} from "./sealing/keys.js";
export { SEALED_CHUNK, blobId, openBlob, sealBlob, sealedChunk } from "./sealing/attachments.js";
export { documentHash, keyId, readDocument, signDocument } from "./sealing/documents.js";
export { sealSeeds } from "./sealing/revealing.js";
export { SUBMISSION, challenge, manifest } from "./sealing/manifest.js";
export { readReport, sheet } from "./sealing/reports.js";
export { RESERVE, readReserve, reservePayload, sealReserve } from "./sealing/reserve.js";
export { includes, leaf, root } from "./sealing/tree.js";
export {
  answerCanary, checkPackage, declareDestroyed, readCall, readKeyList, release, signKeyList, signMinutes,
} from "./sealing/ceremony.js";
