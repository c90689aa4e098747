// Prices as people type them, exactly: whole numbers of millionths, never a float.

import { asPrice } from "../sealing.js";

const PLAIN = /^0*[0-9]{0,12}(?:\.[0-9]{0,6}0*)?$/;
const DECIMALS = 6;
const MILLION = 10n ** 6n;

/**
 * A typed price in millionths, or the name of what is wrong: "price_form" for anything but digits and one point,
 * with at most 12 before it and 6 after, "price_range" for nought or more than 12 digits.
 * @returns {{price: bigint} | {fault: string}}
 */
export function readPrice(typed) {
  const text = typed.trim();
  if (!PLAIN.test(text) || text === "" || text === ".") return { fault: "price_form" };
  const [whole, decimals = ""] = text.split(".");
  const price = BigInt(whole || "0") * MILLION + BigInt(decimals.slice(0, DECIMALS).padEnd(DECIMALS, "0"));
  return price > 0n ? { price } : { fault: "price_range" };
}

/** A price of so many millionths as the envelope has it. */
export const sealedPrice = asPrice;

/** A sealed price as a person would type it: without the zeros that say nothing. */
export const typedPrice = (sealed) => sealed.replace(/\.?0+$/, "");

/**
 * How a price a pack compares with the ceiling for so many base units of the reference item.
 * @param {bigint} price  in millionths
 * @param {{pack: string, factor: string, ceiling: string, units: number}} terms  plain decimal numbers; `units` are
 *   those that the ceiling is for
 * @returns {{above: boolean, comparable: string, ceiling: string}}  the price of as many units is rounded for reading
 *   only: the comparison is exact
 */
export function againstCeiling(price, { pack, factor, ceiling, units: of }) {
  const [units, unitScale] = fraction(factor);
  const [most, mostScale] = fraction(ceiling);
  // comparable = of * price / 10^6 / pack / (units / unitScale)
  const [numerator, denominator] = [BigInt(of) * price * unitScale, MILLION * BigInt(pack) * units];
  return {
    above: numerator * mostScale > most * denominator,
    comparable: shown(numerator, denominator),
    ceiling: shown(most, mostScale),
  };
}

/**
 * What follows for a pack of another specification, in millionths, rounded once and half up: the same price a unit of
 * the reference item.
 * @param {bigint} price  of the pack that is offered, in millionths
 * @param {{pack: string, factor: string}} offered  base units of that pack, and what one counts as
 * @param {{pack: string, factor: string}} other  the same of the other
 */
export function convertedPrice(price, offered, other) {
  const [units, scale] = fraction(offered.factor);
  const [otherUnits, otherScale] = fraction(other.factor);
  const numerator = price * BigInt(other.pack) * otherUnits * scale;
  const denominator = BigInt(offered.pack) * units * otherScale;
  return (2n * numerator + denominator) / (2n * denominator);
}

function fraction(decimal) {
  const [whole, decimals = ""] = decimal.split(".");
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

/** A price of so many millionths as prices look on every page. */
export const readablePrice = (price) => shown(price, MILLION);

/** Rounded half up to six decimals, with separators and at least two decimals, as prices look on every page. */
function shown(numerator, denominator) {
  const rounded = (2n * numerator * MILLION + denominator) / (2n * denominator);
  const [whole, decimals] = sealedPrice(rounded).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${decimals.slice(0, 2)}${decimals.slice(2).replace(/0+$/, "")}`;
}
