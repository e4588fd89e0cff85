// Draws a plotly figure from its JSON script block. Plotly is loaded when the first chart comes into view, never before.

const VENDOR = new URL("../../vendor/", import.meta.url);
const SCRIPT = new URL("plotly.js-cartesian-dist-min-4.1.1/plotly-cartesian.min.js", VENDOR).href;
const LOCALE = new URL("plotly.js-4.1.1/plotly-locale-de.js", VENDOR).href;
const STYLE = new URL("plotly.js-4.1.1/plotly.css", VENDOR).href;
const BUTTONS_LEFT_OUT = ["select2d", "lasso2d", "autoScale2d"];

let loading;

export default function chart(canvas) {
  const figure = JSON.parse(document.getElementById(canvas.dataset.figure).textContent);
  const draw = () => load().then((Plotly) => render(Plotly, canvas, figure));
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-kern-theme"] });
  }, { rootMargin: "400px" });
  seen.observe(canvas);
}

function load() {
  loading ??= (async () => {
    // With this link in place plotly does not insert a style element, which the content security policy would refuse.
    const link = Object.assign(document.createElement("link"), { id: "plotly.js-style-global", className: "no-inline-styles", rel: "stylesheet", href: STYLE });
    document.head.append(link);
    await script(SCRIPT);
    if (document.documentElement.lang.startsWith("de")) await script(LOCALE);
    return window.Plotly;
  })();
  return loading;
}

function script(source) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src: source, onload: resolve, onerror: reject }));
  });
}

function render(Plotly, canvas, figure) {
  const { data, layout = {} } = resolveColours(structuredClone(figure));
  delete layout.template;
  return Plotly.react(canvas, data, { ...theme(layout), height: layout.height ?? canvas.clientHeight }, {
    responsive: true,
    displaylogo: false,
    locale: document.documentElement.lang.slice(0, 2),
    modeBarButtonsToRemove: BUTTONS_LEFT_OUT,
  });
}

// Figures name colours by token, "var(--chart-danger)", so that they follow the theme; plotly itself only knows plain colours.
function resolveColours(value) {
  if (typeof value === "string") return value.startsWith("var(--") ? colour(value) : value;
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map(resolveColours);
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

function theme(layout) {
  const [ground, text, grid] = ["ground", "text", "grid"].map((name) => colour(`var(--chart-${name})`));
  const axes = Object.fromEntries(
    ["xaxis", "yaxis", ...Object.keys(layout).filter((key) => /^[xy]axis\d+$/.test(key))].map((key) => [
      key,
      { gridcolor: grid, linecolor: grid, zerolinecolor: grid, automargin: true, ...layout[key] },
    ]),
  );
  return {
    colorway: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => colour(`var(--chart-${number})`)),
    paper_bgcolor: ground,
    plot_bgcolor: ground,
    hoverlabel: { bgcolor: ground, font: { color: text } },
    legend: { orientation: "h", y: -0.2 },
    margin: { t: 16, r: 16, b: 48, l: 56 },
    separators: ",.",
    ...layout,
    font: { family: getComputedStyle(document.body).fontFamily, size: 14, color: text, ...layout.font },
    ...axes,
  };
}
