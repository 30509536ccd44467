import type { Json } from "#lib/platform/json.ts";
import { PROBLEMS } from "./problems.ts";

type JsonObject = { [key: string]: Json };

/** The document as one page for people: no script, no request to anywhere. */
export function referencePage(document: JsonObject, nonce: string): string {
  const info = object(document.info);
  const [server] = list(document.servers);
  const groups = list(document.tags).map((tag) => group(document, object(tag)));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${safe(text(info.title))} API</title>
<style nonce="${safe(nonce)}">${STYLE}</style>
</head>
<body>
<header>
<h1>${safe(text(info.title))} API</h1>
<p>${prose(text(info.summary))}</p>
<p>${prose(text(info.description))}</p>
<p>Address: <code>${safe(text(object(server).url))}</code>. Each request carries <code>Authorization: Bearer kh_…</code>. For machines: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
</header>
<nav aria-label="Contents">${contents(document)}</nav>
<main>
${groups.join("\n")}
<section><h2 id="forms">Forms</h2>
${Object.entries(object(object(document.components).schemas))
  .map(form)
  .join("\n")}
</section>
<section><h2 id="problems">Problems</h2>
<p>A problem's <code>type</code> leads here.</p>
${Object.entries(PROBLEMS).map(problem).join("\n")}
</section>
</main>
</body>
</html>
`;
}

type Found = { method: string; path: string; operation: JsonObject };

function operationsOf(document: JsonObject, tag: string): Found[] {
  return Object.entries(object(document.paths)).flatMap(([path, methods]) =>
    Object.entries(object(methods))
      .map(([method, operation]) => ({ method, path, operation: object(operation) }))
      .filter(({ operation }) => list(operation.tags).includes(tag)),
  );
}

function contents(document: JsonObject): string {
  const groups = list(document.tags).map((tag) => {
    const name = text(object(tag).name);
    const links = operationsOf(document, name).map(({ operation }) => {
      const id = safe(text(operation.operationId));
      return `<li><a href="#${id}">${safe(text(operation.summary))}</a></li>`;
    });
    return `<h2>${safe(name)}</h2><ul>${links.join("")}</ul>`;
  });
  return `${groups.join("")}<ul><li><a href="#forms">Forms</a></li><li><a href="#problems">Problems</a></li></ul>`;
}

function group(document: JsonObject, tag: JsonObject): string {
  const name = text(tag.name);
  const all = operationsOf(document, name).map(operationSection);
  return `<section><h2>${safe(name)}</h2><p>${prose(text(tag.description))}</p>${all.join("\n")}</section>`;
}

function operationSection({ method, path, operation }: Found): string {
  const id = safe(text(operation.operationId));
  const body = object(operation.requestBody);
  const asked = operation.requestBody ? `<p>Body: ${schemaLink(contentOf(body))}</p>` : "";
  return `<article><h3 id="${id}">${safe(text(operation.summary))}</h3>
<p class="call"><b>${safe(method.toUpperCase())}</b> <code>/api/v1${safe(path)}</code></p>
${text(operation.description)
  .split("\n\n")
  .map((paragraph) => `<p>${prose(paragraph)}</p>`)
  .join("")}
${parameters(list(operation.parameters))}
${asked}
<table><caption>Answers</caption><tbody>${Object.entries(object(operation.responses)).map(answer).join("")}</tbody></table>
</article>`;
}

function parameters(all: Json[]): string {
  if (all.length === 0) return "";
  const rows = all.map((one) => {
    const { name, in: place, required, description, schema } = object(one);
    const isNeeded = required === true ? " (needed)" : "";
    return `<tr><th scope="row"><code>${safe(text(name))}</code></th><td>${safe(text(place))}${isNeeded}</td><td>${kind(object(schema))}</td><td>${prose(text(description))}</td></tr>`;
  });
  return `<table><caption>Parameters</caption><tbody>${rows.join("")}</tbody></table>`;
}

function answer([status, response]: [string, Json]): string {
  const { description } = object(response);
  const codes = text(description).replace(/`(\w+)`: /g, "`$1` ");
  return `<tr><th scope="row">${safe(status)}</th><td>${problemLinks(prose(codes))}</td><td>${schemaLink(contentOf(object(response)))}</td></tr>`;
}

/** Codes of problems lead to what is said of them. */
const problemLinks = (html: string): string =>
  html.replace(/<code>(\w+)<\/code>/g, (whole, code: string) =>
    code in PROBLEMS ? `<a href="#problem-${code}">${whole}</a>` : whole,
  );

const contentOf = (holder: JsonObject): JsonObject => {
  const [content] = Object.values(object(holder.content));
  return object(object(content ?? null).schema);
};

function form([name, schema]: [string, Json]): string {
  const { properties, required, description, oneOf } = object(schema);
  const needed = list(required);
  const rows = Object.entries(object(properties)).map(([field, property]) => {
    const optional = needed.includes(field) ? "" : " (optional)";
    return `<tr><th scope="row"><code>${safe(field)}</code>${optional}</th><td>${kind(object(property))}</td><td>${prose(text(object(property).description))}</td></tr>`;
  });
  const table = rows.length > 0 ? `<table><tbody>${rows.join("")}</tbody></table>` : "";
  const kinds = list(oneOf).map((one) => text(object(object(object(one).properties).type).const));
  const types =
    kinds.length > 0
      ? `<p>One of ${kinds.map((word) => `<code>${safe(word)}</code>`).join(", ")}.</p>`
      : "";
  return `<article><h3 id="form-${safe(name)}">${safe(name)}</h3><p>${prose(text(description))}</p>${types}${table}</article>`;
}

/** A type in a few words. */
function kind(schema: JsonObject): string {
  const { type, format, enum: values, items, minimum, maximum, anyOf, $ref } = schema;
  if ($ref) return schemaLink(schema);
  if (Array.isArray(values)) {
    return values.map((value) => `<code>${safe(String(value))}</code>`).join(" ");
  }
  if (Array.isArray(anyOf)) return anyOf.map((one) => kind(object(one))).join(" or ");
  if (items !== undefined) return `list of ${kind(object(items))}`;
  const word = Array.isArray(type) ? type.join(" or ") : text(type);
  const range =
    typeof minimum === "number" && typeof maximum === "number" && maximum < 1e15
      ? `, ${minimum}–${maximum}`
      : "";
  return safe(`${word}${format ? ` (${text(format)})` : ""}${range}`);
}

function schemaLink({ $ref }: JsonObject): string {
  const name = text($ref).split("/").at(-1) ?? "";
  return name === "" ? "" : `<a href="#form-${safe(name)}">${safe(name)}</a>`;
}

function problem([code, [status, title, meaning]]: [
  string,
  readonly [number, string, string],
]): string {
  return `<article><h3 id="problem-${safe(code)}"><code>${safe(code)}</code> ${status}</h3><p>${safe(title)}. ${prose(meaning)}</p></article>`;
}

const object = (json: Json | undefined): JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
const list = (json: Json | undefined): Json[] => (Array.isArray(json) ? json : []);
const text = (json: Json | undefined): string => (typeof json === "string" ? json : "");

/** Backticks are code; nothing else is mark-up. */
const prose = (words: string): string => safe(words).replace(/`([^`]+)`/g, "<code>$1</code>");

const safe = (words: string): string =>
  words
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** The console's colours; which of the two follows the reader's system. */
const STYLE = `
:root {
  --accent: light-dark(#006871, #64d1d7); --ink: light-dark(#141c1e, #eaedee); --ink-2: light-dark(#454f52, #adb6b8);
  --line: light-dark(#e4e8e9, #242a2c); --surface: light-dark(#ffffff, #141819); --sunken: light-dark(#f0f3f4, #1c2123);
  color-scheme: light dark; scroll-padding-top: 1rem;
}
body {
  background: var(--surface); color: var(--ink); font: 15px/1.55 "Geist", system-ui, sans-serif;
  margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem;
}
h1, h2, h3 { letter-spacing: -.01em; line-height: 1.25; margin: 0; }
h1 { font-size: 1.6rem; }
h2 { font-size: 1.25rem; }
h3 { font-size: 1.05rem; }
p { margin: .6rem 0; max-width: 46rem; }
header p, article > p { color: var(--ink-2); }
a { color: var(--accent); text-underline-offset: .2em; }
a:focus-visible { border-radius: 3px; outline: 2px solid var(--accent); outline-offset: 2px; }
code { background: var(--sunken); border-radius: 4px; font: .88em ui-monospace, monospace; overflow-wrap: anywhere; padding: .1em .3em; }
a code { color: inherit; }
nav { border-block: 1px solid var(--line); margin: 1.5rem 0; padding: 1rem 0; }
nav h2 { color: var(--ink-2); font-size: .8rem; margin-top: 1rem; }
nav h2:first-child { margin-top: 0; }
nav ul { list-style: none; margin: .2rem 0 0; padding: 0; }
nav a { display: block; padding: .25rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
section + section { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 2rem; }
article { border: 1px solid var(--line); border-radius: 8px; margin: 1.25rem 0; padding: 1rem; }
.call b { background: var(--sunken); border-radius: 4px; color: var(--accent); font-size: .8rem; padding: .2em .5em; }
table { border-collapse: collapse; font-size: .9rem; margin: 1rem 0 0; width: 100%; }
caption { font-weight: 600; padding-bottom: .3rem; text-align: left; }
th, td { border-top: 1px solid var(--line); overflow-wrap: break-word; padding: .45rem .9rem .45rem 0; text-align: left; vertical-align: top; }
th { font-weight: 500; }
td { color: var(--ink-2); }
@media (max-width: 40rem) {
  tr { border-top: 1px solid var(--line); display: block; padding: .5rem 0; }
  th, td { border: 0; display: inline-block; padding: 0 .5rem 0 0; }
  td:nth-child(n + 3) { display: block; }
}
@media (min-width: 64rem) {
  body { column-gap: 3rem; display: grid; grid-template-columns: 14rem minmax(0, 1fr); }
  header { grid-column: 1 / -1; }
  nav { align-self: start; border: 0; max-height: calc(100dvh - 2rem); overflow: auto; padding: 0; position: sticky; top: 1rem; }
  main { margin-top: 1.5rem; }
}
`;
