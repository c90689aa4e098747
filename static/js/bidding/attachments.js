// Attachments of one envelope: sealed here chunk by chunk, stored ahead of the submission, resumed where a line broke.

import { AlreadySealedError, hex, sealBlob, sealedChunk } from "../sealing.js";
import { dropBlob, keepBlob, keptBlob } from "./drafts.js";
import { facts, part, say, tell } from "./facts.js";
import { CutOff, send, sendJson } from "./network.js";

const LONGEST_NAME = 255;

/** The platform's own words for why it does not take an attachment. */
class NotTaken extends Error {}

/**
 * The list of attachments of one envelope on the page.
 * `entries` go into the draft and the payload; `onChange` is called whenever they changed.
 */
export class AttachmentList {
  constructor(envelope, onChange) {
    this.envelope = envelope;
    this.onChange = onChange;
    this.entries = [];
    this.input = document.getElementById(`attach-${envelope}`);
    this.rows = document.getElementById(`attached-${envelope}`);
    this.input.addEventListener("change", () => this.add([...this.input.files]));
  }

  /** Whether the platform has every chunk of every attachment. */
  get stored() {
    return this.entries.every((entry) => entry.stored);
  }

  /** Show the attachments of a draft, and go on with those that are not fully stored. */
  async show(entries) {
    this.entries = [];
    this.rows.replaceChildren();
    for (const entry of entries) {
      const row = this.list(entry);
      if (!entry.stored) await this.resume(entry, row);
    }
  }

  async add(files) {
    this.input.value = "";
    tell(this.input);
    for (const file of files) {
      const fault = this.faultOf(file);
      if (fault) tell(this.input, say(fault, { name: file.name, most: facts.limits.attachments }));
      else await this.seal(file);
    }
  }

  faultOf(file) {
    if (file.size > facts.limits.size) return "attachment_large";
    if (!file.name || [...file.name].length > LONGEST_NAME) return "attachment_name";
    if (this.entries.some((entry) => entry.name === file.name)) return "attachment_twice";
    return this.entries.length >= facts.limits.attachments ? "attachment_many" : "";
  }

  async seal(file) {
    const entry = { name: file.name, size: file.size, stored: false };
    const row = this.list(entry);
    try {
      const sealed = await sealBlob(file, { onChunk: (done, all) => row.progress(done / all, say("attachment_sealing")) });
      Object.assign(entry, { id: sealed.id, key: hex(sealed.key), length: sealed.length, chunks: sealed.chunks });
      // Without a store in this browser it can be sent all the same, but not gone on with after a reload.
      await keepBlob(entry.id, sealed.file).catch(() => null);
      this.onChange();
      await this.upload(entry, sealed.file, row);
    } catch (error) {
      this.remove(entry, row);
      const known = error instanceof AlreadySealedError ? "already_sealed" : "attachment_unreadable";
      tell(this.input, say(known, { name: file.name }));
    }
  }

  async resume(entry, row) {
    const file = await keptBlob(entry.id).catch(() => null);
    if (file) await this.upload(entry, file, row);
    else row.stopped(say("attachment_lost"), null);
  }

  /** Send what the platform has not got yet; a cut line is told on the row, with a button to go on. */
  async upload(entry, file, row) {
    try {
      const { status, data } = await sendJson("attachments/", { length: entry.length, chunks: entry.chunks });
      if (status !== 201) throw new NotTaken(data.message);
      const missing = data.missing;
      row.progress(1 - missing.length / data.chunks, say("attachment_sending"));
      for (const [sent, number] of missing.entries()) {
        await this.put(entry, number, sealedChunk(file, number));
        row.progress(1 - (missing.length - sent - 1) / data.chunks, say("attachment_sending"));
      }
    } catch (error) {
      if (!(error instanceof CutOff || error instanceof NotTaken)) throw error;
      const words = error instanceof NotTaken ? error.message || say("not_taken") : say("attachment_cut");
      row.stopped(words, () => this.upload(entry, file, row));
      return;
    }
    entry.stored = true;
    row.done();
    this.onChange();
    await dropBlob(entry.id).catch(() => null);
  }

  async put(entry, number, body) {
    const type = "application/octet-stream";
    const answer = await send(`attachments/${entry.id}/chunks/${number}/`, { method: "PUT", body, type });
    if (answer.status !== 204) throw new NotTaken((await answer.json().catch(() => ({}))).message);
  }

  list(entry) {
    this.entries.push(entry);
    const row = new Row(entry, () => this.remove(entry, row));
    this.rows.append(row.element);
    return row;
  }

  remove(entry, row) {
    this.entries = this.entries.filter((one) => one !== entry);
    row.element.remove();
    if (entry.id) dropBlob(entry.id).catch(() => null);
    this.onChange();
    this.input.focus();
  }
}

/** One attachment as the page shows it. */
class Row {
  constructor(entry, onRemove) {
    this.element = document.getElementById("attachment-row").content.firstElementChild.cloneNode(true);
    part("name", this.element).textContent = entry.name;
    part("size", this.element).textContent = sizeOf(entry.size);
    part("bar", this.element).setAttribute("aria-label", entry.name);
    const remove = part("remove", this.element);
    remove.setAttribute("aria-label", say("attachment_remove", { name: entry.name }));
    remove.addEventListener("click", onRemove);
    this.again = part("again", this.element);
    if (entry.stored) this.done();
  }

  progress(share, words) {
    this.again.hidden = true;
    part("bar", this.element).hidden = false;
    part("bar", this.element).value = share;
    this.says(words);
  }

  done() {
    this.again.hidden = true;
    part("bar", this.element).hidden = true;
    this.says(say("attachment_stored"));
  }

  stopped(words, again) {
    part("bar", this.element).hidden = true;
    this.says(words);
    this.again.hidden = !again;
    this.again.onclick = again;
  }

  says(words) {
    const state = part("state", this.element);
    if (state.textContent !== words) state.textContent = words;
  }
}

function sizeOf(size) {
  return size < 1024 * 1024 ? `${Math.ceil(size / 1024)} kB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}
