import { LiveChart, css, fill, legend, swatch, timeAxis } from "./charts.js";
import { byId, element, renew, table } from "./dom.js";
import { OUTCOMES, add, countsOf, total } from "./outcomes.js";
import { percent } from "./words.js";

const WINDOW = 10_000;
const STEP = 5_000;
// Lines of nodes that do equally well lie on one another: the later ones are thinner, so that all are seen.
const LINES = [
  ["sky", 7, []], ["brown", 3.5, []], ["text", 1.5, [6, 4]], ["orange", 5, [2, 4]], ["blue", 2, [10, 4]], ["grey", 3, [1, 3]],
];

const share = new LiveChart("rate-chart", () => ({
  type: "line",
  data: { datasets: [] },
  options: {
    elements: {
      // A dot at the end, which may be all there is of a line.
      point: { radius: ({ dataIndex, dataset }) => (dataIndex === dataset.data.length - 1 ? 4 : 0), borderWidth: 0, hitRadius: 8 },
      line: { tension: 0 },
    },
    interaction: { mode: "nearest", axis: "x", intersect: false },
    scales: {
      x: timeAxis(-60, 0),
      y: {
        min: 0, max: 100, grace: 0, grid: { color: css("line") }, border: { color: css("strong-line") },
        ticks: { stepSize: 25, callback: (value) => `${value} %` },
      },
    },
    clip: 6,
    plugins: {
      tooltip: { callbacks: { title: () => "", label: ({ dataset, parsed }) => `${dataset.label}: ${parsed.y.toFixed(1)} %` } },
    },
  },
}));

const outcomes = new LiveChart("outcomes-chart", () => ({
  type: "bar",
  data: {
    datasets: OUTCOMES.map(({ words, colour, texture }) => ({
      label: words, backgroundColor: fill(colour, texture), borderColor: css("surface"), borderWidth: { top: 1 }, data: [],
    })),
  },
  options: {
    datasets: { bar: { categoryPercentage: 1, barPercentage: 0.88 } },
    interaction: { mode: "nearest", axis: "x", intersect: false },
    scales: {
      x: timeAxis(-60, 0, { stacked: true, offset: false }),
      y: {
        stacked: true, beginAtZero: true, suggestedMax: 4, grid: { color: css("line") },
        border: { color: css("strong-line") }, ticks: { precision: 0 },
      },
    },
    plugins: { tooltip: { filter: ({ parsed }) => parsed.y > 0, callbacks: { title: () => "" } } },
  },
}));

/** The resumption rate of each node that reports. */
export function showRates(history, nodes) {
  const reporting = nodes.filter(({ condition }) => condition === "REPORTS");
  const rows = reporting.map((node) => {
    const now = history.rates(node.name, WINDOW).at(-1).y;
    const seen = history.seen([node.name]);
    const ever = countsOf(node);
    return [
      node.name,
      now === null ? "none" : `${now.toFixed(1)} %`,
      percent(total(seen, "resumed"), total(seen, "full")) ?? "none",
      percent(total(ever, "resumed"), total(ever, "full")) ?? "none",
    ];
  });
  const said = rows.map(([name, now]) => `${name} ${now === "none" ? "has no handshakes" : now}`).join(", ");
  share.update(`Resumption rate of each node in the last ten seconds: ${said || "no node reports"}.`, (chart) => {
    chart.options.scales.x.min = -history.back;
    chart.data.datasets = reporting.map((node, i) => {
      const [colour, width, dash] = LINES[i % LINES.length];
      return {
        label: node.name, data: history.rates(node.name, WINDOW), parsing: false, borderColor: css(`mark-${colour}`),
        borderWidth: width, borderDash: dash, backgroundColor: css(`mark-${colour}`),
      };
    });
  });
  legend("rate-legend", reporting.map(({ name }, i) => [line(...LINES[i % LINES.length]), name]));
  renew(byId("rate-table"),
    table("Resumption rate", ["Node", "#last 10 s", "#since the page was opened", "#since the node started"], rows));
}

/** Outcomes of all nodes, or of the one that is chosen. */
export function showOutcomes(history, nodes) {
  const chosen = chooseNode(nodes);
  const shown = nodes.filter(({ name, condition }) => condition === "REPORTS" && (chosen === "" || name === chosen));
  const names = shown.map(({ name }) => name);
  const steps = history.steps(names, STEP);
  const seen = history.seen(names);
  const ever = shown.map(countsOf).reduce(add, {});
  const said = OUTCOMES.filter(({ key }) => seen[key] > 0).map(({ key, words }) => `${words.toLowerCase()} ${seen[key]}`);
  outcomes.update(`Handshakes in the last five minutes: ${said.join(", ") || "none"}.`, (chart) => {
    // The step that now is in is shown whole.
    Object.assign(chart.options.scales.x, { min: -history.back, max: steps.at(-1).x + STEP / 2000 });
    OUTCOMES.forEach(({ key }, i) => {
      chart.data.datasets[i].data = steps.map(({ x, counts }) => ({ x, y: counts[key] ?? 0 }));
    });
  });
  const rows = OUTCOMES.map(({ key, words, colour, texture }) =>
    [[swatch(colour, texture), ` ${words}`], number(seen[key]), number(ever[key])]);
  renew(byId("outcomes-table"),
    table("Outcomes of handshakes", ["Outcome", "#last 5 min", "#since start"], rows, (row) => (row[2] === "0" ? "none" : null)));
}

const number = (value) => (value ?? 0).toLocaleString("en");

function chooseNode(nodes) {
  const select = byId("outcomes-node");
  const names = nodes.map(({ name }) => name);
  const offered = [...select.options].slice(1).map(({ value }) => value);
  if (names.join("\n") !== offered.join("\n")) {
    const before = select.value;
    select.replaceChildren(select.options[0], ...names.map((name) => element("option", { value: name }, name)));
    select.value = names.includes(before) ? before : "";
  }
  return select.value;
}

function line(colour, width, dash) {
  const made = element("canvas", {
    class: "swatch line", width: 30, height: 14, "aria-hidden": "true", "data-fill": `${colour} line ${css("surface")}`,
  });
  const pen = made.getContext("2d");
  pen.strokeStyle = css(`mark-${colour}`);
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(0, 7);
  pen.lineTo(30, 7);
  pen.stroke();
  return made;
}
