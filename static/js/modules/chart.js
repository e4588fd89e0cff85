// Draws a plotly figure from its JSON script block. Plotly is loaded by the first chart of a page and by no page without one.

const VENDOR = new URL("../../vendor/", import.meta.url);
const SCRIPT = new URL("plotly.js-cartesian-dist-min-4.1.1/plotly-cartesian.min.js", VENDOR).href;
const LOCALE = new URL("plotly.js-4.1.1/plotly-locale-de.js", VENDOR).href;
const STYLE = new URL("plotly.js-4.1.1/plotly.css", VENDOR).href;
const NARROW = "(width < 40rem)";
const UPRIGHT = 420; // pixels
const FEW = 4; // entries of a key that every chart has room for
const LINE = 20; // pixels of one

let loading;

export default function chart(canvas) {
  const figure = JSON.parse(document.getElementById(canvas.dataset.figure).textContent);
  const draw = () => load().then((Plotly) => render(Plotly, canvas, figure));
  for (const query of ["(prefers-color-scheme: dark)", NARROW]) matchMedia(query).addEventListener("change", draw);
  onPaper("beforeprint", "light", draw);
  onPaper("afterprint", "", draw);
  saveButton(canvas, figure);
  draw().then(() => {
    scalable(canvas);
    canvas.on("plotly_afterplot", () => scalable(canvas));
  });
}

function onPaper(event, scheme, draw) {
  addEventListener(event, () => {
    document.documentElement.style.colorScheme = scheme;
    draw();
  });
}

// Plotly's own buttons cannot be reached by keyboard; the one that is of use here stands below the chart. An image knows no
// fonts of the page, and nobody sees what it is of unless it says so.
function saveButton(canvas, figure) {
  const button = document.getElementById(`${canvas.id}-save`);
  if (!button) return;
  const title = document.getElementById(canvas.getAttribute("aria-labelledby")).textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const Plotly = await load();
    const { data, layout } = drawing(canvas, figure);
    const extra = { title: { text: title, font: { size: 16 }, x: 0.02, xanchor: "left" }, font: { family: "sans-serif" } };
    const margin = { ...layout.margin, t: (layout.margin?.t ?? 24) + 56 };
    const size = { width: canvas.clientWidth, height: layout.height + 56 };
    Plotly.downloadImage({ data, layout: { ...layout, ...extra, ...size, margin } }, { format: "png", filename: canvas.id, scale: 2, ...size });
  });
}

function load() {
  loading ??= (async () => {
    allowStyles();
    // With this link in place plotly does not insert a style element, which the content security policy would refuse.
    const link = Object.assign(document.createElement("link"), { id: "plotly.js-style-global", className: "no-inline-styles", rel: "stylesheet", href: STYLE });
    document.head.append(link);
    await script(SCRIPT);
    if (document.documentElement.lang.startsWith("de")) await script(LOCALE);
    return window.Plotly;
  })();
  return loading;
}

// Plotly writes some styles as an attribute, which the content security policy refuses; the same through the object model is allowed.
function allowStyles() {
  SVGElement.prototype.setAttribute = function setAttribute(name, value) {
    if (name === "style") this.style.cssText = value;
    else Element.prototype.setAttribute.call(this, name, value);
  };
}

function script(source) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src: source, onload: resolve, onerror: reject }));
  });
}

function render(Plotly, canvas, figure) {
  const { data, layout } = drawing(canvas, figure);
  canvas.style.minHeight = `${layout.height}px`; // the page does not jump when it is drawn
  const options = { responsive: true, displayModeBar: false, locale: document.documentElement.lang.slice(0, 2) };
  return Plotly.react(canvas, data, layout, options);
}

// The figure in the colours of the present theme.
function drawing(canvas, figure) {
  const { data, layout = {} } = resolveColours(structuredClone(figure));
  if (matchMedia(NARROW).matches) makeRoom(data, layout);
  // With one scale on both axes nothing is gained by more height than width.
  const height = layout.yaxis?.scaleanchor ? Math.min(layout.height, canvas.clientWidth) : (layout.height ?? canvas.clientHeight);
  return { data, layout: { ...layout, height, template: template() } };
}

// With a view box the print style sheet can fit the drawing to the paper, whatever the screen was like.
function scalable(canvas) {
  const { width, height } = canvas._fullLayout;
  canvas.style.setProperty("--chart-ratio", `${width} / ${height}`);
  for (const drawing of canvas.querySelectorAll(".main-svg")) drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
}

// On a telephone: labels by their short form, which is their name, the key in a column that the window shows whole, and few words
// at the axes. A picture with one scale on both axes gives that up there: drawn upright its lines still lie apart.
function makeRoom(data, layout) {
  for (const label of layout.annotations ?? []) label.text = label.name ?? label.text;
  layout.legend = { ...layout.legend, orientation: "v", maxheight: 1 };
  const entries = data.filter((trace) => trace.type !== "heatmap" && trace.showlegend !== false).length;
  if (layout.height && entries > FEW) layout.height += LINE * (entries - FEW);
  if (!layout.yaxis?.scaleanchor) return;
  for (const key of ["title", "scaleanchor", "scaleratio", "constraintoward"]) delete layout.yaxis[key];
  layout.height = UPRIGHT;
  layout.margin = { t: 16, r: 8, b: 40, l: 8 };
  layout.xaxis.nticks = 4;
}

// Figures name colours by token, "var(--chart-danger)", so that they follow the theme; plotly itself only knows plain colours.
function resolveColours(value) {
  if (typeof value === "string") return value.startsWith("var(--") ? colour(value) : value;
  if (Array.isArray(value)) return typeof value.at(-1) === "number" ? value : value.map(resolveColours);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolveColours(part)]));
  return value;
}

function colour(token) {
  const probe = document.createElement("i");
  probe.style.color = token;
  document.body.append(probe);
  const plain = getComputedStyle(probe).color;
  probe.remove();
  return plain;
}

function template() {
  const [ground, text, muted, grid, low, high] = ["ground", "text", "muted", "grid", "free", "1"].map((name) => colour(`var(--chart-${name})`));
  const axis = { gridcolor: grid, linecolor: grid, zerolinecolor: grid, automargin: true, tickfont: { color: muted } };
  return {
    data: {
      heatmap: [{ colorscale: [[0, low], [1, high]], xgap: 1, ygap: 1, colorbar: { outlinewidth: 0, thickness: 12 } }],
    },
    layout: {
      colorway: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => colour(`var(--chart-${number})`)),
      paper_bgcolor: ground,
      plot_bgcolor: ground,
      font: { family: getComputedStyle(document.body).fontFamily, size: 14, color: text },
      hoverlabel: { bgcolor: ground, bordercolor: grid, font: { color: text } },
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", traceorder: "normal" },
      margin: { t: 24, r: 16, b: 40, l: 48 },
      separators: document.documentElement.lang.startsWith("de") ? ",." : ".,",
      xaxis: axis,
      yaxis: axis,
    },
  };
}
