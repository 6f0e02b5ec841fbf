// Reads [{device, quality, network, minutes}] on standard input and prints what ADEME's model of streaming makes of
// each: grams by part. The package's own entry imports its rules in a way that this Node no longer reads.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Engine from "publicodes";

const PARTS = {
  data_centre_use: "streaming . data center . usage",
  data_centre_embodied: "streaming . data center . construction",
  network: "streaming . transmission",
  device_use: "streaming . terminaux . usage",
  device_embodied: "streaming . terminaux . construction",
};
const rules = createRequire(import.meta.url).resolve(
  "@incubateur-ademe/publicodes-acv-numerique/publicodes-acv-numerique.model.json",
);
const quiet = { log() {}, warn() {}, error: console.error };
const engine = new Engine(JSON.parse(readFileSync(rules, "utf8")), { logger: quiet });
const answers = JSON.parse(readFileSync(0, "utf8")).map(({ device, quality, network, minutes }) => {
  engine.setSituation({
    "streaming . appareil": `'${device}'`,
    "streaming . qualité": `'${quality}'`,
    "streaming . transmission . réseau": `'${network}'`,
    "streaming . durée": minutes,
  });
  return Object.fromEntries(Object.entries(PARTS).map(([part, rule]) => [part, engine.evaluate(rule).nodeValue]));
});
console.log(JSON.stringify(answers));
