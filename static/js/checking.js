// Anybody's check of a tender from its public record and a bidder's own files, in the browser.
//
// The same points, answers and reasons as the Python package `checking`, under the same names.
// A point is a function that returns if it holds, and throws `Fails`, `Waits` or `NotAsked` with the reason's name.
// The one thing that a browser leaves to others is the signature under a time stamp.

import { awardsAreRight } from "./checking/awards.js";
import { commitmentOpens, priceIsMine, receiptIsIncluded, receiptIsSigned } from "./checking/bid.js";
import { evaluationIsRight } from "./checking/evaluation.js";
import { Fails, HOLDS, Unanswered, materialOf } from "./checking/material.js";
import {
  closeIsStamped, countIsRight, filesReproduce, noticeIsSigned, openersSigned, programIsAsPrinted, rankingIsRight,
  releasesAreRight, requestsAreRight, rootIsMine,
} from "./checking/tender.js";

export { FAILS, HOLDS, NOT_ASKED, REMARK, UnreadableError, WAITS, readEvidence, readRecord } from "./checking/material.js";

/** The points in their order. */
export const POINTS = {
  notice: noticeIsSigned,
  receipt: receiptIsSigned,
  included: receiptIsIncluded,
  root: rootIsMine,
  stamp: closeIsStamped,
  count: countIsRight,
  commitment: commitmentOpens,
  price: priceIsMine,
  evaluation: evaluationIsRight,
  ranking: rankingIsRight,
  awards: awardsAreRight,
  openers: openersSigned,
  requests: requestsAreRight,
  releases: releasesAreRight,
  files: filesReproduce,
  program: programIsAsPrinted,
};

/**
 * Answer every point, one after the other, as soon as it is known.
 * @param {{record: object, evidence?: object, secrets?: object, root?: string}} material
 * @returns {AsyncGenerator<{point: string, answer: string, why: string, about: object}>}
 */
export async function* check(material) {
  const given = materialOf(material);
  for (const [point, holds] of Object.entries(POINTS)) {
    try {
      await holds(given);
      yield { point, answer: HOLDS, why: "", about: {} };
    } catch (error) {
      // Papers that are not even of their shape: whoever made them, the point does not hold.
      const { answer, why, about } = error instanceof Unanswered ? error : new Fails("malformed");
      yield { point, answer, why, about };
    }
  }
}
