import type { Json } from "./json.ts";

/** Fields that never reach a log, wherever they stand and however they are spelt. */
const SECRET_NAME =
  /^(?:value|raw|codes)$|(?:password|password[-_]?hash|secret|token|api[-_]?key|sealing[-_]?keys?|authorization|cookie|sealed|external[-_]?data|database[-_]?url)$/i;
/** PostgreSQL repeats the whole row in the detail of a violated constraint, sealed codes and hashes too. */
const WHOLE_ROW = /^Failing row contains /;
const MASK = "[redacted]";
/** Shorter ones are too common to search for. */
const SHORTEST_SECRET = 8;

/** Takes secrets out of lines of JSON: by the name of their field, and by value where `secrets` has it. */
export function createRedactor(secrets: string[]): (line: string) => string {
  const known = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    // As it stands in JSON text, and in an address.
    .flatMap((secret) => [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    // A secret inside another one must not leave the rest of that to be seen.
    .sort((left, right) => right.length - left.length);
  return (line) => {
    const named = JSON.stringify(hideNamed(JSON.parse(line) as Json));
    return `${known.reduce((text, secret) => text.replaceAll(secret, MASK), named)}\n`;
  };
}

function hideNamed(json: Json): Json {
  if (typeof json === "string") return WHOLE_ROW.test(json) ? MASK : json;
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(hideNamed);
  return Object.fromEntries(
    Object.entries(json).map(([name, field]) => [
      name,
      SECRET_NAME.test(name) ? MASK : hideNamed(field),
    ]),
  );
}
