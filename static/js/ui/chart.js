/**
 * Curves over a whole number: zoomed by dragging, and a click says at which number it was.
 */
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { counted, say } from "../words/say.js";

/** @typedef {{label: string, values: (number | null)[], colour: string, dash?: number[], spanned?: boolean}} Curve `spanned` where a line goes on over places without a value */
/** @typedef {{at: number, label: string}} Flag a place that is marked */
/**
 * @typedef {object} Chart
 * @property {string} name what is drawn, for those who cannot see it
 * @property {number[]} x
 * @property {Curve[]} curves
 * @property {boolean} [log]
 * @property {[number, number]} [range] of the values; else as they are
 * @property {number} here where one stands
 * @property {Flag[]} flags
 * @property {string} ink @property {string} quiet @property {string} line colours
 * @property {(value: number) => string} format
 * @property {(at: number) => void} onSeek
 */

/** How large letters are on this screen, 1 being usual: what is measured in pixels grows with them. */
const scale = () => Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / 16);
const height = () => Math.round(250 * scale());
/** @param {number} [ratio] */
const font = (ratio = 1) => `${12 * scale() * ratio}px system-ui, sans-serif`;
/** A press that moves no further than this is a click. */
const STILL = 4;

/** @param {Chart} props */
export function Chart(props) {
  const frame = useRef(/** @type {HTMLDivElement | null} */ (null));
  const plot = useRef(/** @type {uPlot | null} */ (null));
  const zoomed = useRef(false);
  const now = useRef(props);
  now.current = props;
  const look = JSON.stringify([props.curves.map(({ label, colour }) => [label, colour]), props.log, props.ink]);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    zoomed.current = false;
    const made = new uPlot(options(now, zoomed, element.clientWidth), dataOf(now.current), element);
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: Math.max(element.clientWidth, 200), height: height() }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [look]);
  useEffect(() => plot.current?.setData(dataOf(now.current), !zoomed.current));
  return html`<div class="chart" role="img" aria-label=${props.name} ref=${frame} data-points=${props.x.length}></div>`;
}

/** @param {Chart} props @returns {uPlot.AlignedData} */
const dataOf = ({ x, curves }) => [x, ...curves.map(({ values }) => values)];

/**
 * @param {{current: Chart}} now @param {{current: boolean}} zoomed @param {number} width
 * @returns {uPlot.Options}
 */
function options(now, zoomed, width) {
  const { curves, log, range, ink, quiet, line, format } = now.current;
  /** @type {uPlot.Axis} */
  const axis = { font: font(), space: 50 * scale(), size: 50 * scale(), stroke: quiet, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  /** @type {uPlot.Scale} */
  const values = log ? { distr: 3 } : range ? { range } : {};
  return {
    width: Math.max(width, 200), height: height(),
    scales: { x: { time: false, range: (_, from, to) => (zoomed.current ? [from, to] : [from, Math.max(to, now.current.here)]) }, y: values },
    axes: [
      { ...axis, values: (_, splits) => splits.map((at) => (Number.isInteger(at) ? counted(at) : "")) },
      { ...axis, space: 30 * scale(), size: 64 * scale(), values: (_, splits) => splits.map((value) => (value === null ? "" : format(value))) },
    ],
    series: [
      { label: say("timeline.iteration"), value: (_, at) => (at === null ? "–" : counted(at)) },
      ...curves.map(({ label, colour, dash, spanned = false }) => ({
        label, stroke: colour, width: 2, ...(dash ? { dash } : {}), points: { show: false }, spanGaps: spanned,
        value: (/** @type {uPlot} */ _, /** @type {number | null} */ value) => (value === null ? "–" : format(value)),
      })),
    ],
    legend: { markers: { dash: (_, series) => (curves[series - 1]?.dash ? "dashed" : "solid") } },
    cursor: { drag: { x: true, y: false }, points: { size: 7 } },
    hooks: {
      draw: [(plot) => flag(plot, now.current, ink, quiet)],
      ready: [(plot) => press(plot, now, zoomed)],
      setSelect: [({ select }) => (zoomed.current = zoomed.current || select.width > 0)],
    },
  };
}

/** A click goes to the iteration under it; a double click shows everything again. @param {uPlot} plot @param {{current: Chart}} now @param {{current: boolean}} zoomed */
function press(plot, now, zoomed) {
  let from = 0;
  plot.over.addEventListener("pointerdown", ({ clientX }) => (from = clientX));
  plot.over.addEventListener("dblclick", () => (zoomed.current = false));
  plot.over.addEventListener("click", ({ clientX }) => {
    const at = Math.round(plot.posToVal(clientX - plot.over.getBoundingClientRect().left, "x"));
    if (Math.abs(clientX - from) < STILL && at >= 0) now.current.onSeek(at);
  });
}

/** Where one stands, and where something was changed. @param {uPlot} plot @param {Chart} chart @param {string} ink @param {string} quiet */
function flag(plot, { here, flags }, ink, quiet) {
  const { ctx, bbox } = plot;
  const upright = (/** @type {number} */ at, /** @type {string} */ colour, /** @type {number[]} */ dash, /** @type {string} */ label) => {
    const x = plot.valToPos(at, "x", true);
    if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) return;
    ctx.strokeStyle = ctx.fillStyle = colour;
    ctx.setLineDash(dash);
    ctx.lineWidth = devicePixelRatio * 1.5;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.font = font(devicePixelRatio);
    ctx.fillText(label, x + 4 * devicePixelRatio, bbox.top + 13 * scale() * devicePixelRatio);
  };
  ctx.save();
  for (const { at, label } of flags) upright(at, quiet, [5 * devicePixelRatio, 4 * devicePixelRatio], label);
  upright(here, ink, [], "");
  ctx.restore();
}
