/** Numbers and times in words. */

const STEPS = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];

/** Such as "1 h 30 min", of two units at most. */
export function duration(seconds) {
  let left = Math.round(Math.abs(seconds));
  const words = [];
  for (const [length, unit] of STEPS) {
    const count = Math.floor(left / length);
    if (words.length === 1 && count === 0) {
      break;
    }
    if (count > 0 && words.length < 2) {
      words.push(`${count} ${unit}`);
    }
    left -= count * length;
  }
  return words.length === 0 ? "0 s" : words.join(" ");
}

/** A place on an axis whose zero is now. */
export function fromNow(seconds) {
  if (Math.round(seconds) === 0) {
    return "now";
  }
  return (seconds < 0 ? "−" : "+") + duration(seconds);
}

/** Resumed of all completed, such as "98.3 %", or null if none was. */
export function percent(resumed, full) {
  const all = resumed + full;
  if (all === 0) {
    return null;
  }
  const share = (100 * resumed) / all;
  return `${share === 100 || share === 0 ? share : share.toFixed(1)} %`;
}

/** A key's name as logs have it. */
export const shortKey = (name) => name.slice(0, 8);

export function timeOfDay(instant) {
  return new Date(instant).toLocaleTimeString([], { hour12: false });
}

export function dateAndTime(instant) {
  return instant === null ? "–" : new Date(instant).toLocaleString([], { hour12: false });
}

export const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

const STATES = {
  SHARING: ["good", "shares tickets"],
  NOT_TESTED: ["warn", "is not tested yet"],
  KEEPING_LAST_GOOD_KEYS: ["warn", "keeps its last good keys"],
  INSTALLATION_BROKEN: ["bad", "a TLS context did not accept the keys"],
  CONNECTOR_NOT_SHARING: ["bad", "a connector does not share tickets"],
  NOT_SHARING: ["bad", "shares no tickets"],
  CLOSED: ["bad", "is stopping"],
};

/** A node's state: how good it is (good, warn, bad), and the words. */
export function stateOf(node) {
  if (node.condition === "NO_ANSWER") {
    return ["bad", "does not answer"];
  }
  if (node.condition === "WITHOUT_GANGWAY") {
    return ["none", "without Gangway"];
  }
  return STATES[node.state] ?? ["warn", String(node.state)];
}
