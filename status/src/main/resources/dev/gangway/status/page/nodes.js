import { byId, element, renew } from "./dom.js";
import { countsOf, total } from "./outcomes.js";
import { AGREEMENTS, agreementOf, patienceSeconds } from "./rings.js";
import { count, duration, percent, shortKey, stateOf } from "./words.js";

/** One card for each node. */
export function showNodes(nodes) {
  const agreement = agreementOf(nodes);
  renew(byId("nodes"), ...nodes.map((node) => card(node, agreement.get(node.name))));
}

/**
 * How the fleet is, in words that change only when something has changed.
 *
 * @param differingFor seconds since when rings differ, 0 if they do not
 * @return how good that is, a sentence, and another
 */
export function summaryOf(nodes, differingFor) {
  const reporting = nodes.filter(({ condition }) => condition === "REPORTS");
  if (nodes.length === 0) {
    return ["warn", "No server with Gangway runs in this JVM.", "Nothing to show until one is started."];
  }
  if (reporting.length === 0) {
    return ["warn", `${count(nodes.length, "node", "nodes")}: no ticket keys are reported.`, troubles(nodes)];
  }
  const trouble = troubles(nodes);
  const rings = ringWords(reporting, differingFor, patienceSeconds(reporting));
  const sharing = reporting.filter(({ state }) => state === "SHARING").length;
  const worst = ["bad", "warn", "good"].find((rating) => rating === rings[0] || nodes.some((node) => stateOf(node)[0] === rating));
  const without = nodes.some(({ condition }) => condition === "WITHOUT_GANGWAY") && worst === "good" ? "warn" : worst;
  return [without, `${sharing === nodes.length ? "" : `${sharing} of `}${count(nodes.length, "node", "nodes")} ${sharing === 1 ? "shares" : "share"} tickets. ${rings[1]}`, trouble];
}

function ringWords(reporting, differingFor, patience) {
  if (reporting.length === 1) {
    return ["good", ""];
  }
  if (differingFor === 0) {
    return ["good", `All ${reporting.length} rings are the same.`];
  }
  return differingFor <= patience
    ? ["warn", "Key rings differ at the moment. This is normal until every node has read the new keys."]
    : ["bad", `Key rings have differed for longer than ${duration(patience)}: some nodes cannot open tickets of other nodes.`];
}

function troubles(nodes) {
  return nodes.filter((node) => stateOf(node)[0] !== "good")
    .map((node) => `${node.name}: ${stateOf(node)[1]}${node.fault ? ` (${node.fault})` : ""}.`).join(" ");
}

function card(node, agreement) {
  const [rating, words] = stateOf(node);
  const head = element("header", {}, element("h3", {}, node.name), element("span", { class: `chip ${rating}` }, words));
  return element("li", { class: "card" }, head, ...(node.condition === "REPORTS" ? facts(node, agreement) : excuse(node)));
}

function excuse(node) {
  return [element("p", { class: "quiet" }, node.condition === "NO_ANSWER"
    ? "This node's process does not answer. The page asks it again every second."
    : "This node runs without Gangway: it has no MBean for ticket keys and counts no handshakes. Connections to it through the balancer are listed below.")];
}

function facts(node, agreement) {
  const counts = countsOf(node);
  const [resumed, full, failed] = ["resumed", "full", "failed"].map((family) => total(counts, family));
  const [rating, ring] = AGREEMENTS[agreement];
  return [
    element("p", { class: "rate" }, percent(resumed, full) ?? "–", element("small", {}, " resumed since start")),
    element("p", { class: "quiet" }, `${resumed.toLocaleString("en")} resumed, ${full.toLocaleString("en")} full, ${failed.toLocaleString("en")} failed`),
    element("dl", {},
      ...term("Engine", node.engine),
      ...term("Active key", node.activeKey === "" ? "none" : element("code", {}, shortKey(node.activeKey)), age(node)),
      ...term("Accepted", count(node.acceptedKeys, "key", "keys"), change(node)),
      ...term("Ring", element("code", {}, node.ringDigest), " ", element("span", { class: `chip ${rating}` }, ring)),
      ...term("Source", element("code", {}, node.source)),
      ...store(node),
      ...term("Ticket lifetime", duration(node.ticketLifetimeSeconds))),
    node.fault === "" ? null : element("p", { class: "trouble" }, node.fault),
  ].filter((part) => part !== null);
}

const age = (node) => (node.activeKeyAgeSeconds < 0 ? "" : `, active for ${duration(node.activeKeyAgeSeconds)}`);

const change = (node) => (node.secondsToNextChange < 0 ? ", no change ahead" : `, next change in ${duration(node.secondsToNextChange)}`);

// Nodes of an older version do not tell of a store.
function store(node) {
  if (!node.store) {
    return [];
  }
  return [
    ...term("Store", element("code", {}, node.store), node.lastStoreContact === "" ? ", never reached" : `, last answer ${node.lastStoreContact}`),
    ...term("Document", `version ${node.documentVersion}, by ${node.documentWrittenBy} at ${node.documentWrittenAt}`),
    ...term("Outage budget", duration(node.outageBudgetSeconds)),
  ];
}

function term(name, ...values) {
  return [element("dt", {}, name), element("dd", {}, ...values)];
}
