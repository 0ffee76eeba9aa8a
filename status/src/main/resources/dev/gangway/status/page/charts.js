import { byId, element, renew } from "./dom.js";
import { fromNow } from "./words.js";

/** What all charts have in common: colours of the scheme, textures, and axes whose zero is now. */

const TILE = 8;
const TEXTURES = {
  slash: [[0, 8, 8, 0], [-2, 2, 2, -2], [6, 10, 10, 6]],
  cross: [[0, 4, 8, 4], [4, 0, 4, 8]],
};
const STEPS = [
  1, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800, 1209600,
];

export const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** A colour of the scheme, with a texture in the colour of the surface. */
export function fill(colour, texture) {
  const mark = css(`mark-${colour}`);
  if (texture === "plain") {
    return mark;
  }
  const tile = document.createElement("canvas");
  tile.width = TILE;
  tile.height = TILE;
  const pen = tile.getContext("2d");
  pen.fillStyle = mark;
  pen.fillRect(0, 0, TILE, TILE);
  pen.strokeStyle = css("surface");
  pen.fillStyle = css("surface");
  pen.lineWidth = 2;
  for (const [x1, y1, x2, y2] of TEXTURES[texture] ?? []) {
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
  }
  if (texture === "dots") {
    pen.beginPath();
    pen.arc(TILE / 2, TILE / 2, 2, 0, 2 * Math.PI);
    pen.fill();
  }
  return pen.createPattern(tile, "repeat");
}

/** A little square for legends, filled as the chart is. */
export function swatch(colour, texture) {
  const made = element("canvas", {
    class: "swatch", width: 14, height: 14, "aria-hidden": "true", "data-fill": `${colour} ${texture} ${css("surface")}`,
  });
  const pen = made.getContext("2d");
  pen.fillStyle = fill(colour, texture);
  pen.fillRect(0, 0, 14, 14);
  return made;
}

/** @param entries arrays of a swatch and its words */
export function legend(id, entries) {
  renew(byId(id), ...entries.map(([mark, words]) => element("li", {}, mark, words)));
}

/** Seconds from now, with ticks at round times. */
export function timeAxis(min, max, more = {}) {
  return {
    type: "linear",
    min,
    max,
    title: { display: false },
    afterBuildTicks: (axis) => {
      const most = Math.max(3, Math.floor(axis.width / 72));
      const step = STEPS.find((length) => (axis.max - axis.min) / length <= most) ?? STEPS.at(-1) * 2;
      axis.ticks = [];
      for (let value = Math.ceil(axis.min / step) * step; value <= axis.max; value += step) {
        axis.ticks.push({ value });
      }
    },
    ticks: { callback: fromNow, maxRotation: 0, autoSkip: false },
    grid: {
      offset: false,
      color: ({ tick }) => (tick?.value === 0 ? css("text") : css("line")),
      lineWidth: ({ tick }) => (tick?.value === 0 ? 2 : 1),
    },
    border: { color: css("strong-line") },
    ...more,
  };
}

/** One chart, made anew when the colour scheme changes. */
export class LiveChart {
  #canvas;
  #config;
  #chart = null;

  /** @param config makes the configuration without data, in the colours of the scheme */
  constructor(id, config) {
    this.#canvas = byId(id);
    this.#config = config;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#forget());
  }

  /** @param change puts new data into the chart */
  update(summary, change) {
    this.#chart ??= this.#make();
    change(this.#chart);
    this.#chart.update("none");
    this.#canvas.setAttribute("aria-label", summary);
  }

  /** Makes the chart as high as so many rows need. */
  fitRows(rows) {
    const height = `${Math.max(2, rows) * 26 + 44}px`;
    if (this.#canvas.parentElement.style.height !== height) {
      this.#canvas.parentElement.style.height = height;
    }
  }

  #make() {
    const { Chart } = globalThis;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    Chart.defaults.color = css("quiet");
    Chart.defaults.borderColor = css("line");
    const config = this.#config();
    config.options = {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      ...config.options,
      plugins: { legend: { display: false }, ...config.options.plugins },
    };
    return new Chart(this.#canvas, config);
  }

  #forget() {
    this.#chart?.destroy();
    this.#chart = null;
  }
}
