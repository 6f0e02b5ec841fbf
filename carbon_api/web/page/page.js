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

window.addEventListener("DOMContentLoaded", () => {
  SwaggerUIBundle({
    url: "openapi.json",
    dom_id: "#reference",
    presets: [SwaggerUIBundle.presets.apis],
    plugins: [inPlace],
    layout: "BaseLayout",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    persistAuthorization: false,
    validatorUrl: null,
  });
});

// A key stays in this page: the browser is not to keep it for another form, nor to have its spelling checked elsewhere.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".auth-container input")) {
    target.autocomplete = "off";
    target.spellcheck = false;
  }
});
