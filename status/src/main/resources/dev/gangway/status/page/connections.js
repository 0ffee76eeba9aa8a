import { addressOf } from "./address.js";
import { byId, element, setText } from "./dom.js";
import { kindChip, kindWords, ladder, noLadder } from "./ladder.js";
import { timeOfDay } from "./words.js";

const OTHER = { full: "resumed", resumed: "full" };

const loaded = new Map();
let recent = [];
let pinned = null;
let drawn = "";

/** @param connections the newest first; undefined where nobody watches them */
export function showConnections(connections) {
  byId("connections").hidden = connections === undefined;
  if (connections === undefined) {
    return;
  }
  recent = connections;
  byId("no-connections").hidden = recent.length > 0;
  // A chosen one stays, however many come after it.
  const rows = pinned === null || recent.some(({ id }) => id === pinned.id) ? recent : [...recent, pinned];
  putRows(rows);
  drawLadders();
}

/** Chosen by mouse, or by the arrow keys, which go from one radio button to the next. */
export function followChoice() {
  byId("connections").addEventListener("change", ({ target }) => {
    if (target.name === "connection") {
      pinned = recent.find(({ id }) => String(id) === target.value) ?? (target.value === "newest" ? null : pinned);
      markChosen();
      drawLadders();
    }
  });
}

// Rows that stay keep their elements, and with them the focus.
function putRows(rows) {
  const body = byId("connection-rows");
  const present = new Map([...body.rows].map((row) => [row.dataset.key, row]));
  const wanted = rows.map((connection) => present.get(keyOf(connection)) ?? replaced(connection));
  const stays = new Set(wanted);
  [...body.rows].filter((row) => !stays.has(row)).forEach((row) => row.remove());
  wanted.forEach((row, i) => {
    if (body.rows[i] !== row) {
      body.insertBefore(row, body.rows[i] ?? null);
    }
  });
  markChosen();
}

// What is known of a connection may still change while it is open.
const keyOf = ({ id, kind, protocol }) => `${id} ${kind} ${protocol}`;

function replaced(connection) {
  const { id, at, node, protocol, kind } = connection;
  const old = document.querySelector(`#connection-rows input[value="${id}"]`);
  const radio = old ?? element("input", { type: "radio", name: "connection", value: id });
  const row = element("tr", { "data-key": keyOf(connection) },
    element("td", {}, element("label", {}, radio, String(id))),
    element("td", {}, kindChip(kind)), element("td", {}, node), element("td", {}, protocol ?? "–"),
    element("td", {}, timeOfDay(at)));
  row.addEventListener("click", () => radio.click());
  return row;
}

function markChosen() {
  const { chosen } = pair();
  for (const row of byId("connection-rows").rows) {
    row.classList.toggle("chosen", row.dataset.key.startsWith(`${chosen?.id} `));
  }
}

// The chosen one, and the newest of the other kind with the same protocol.
function pair() {
  const chosen = pinned === null
    ? recent.find(({ kind }) => kind === "resumed") ?? recent[0]
    : recent.find(({ id }) => id === pinned.id) ?? pinned;
  const other = recent.find(({ kind, protocol }) => kind === OTHER[chosen?.kind] && protocol === chosen.protocol);
  return { chosen, other };
}

async function drawLadders() {
  const { chosen, other } = pair();
  if (chosen === undefined) {
    return;
  }
  const version = [chosen, other].map((c) => `${c?.id} ${c?.bytesFromClient} ${c?.bytesFromNode}`).join();
  if (version === drawn) {
    return;
  }
  drawn = version;
  const [first, second] = await Promise.all([load(chosen), load(other)]);
  if (version !== drawn) {
    return; // Another choice was faster.
  }
  const ladders = first === null ? [] : [ladder(first, true)];
  if (second !== null) {
    ladders.push(ladder(second, false));
  } else if (chosen.kind in OTHER) {
    ladders.push(noLadder(OTHER[chosen.kind], chosen.protocol));
  }
  // A full handshake comes first, as it does in life.
  ladders.sort((a, b) => rank(a) - rank(b));
  byId("ladders").replaceChildren(...ladders);
  if (pinned !== null) {
    setText(byId("chosen"), `Connection ${chosen.id}, ${kindWords(chosen.kind)}, on ${chosen.node}`
      + (second === null ? "" : `, beside connection ${second.id}, ${kindWords(second.kind)}, on ${second.node}`));
  }
}

const rank = ({ dataset }) => (dataset.kind === "resumed" ? 2 : dataset.kind === "none" ? 1 : 0);

// The server forgets old connections; what has been seen of the chosen one is kept here.
async function load(connection) {
  if (connection === undefined) {
    return null;
  }
  const answer = await fetch(addressOf(`connections/${connection.id}.json`)).catch(() => null);
  if (answer?.ok) {
    loaded.set(connection.id, await answer.json());
  }
  for (const id of loaded.keys()) {
    if (id !== pinned?.id && !recent.some((known) => known.id === id)) {
      loaded.delete(id);
    }
  }
  return loaded.get(connection.id) ?? null;
}
