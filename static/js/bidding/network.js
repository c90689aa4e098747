// Talking to the platform over a line that may break: the same request is sent again until there is an answer.

import { facts } from "./facts.js";

const PAUSES = [1000, 2000, 4000, 8000];  // milliseconds

/** No answer came, however often the same was sent. */
export class CutOff extends Error {}

/**
 * Send one request until it is answered; a server that is away (502, 503, 504, or busy with this key) is no answer.
 * @returns {Promise<Response>}
 * @throws CutOff when all tries are used up; sending the same again is always safe here
 */
export async function send(path, { method = "GET", body, type, key } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  if (type) headers["Content-Type"] = type;
  if (key) headers["Idempotency-Key"] = key;
  for (const pause of [...PAUSES, null]) {
    const answer = await fetch(facts.api + path, { method, body, headers, credentials: "same-origin" }).catch(() => null);
    if (answer && answer.status < 502) return answer;
    if (pause) await new Promise((wake) => setTimeout(wake, pause));
  }
  throw new CutOff();
}

/** As it is now: whoever signed in again meanwhile, in another tab, has another. */
const csrfToken = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? facts.csrf;

/** Send JSON; the answer as `{status, data}`. */
export async function sendJson(path, value, options = {}) {
  const body = typeof value === "string" ? value : JSON.stringify(value);
  const answer = await send(path, { method: "POST", body, type: "application/json", ...options });
  return { status: answer.status, data: await answer.json().catch(() => ({})) };
}
