import { LiveChart, css, fill, legend, swatch, timeAxis } from "./charts.js";
import { byId, element, renew, setText, table } from "./dom.js";
import { AGREEMENTS, agreementOf } from "./rings.js";
import { dateAndTime, shortKey } from "./words.js";

// With keys that change every few seconds there are more than anybody wants to see.
const MOST_PREVIOUS = 3;
const ROLES = { ACTIVE: "active", PREVIOUS: "previous", NEXT: "next", ACCEPT_ONLY: "accept-only" };
const PHASES = [
  ["accept-only, before it is active", "sky", "slash"],
  ["active", "blue", "plain"],
  ["accept-only, after it was active", "sky", "plain"],
  ["has no times", "grey", "dots"],
];

const rowsOf = (labels, more = {}) => ({
  type: "category", labels, grid: { display: false }, border: { color: css("strong-line") },
  ticks: { autoSkip: false, color: css("text") }, ...more,
});

const bars = (entries) => () => ({
  type: "bar",
  data: {
    datasets: entries.map(([label, colour, texture]) => ({
      label, backgroundColor: fill(colour, texture), borderSkipped: false, data: [],
    })),
  },
  options: {
    indexAxis: "y",
    datasets: { bar: { grouped: false, barPercentage: 0.62, categoryPercentage: 1 } },
    scales: { x: timeAxis(-60, 0), y: rowsOf([]) },
    plugins: { tooltip: { callbacks: { label: ({ dataset }) => dataset.label } } },
  },
});

const rings = new LiveChart("rings-chart", bars(Object.values(AGREEMENTS).map(([, ...entry]) => entry)));
const keys = new LiveChart("keys-chart", bars(PHASES));

/** Whether the nodes' rings are the same, from the opening of the page on. */
export function showRings(history, nodes) {
  const agreement = agreementOf(nodes);
  const words = (name) => AGREEMENTS[agreement.get(name)][1];
  rings.fitRows(nodes.length);
  rings.update(`Rings now: ${nodes.map(({ name }) => `${name} ${words(name)}`).join(", ")}.`, (chart) => {
    chart.options.scales.x.min = -history.back;
    chart.options.scales.y.labels = nodes.map(({ name }) => name);
    Object.keys(AGREEMENTS).forEach((what, i) => {
      chart.data.datasets[i].data = nodes.flatMap(({ name }) => history.agreements(name)
        .filter((span) => span.what === what)
        .map(({ start, end }) => ({ x: [start, end], y: name })));
    });
  });
  legend("rings-legend", Object.values(AGREEMENTS).map(([, text, ...mark]) => [swatch(...mark), text]));
  renew(byId("rings-table"), table("Ring agreement", ["Node", "Ring digest", "Agreement"],
    nodes.map((node) => [node.name, element("code", {}, node.ringDigest ?? "–"), words(node.name)])));
}

/** When keys are accepted and active, on each node. */
export function showKeys(nodes, now) {
  const reporting = nodes.filter(({ condition }) => condition === "REPORTS");
  const rows = reporting.flatMap((node) => node.keys.map((key) => ({ node, key })));
  const shown = reporting.flatMap((node) => latest(node).map((key) => ({ node, key, label: `${shortName(node)}  ${shortKey(key.name)}` })));
  const span = chosenSpan(reporting);
  const seconds = (instant) => (Date.parse(instant) - now) / 1000;
  keys.fitRows(shown.length);
  keys.update(`Ticket keys: ${shown.map(({ label, key }) => `${label} is ${ROLES[key.role]}`).join(", ") || "none"}. All are in the table.`, (chart) => {
    Object.assign(chart.options.scales.x, { min: -span / 2, max: span / 2 });
    chart.options.scales.y.labels = shown.map(({ label }) => label);
    PHASES.forEach((_, phase) => {
      chart.data.datasets[phase].data = shown
        .map(({ key, label }) => ({ x: phasesOf(key, seconds, span)[phase], y: label }))
        .filter(({ x }) => x !== null);
    });
  });
  legend("keys-legend", PHASES.map(([text, ...mark]) => [swatch(...mark), text]));
  const left = rows.length - shown.length;
  setText(byId("keys-note"), "When each node accepts a key, and when the key is active and seals new tickets"
    + (left > 0 ? `. ${left} older previous keys are in the table only` : ""));
  renew(byId("keys-table"), table("Ticket keys",
    ["Node", "Key", "Role", "Accepted from", "Active from", "Active until", "Destroyed at"],
    rows.map(({ node, key }) => [node.name, element("code", {}, key.name), ROLES[key.role],
      dateAndTime(key.acceptFrom), dateAndTime(key.activateAt), dateAndTime(key.retireAt), dateAndTime(key.destroyAt)])));
}

// Without the container, which a cluster puts in brackets: the axis is short of room.
const shortName = ({ name }) => name.split(" (")[0];

// In the order of time: previous ones, the active one, the next.
function latest(node) {
  const sorted = [...node.keys].sort((a, b) => String(a.activateAt).localeCompare(String(b.activateAt)));
  const previous = sorted.filter(({ role }) => role === "PREVIOUS");
  return sorted.filter((key) => !previous.slice(0, -MOST_PREVIOUS).includes(key));
}

function phasesOf(key, seconds, span) {
  if (key.acceptFrom === null) {
    return [null, null, null, [-span / 2, span / 2]];
  }
  const [from, active, retired, end] = [key.acceptFrom, key.activateAt, key.retireAt, key.destroyAt].map(seconds);
  return [[from, active], [active, retired], [retired, end], null];
}

// Wide enough for a ticket's life on both sides of now.
function chosenSpan(reporting) {
  const chosen = Number(byId("keys-span").value);
  const lifetime = Math.max(60, ...reporting.map(({ ticketLifetimeSeconds }) => ticketLifetimeSeconds));
  return chosen > 0 ? chosen : 3 * lifetime;
}
