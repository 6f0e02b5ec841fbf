"use strict";

// The library takes seconds to put what is referred to in its place in a description of this version; nothing here
// refers to another document, or to itself, so this is all there is to do. What stands beside a reference is kept.
const inPlace = () => ({
  fn: {
    resolveSubtree: async (whole, path) => {
      const known = new Map();
      const at = (steps) => steps.reduce((node, step) => node?.[step], whole);
      const named = (ref) => {
        if (!known.has(ref)) {
          const steps = ref.slice(2).split("/").map((step) => decodeURIComponent(step).replace(/~1/g, "/").replace(/~0/g, "~"));
          known.set(ref, { ...put(at(steps)), $$ref: new URL(ref, document.baseURI).href });
        }
        return known.get(ref);
      };
      const put = (node) => {
        if (Array.isArray(node)) return node.map(put);
        if (node === null || typeof node !== "object") return node;
        const { $ref, ...own } = node;
        const rest = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, put(value)]));
        return typeof $ref === "string" ? { ...named($ref), ...rest } : rest;
      };
      return { spec: put(at(path)), errors: [] };
    },
  },
});

// A link inside a button is two things to reach for one thing to do: the address in the browser's bar leads here as well.
const plainNames = ({ React }) => ({ components: { DeepLink: ({ text }) => React.createElement("span", null, text) } });

// Light or dark as the reader's machine has it.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const dress = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", dress);
dress();

// What every answer has is said once, at the top: beside each status it would hide what is particular to it.
const EVERYWHERE = /^(X-Request-Id|Factor-Release|RateLimit-)/;

const fold = (table) => {
  const rows = [...table.tBodies[0].rows];
  for (const row of rows) row.hidden = EVERYWHERE.test(row.cells[0].textContent);
  table.closest(".headers-wrapper").hidden = rows.every((row) => row.hidden);
};

// What the library leaves without a name for those who hear the page, or out of reach of those who only type.
const NAMES = [
  [".examples-select-element", () => "Examples"],
  ["textarea.body-param__text", () => "Request body"],
  [".close-modal", () => "Close"],
  ["tr[data-param-name] :is(select, input, textarea)", (control) => control.closest("tr").dataset.paramName],
];

const mend = () => {
  for (const [controls, name] of NAMES) {
    for (const control of document.querySelectorAll(`${controls}:not([aria-label])`)) control.setAttribute("aria-label", name(control));
  }
  for (const text of document.querySelectorAll("pre.microlight:not([tabindex])")) text.tabIndex = 0;
  for (const button of document.querySelectorAll(".auth-container .authorize[aria-label]")) button.removeAttribute("aria-label");
  for (const heading of document.querySelectorAll("#reference :is(h3, h4, h5):not([aria-level])")) {
    heading.setAttribute("aria-level", Number(heading.tagName[1]) - 1); // the page has an h1 and no h2
  }
  document.querySelectorAll("table.headers").forEach(fold);
};

window.addEventListener("DOMContentLoaded", () => {
  const first = document.getElementById("first");
  first.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    const control = document.querySelector("#operations-estimates-create_estimate .opblock-summary-control");
    if (control.getAttribute("aria-expanded") === "false") control.click();
    control.focus();
    control.scrollIntoView();
  });
  new MutationObserver(mend).observe(document.getElementById("reference"), { childList: true, subtree: true });
  SwaggerUIBundle({
    url: "openapi.json",
    dom_id: "#reference",
    presets: [SwaggerUIBundle.presets.apis],
    plugins: [inPlace, plainNames],
    layout: "BaseLayout",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    persistAuthorization: false,
    validatorUrl: null,
    onComplete: () => { first.hidden = false; },
  });
});

// A key stays in this page: the browser is not to keep it for another form, nor to have its spelling checked elsewhere.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".auth-container input")) {
    target.autocomplete = "off";
    target.spellcheck = false;
  }
});
