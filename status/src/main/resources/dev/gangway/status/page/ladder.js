import { element } from "./dom.js";
import { timeOfDay } from "./words.js";

const KINDS = { full: "full handshake", resumed: "resumption", unfinished: "not finished" };

/** A chip that says what kind of handshake a connection had. */
export function kindChip(kind) {
  return element("span", { class: `chip kind ${kind}` }, KINDS[kind]);
}

export const kindWords = (kind) => KINDS[kind];

/** A connection between two upright lines, as it went over the wire. */
export function ladder(connection, chosen) {
  const title = element("h3", {}, `Connection ${connection.id}`, kindChip(connection.kind),
    chosen ? element("span", { class: "chip" }, "chosen") : null);
  const facts = [connection.protocol ?? "no TLS version", connection.node, timeOfDay(connection.at)].join(" · ");
  return element("article", { class: "ladder", "data-kind": connection.kind },
    title,
    element("p", { class: "quiet" }, facts),
    element("div", { class: "ends", "aria-hidden": "true" }, element("span", {}, "client"), element("span", {}, connection.node)),
    element("ol", {}, ...connection.steps.map((step) => arrow(step, connection.node))),
    connection.stepsLeftOut > 0 ? element("p", { class: "totals quiet" }, `and ${connection.stepsLeftOut} more records`) : null,
    element("p", { class: "totals quiet" }, `Client sent ${bytes(connection.bytesFromClient)}, node sent ${bytes(connection.bytesFromNode)}`),
    note(connection));
}

/** What stands in the place of a ladder that there is none of. */
export function noLadder(kind, protocol) {
  return element("article", { class: "ladder", "data-kind": "none" },
    element("h3", {}, kind === "full" ? "Full handshake" : "Resumption"),
    element("p", { class: "missing quiet" }, `None with ${protocol} among the recent connections`));
}

function arrow(step, node) {
  const label = step.encrypted ? `${step.name} encrypted`.trim() : step.name;
  const way = step.from === "client" ? `Client to ${node}: ` : `${node} to client: `;
  return element("li", { class: `step from-${step.from}${step.encrypted ? " encrypted" : ""}` },
    element("span", { class: "when" }, `${step.atMillis.toFixed(1)} ms`),
    element("div", { class: "between" },
      element("div", { class: "what" }, element("span", { class: "hidden-text" }, way), label,
        element("span", { class: "size" }, ` ${bytes(step.bytes)}`)),
      element("div", { class: "shaft", "aria-hidden": "true" }),
      ...step.facts.map((fact) => element("div", { class: "what" }, element("span", { class: "fact" }, fact)))));
}

function note({ protocol, kind }) {
  if (protocol !== "TLSv1.3" || kind === "unfinished") {
    return null;
  }
  return element("p", { class: "totals quiet" }, "In TLS 1.3 the node sends new tickets encrypted; the client offers one in its next connection.");
}

const bytes = (number) => `${number.toLocaleString("en")} ${number === 1 ? "byte" : "bytes"}`;
