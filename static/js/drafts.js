// A draft of a form at the server: kept while somebody types, offered when the page is opened again.

const QUIET = 1500; // milliseconds without typing, then it is kept

/** Keep the fields that `read` gives, by name; `offer` is told of a draft that says something else,
 * in fields that are there or that a page which `grows` can make. */
export class Draft {
  constructor(url, token, read, { offer, say, grows }) {
    Object.assign(this, { url, token, read, offer, say, grows });
    this.kept = JSON.stringify(read());
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
  }

  /** The page shows what was typed and not taken: that is the draft, whatever was kept before. */
  begin() {
    this.kept = "";
    this.keep();
  }

  async find() {
    const answer = await this.ask("GET").catch(() => null);
    if (!answer) return;
    const { cells, saved_at: savedAt } = await answer.json();
    const now = this.read();
    const differs = Object.keys(cells).filter((name) => (name in now || this.grows) && (now[name] ?? "") !== cells[name]);
    if (differs.length) this.offer(cells, new Date(savedAt));
    else if (savedAt) this.drop(); // it was sent, or came too late to be dropped with what was sent
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), QUIET);
  }

  async keep() {
    clearTimeout(this.timer);
    const cells = JSON.stringify(this.read());
    if (cells === this.kept || this.sent) return;
    this.kept = cells;
    try {
      await this.ask("PUT", cells);
      this.say("kept", new Date());
    } catch {
      this.kept = "";
      this.say("lost");
    }
  }

  async drop() {
    await this.ask("DELETE").catch(() => this.say("lost"));
  }

  // Whoever is signed out is sent to another page: that is no answer.
  async ask(method, body) {
    const headers = { "X-CSRFToken": this.token(), "Content-Type": "application/json" };
    const short = body === undefined || body.length < 60000; // what outlives its page may not be longer
    const answer = await fetch(this.url, { method, body, headers, redirect: "error", keepalive: short });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  }
}
