import { createRequire } from "node:module";
import { root } from "../base/root.mjs";
import { say } from "../base/say.mjs";

/** The files that Next reads for the web server, so that every process sees the same. */
export function loadEnvFiles(log = say) {
  const { loadEnvConfig } = createRequire(import.meta.url)("@next/env");
  loadEnvConfig(root, false, { info: () => {}, error: (text) => log(String(text)) });
}
