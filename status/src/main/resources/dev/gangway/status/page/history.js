import { OUTCOMES, add, countsOf, total } from "./outcomes.js";
import { agreementOf } from "./rings.js";

/** How far back charts go. */
const SPAN = 5 * 60 * 1000;
// Charts do not begin with minutes of nothing.
const SPANS = [60, 120, SPAN / 1000];

/** What the page has seen: counters are cumulative, so each sample keeps what was new in it. Bounded by SPAN. */
export class History {
  #samples = [];
  #last = new Map();

  add(document) {
    const news = new Map();
    for (const node of document.nodes.filter(({ condition }) => condition === "REPORTS")) {
      const counts = countsOf(node);
      const before = this.#last.get(node.name);
      news.set(node.name, before === undefined ? {} : difference(before, counts));
      this.#last.set(node.name, counts);
    }
    const at = Date.parse(document.at);
    this.#samples.push({ at, news, agreement: agreementOf(document.nodes) });
    while (this.#samples[0].at < at - SPAN) {
      this.#samples.shift();
    }
  }

  get now() {
    return this.#samples.at(-1).at;
  }

  /** Seconds that charts are to look back: what there is, rounded up. */
  get back() {
    const seconds = (this.now - this.#samples[0].at) / 1000;
    return SPANS.find((span) => seconds <= span) ?? SPANS.at(-1);
  }

  /** Seconds, not after now, and the share of resumptions in the window before, or null if there was no handshake. */
  rates(name, windowMillis) {
    return this.#samples.map(({ at }) => {
      const counts = this.#since(at - windowMillis, at, [name]);
      const resumed = total(counts, "resumed");
      const all = resumed + total(counts, "full");
      return { x: (at - this.now) / 1000, y: all === 0 ? null : (100 * resumed) / all };
    });
  }

  /** New handshakes of these nodes by outcome, in steps that stand still while time goes on. */
  steps(names, stepMillis) {
    const steps = new Map();
    for (let start = Math.ceil((this.now - 1000 * this.back) / stepMillis) * stepMillis; start < this.now; start += stepMillis) {
      steps.set(start, {});
    }
    for (const sample of this.#samples) {
      // What is new in a sample is of the time before it.
      const start = Math.ceil(sample.at / stepMillis) * stepMillis - stepMillis;
      const counts = names.reduce((sum, name) => add(sum, sample.news.get(name) ?? {}), steps.get(start) ?? {});
      steps.set(start, counts);
    }
    return [...steps].map(([start, counts]) => ({ x: (start + stepMillis / 2 - this.now) / 1000, counts }));
  }

  /** New handshakes of these nodes since the page was opened, or in the time it looks back on. */
  seen(names) {
    return this.#since(-Infinity, Infinity, names);
  }

  /** Spans of seconds in which a node's agreement did not change. */
  agreements(name) {
    const spans = [];
    for (const [i, { at, agreement }] of this.#samples.entries()) {
      const what = agreement.get(name);
      const x = (at - this.now) / 1000;
      const end = i + 1 < this.#samples.length ? (this.#samples[i + 1].at - this.now) / 1000 : 0;
      if (spans.at(-1)?.what === what) {
        spans.at(-1).end = end;
      } else if (what !== undefined) {
        spans.push({ what, start: x, end });
      }
    }
    return spans;
  }

  #since(after, until, names) {
    return this.#samples
      .filter(({ at }) => at > after && at <= until)
      .flatMap(({ news }) => names.map((name) => news.get(name) ?? {}))
      .reduce(add, {});
  }
}

// A node that was started again counts from zero.
function difference(before, after) {
  const restarted = OUTCOMES.some(({ key }) => after[key] < before[key]);
  return restarted ? after : Object.fromEntries(OUTCOMES.map(({ key }) => [key, after[key] - before[key]]));
}
