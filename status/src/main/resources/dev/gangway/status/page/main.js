import { addressOf } from "./address.js";
import { followChoice, showConnections } from "./connections.js";
import { byId, element, setText } from "./dom.js";
import { showOutcomes, showRates } from "./handshake-charts.js";
import { History } from "./history.js";
import { showKeys, showRings } from "./key-charts.js";
import { showNodes, summaryOf } from "./nodes.js";
import { agreementOf } from "./rings.js";
import { timeOfDay } from "./words.js";

const EVERY = 1000;
const PATIENCE = 5000;

const history = new History();
let last = null;
let differingSince = null;
let paused = false;

async function poll() {
  if (!paused) {
    const { read, fault } = await ask();
    if (fault === undefined) {
      take(read);
    } else {
      say("bad", fault, last === null ? "" : `The data below are from ${timeOfDay(last.at)}.`);
    }
  }
}

async function ask() {
  let answer;
  try {
    answer = await fetch(addressOf("status.json"), { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return { fault: "The server of this page does not answer." };
  }
  if (!answer.ok) {
    return { fault: faultOf(answer.status) };
  }
  try {
    return { read: await answer.json() };
  } catch {
    return { fault: "The answer does not come from the server of this page. Load the page again." };
  }
}

// Whoever was let in may not be any more: users change, and proxies let people in for a time.
function faultOf(status) {
  return status === 401 || status === 403
    ? `The server of this page no longer accepts your login (HTTP ${status}). Load the page again.`
    : `The server of this page answers with an error (HTTP ${status}).`;
}

// The next one is due whatever becomes of this one.
function pollAgain() {
  poll().finally(() => setTimeout(pollAgain, EVERY));
}

function take(read) {
  last = read;
  history.add(read);
  const differ = [...agreementOf(read.nodes).values()].includes("differs");
  differingSince = differ ? differingSince ?? history.now : null;
  show();
}

function show() {
  const { at, nodes, connections } = last;
  say(...summaryOf(nodes, differingSince === null ? 0 : Math.max(1, (history.now - differingSince) / 1000)));
  showNodes(nodes);
  showRates(history, nodes);
  showRings(history, nodes);
  showOutcomes(history, nodes);
  showKeys(nodes, history.now);
  showConnections(connections);
  setText(byId("updated"), `As of ${timeOfDay(at)}`);
}

// Said again only if it has changed: it is a live region.
function say(rating, ...sentences) {
  const summary = byId("summary");
  const said = sentences.filter((sentence) => sentence !== "");
  if (summary.innerText.replaceAll(/\s+/g, " ") !== said.join(" ").replaceAll(/\s+/g, " ")) {
    summary.replaceChildren(...said.map((sentence) => element("p", {}, sentence)));
  }
  summary.className = `summary ${rating}`;
}

byId("pause").addEventListener("click", ({ currentTarget }) => {
  paused = !paused;
  currentTarget.setAttribute("aria-pressed", String(paused));
});
for (const id of ["outcomes-node", "keys-span"]) {
  byId(id).addEventListener("change", () => last !== null && show());
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => last !== null && show());
followChoice();
pollAgain();
