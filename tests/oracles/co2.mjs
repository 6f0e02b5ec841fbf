// Reads [{method, bytes, grid?}] on standard input and prints what co2.js makes of each: grams by segment, or in all.
import { readFileSync } from "node:fs";
import { co2 } from "@tgwf/co2";

const OPTIONS = {
  "swd-4": { model: "swd", version: 4, results: "segment" },
  "swd-3": { model: "swd", version: 3, results: "segment" },
  "one-byte": { model: "1byte" },
};
const answers = JSON.parse(readFileSync(0, "utf8")).map(({ method, bytes, grid }) => {
  const model = new co2(OPTIONS[method]);
  return grid ? model.perByteTrace(bytes, false, { gridIntensity: grid }).co2 : model.perByte(bytes);
});
console.log(JSON.stringify(answers));
