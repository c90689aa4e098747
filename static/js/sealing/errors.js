// What can be wrong, and whose fault it is. No message holds a value that was read.

/** Sealed material was refused: `where` names the part, `opener` a position from 1, `party` who answers for it. */
export class SealError extends Error {
  constructor(message, { where = "", opener = null } = {}) {
    super(message);
    this.name = this.constructor.name;
    this.party = this.constructor.party ?? "";
    this.where = where;
    this.opener = opener;
  }
}
/** Bytes or values that are not of the format they claim to be. */
export class FormatError extends SealError {}
/** Something sealed was about to be sealed a second time. */
export class AlreadySealedError extends SealError { static party = "bidder"; }
/** An envelope whose header differs from the notice, or whose points lie off the curve. */
export class UploadError extends SealError { static party = "bidder"; }
/** A content that cannot be read as an offer. */
export class PayloadError extends SealError { static party = "bidder"; }
/** An attachment that does not open under its key, or is not as long as promised. */
export class AttachmentError extends SealError { static party = "bidder"; }
/** An opener's key, position or share that does not belong to the envelope. */
export class ShareError extends SealError {}
/** A key file that does not open: the code is wrong or the file is damaged (the two look alike). */
export class CodeError extends SealError {}
/** A document without the signatures it needs. */
export class SignatureError extends SealError {}
/** What an opener is asked for does not agree with what was published: its program does nothing with the keys. */
export class CeremonyError extends SealError {}
/**
 * What an opener brought, or the clock of its machine, does not fit, and no attack is seen: nothing is unlocked until it
 * is put right. `where`: root_missing, root_short, root_other, key_tender, key_place (`opener`: of which place), clock.
 */
export class DeskError extends SealError {}
