import { z } from "zod";
import { SCOPES } from "#lib/access/permissions.ts";
import type { Json } from "#lib/platform/json.ts";
import { OPERATIONS, type Operation, problemsOf, scopesFor } from "./operations.ts";
import { PROBLEMS, type ProblemCode, statusOf } from "./problems.ts";
import * as forms from "./schemas.ts";

export type JsonObject = { [key: string]: Json };

/** Told with an answer, whatever it is. */
const RATE_HEADERS = {
  RateLimit: { $ref: "#/components/headers/RateLimit" },
  "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
};

let known: { origin: string; document: JsonObject } | undefined;

/** OpenAPI 3.1, made of the schemas and the table by which requests are read and answered. Never to be changed. */
export function openApiDocument(origin: string): JsonObject {
  // Anybody may ask for it, and making it takes a while.
  if (known?.origin !== origin) known = { origin, document: makeDocument(origin) };
  return known.document;
}

function makeDocument(origin: string): JsonObject {
  return {
    openapi: "3.1.1",
    info: {
      title: "Keyhold",
      version: "1.0.0",
      summary: "Place an order, wait for it, fetch its codes.",
      description: DESCRIPTION,
      license: { name: "Proprietary", identifier: "LicenseRef-Proprietary" },
    },
    servers: [{ url: new URL("/api/v1", origin).href, description: "This installation" }],
    security: [{ key: [] }],
    tags: [
      { name: "Orders", description: "From the wish to the end." },
      { name: "Codes", description: "What an order brought." },
      { name: "Catalogue", description: "What can be ordered, and with which money." },
      { name: "Events", description: "What happened, and who was told." },
    ],
    paths: paths(),
    components: {
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description: `An API key (\`kh_…\`) with the scope that an operation names: ${SCOPES.map((scope) => `\`${scope}\``).join(", ")}.`,
        },
      },
      headers: HEADERS,
      schemas: schemas(),
    },
  };
}

const DESCRIPTION = `Amounts are decimal text with a currency, times ISO 8601 in UTC. Ids are UUIDs. Lists come in pages: give \`next\` back as \`after\`. Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`. A key reads all orders of this installation, unless it was made for those alone that it places itself. Fields may be added to answers: take no notice of those that you don't know.`;

const HEADERS: JsonObject = {
  RateLimit: {
    description: "What is left of the key's rate (`r`), and for how many seconds (`t`).",
    schema: { type: "string" },
  },
  "RateLimit-Policy": {
    description: "The key's rate: `q` requests in `w` seconds.",
    schema: { type: "string" },
  },
  "Retry-After": { description: "Seconds.", schema: { type: "integer", minimum: 0 } },
  "Idempotency-Replayed": {
    description: "`true` where the answer was given before.",
    schema: { type: "string", enum: ["true"] },
  },
};

function paths(): JsonObject {
  const all: Record<string, JsonObject> = {};
  for (const operation of OPERATIONS) {
    all[operation.path] = { ...all[operation.path], [operation.method]: described(operation) };
  }
  return all;
}

function described(operation: Operation): JsonObject {
  const { id, tag, summary, description, body } = operation;
  const scopes = scopesFor(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: `${description}\n\nScope: ${scopes.map((scope) => `\`${scope}\``).join(" or ")}.`,
    parameters: parameters(operation),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: ref(body) } },
          },
        }
      : {}),
    responses: responses(operation),
    "x-scopes": scopes,
  };
}

function parameters({ path, query, needsIdempotencyKey }: Operation): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string", format: "uuid" },
  }));
  const { properties = {} } = query ? z.toJSONSchema(query, { io: "input" }) : {};
  const inQuery = Object.entries(properties).map(([name, property]): JsonObject => {
    const { description, ...schema } = plain(property);
    return {
      ...{ name, in: "query", required: false },
      ...(description === undefined ? {} : { description }),
      ...(schema.type === "array" ? { style: "form", explode: false } : {}),
      schema,
    };
  });
  const key = {
    name: "Idempotency-Key",
    in: "header",
    required: true,
    description:
      "Yours for this one order, e.g. a UUID or your order's number. Send the same one when you try again.",
    schema: { type: "string", minLength: 1, maxLength: 257 },
  };
  return [...inPath, ...(needsIdempotencyKey ? [key] : []), ...inQuery];
}

function responses(operation: Operation): JsonObject {
  const answers = Object.entries(operation.answers).map(([status, { form, what }]) => [
    status,
    {
      description: what,
      headers: {
        ...RATE_HEADERS,
        ...(operation.needsIdempotencyKey
          ? { "Idempotency-Replayed": { $ref: "#/components/headers/Idempotency-Replayed" } }
          : {}),
      },
      content: { "application/json": { schema: ref(form) } },
    },
  ]);
  const all = problemsOf(operation);
  const problems = [...new Set(all.map(statusOf))].map((status) => {
    const codes = all.filter((code) => statusOf(code) === status);
    return [String(status), problemAnswer(codes)];
  });
  return Object.fromEntries(
    [...answers, ...problems].sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)),
  );
}

const problemAnswer = (codes: ProblemCode[]): JsonObject => ({
  description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}.`).join(" "),
  headers: { ...RATE_HEADERS, ...(canWait(codes) ? RETRY_AFTER : {}) },
  content: { "application/problem+json": { schema: ref(forms.problem) } },
});

const RETRY_AFTER = { "Retry-After": { $ref: "#/components/headers/Retry-After" } };
const canWait = (codes: ProblemCode[]): boolean =>
  codes.some((code) => [429, 503].includes(statusOf(code)) || code === "idempotency_key_in_use");

const nameOf = (form: z.ZodType): string => {
  const name = z.globalRegistry.get(form)?.id;
  if (!name) throw new Error("A form that is asked for or answered needs a name.");
  return name;
};

const ref = (form: z.ZodType): JsonObject => ({ $ref: `#/components/schemas/${nameOf(form)}` });

/** Every form that has a name, each once. */
function schemas(): JsonObject {
  const answered = OPERATIONS.flatMap(({ answers }) =>
    Object.values(answers).map(({ form }) => form),
  );
  const all: JsonObject = {};
  const take = (form: z.ZodType, io: "input" | "output") => {
    const { $defs = {}, ...schema } = z.toJSONSchema(form, { io });
    // With a name of its own it may stand among the definitions alone.
    const whole = schema.$ref === undefined ? { ...$defs, [nameOf(form)]: schema } : $defs;
    for (const [name, definition] of Object.entries(whole)) all[name] = plain(definition);
  };
  take(forms.newOrder, "input");
  for (const form of new Set([...answered, forms.problem])) take(form, "output");
  return Object.fromEntries(Object.entries(all).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** As OpenAPI has it: names lead to the components, formats stand for their patterns. */
function plain(schema: unknown): JsonObject {
  const text = JSON.stringify(schema, (key, value) => {
    if (key === "$schema" || (key === "id" && typeof value === "string")) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    // The format says it, and can be read.
    const { pattern, ...rest } = value as JsonObject;
    return pattern !== undefined && typeof rest.format !== "string" ? value : rest;
  });
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonObject;
}
