import { onTestFinished } from "vitest";
import { buildCatalogue } from "../catalogue/build-catalogue.ts";
import { type SimulatorOptions, startSimulator } from "../server.ts";

export type Answer = { status: number; headers: Headers; text: string; json: Json };

// Answers are read by path in tests; a wrong path gives undefined, which the expectation shows.
// biome-ignore lint/suspicious/noExplicitAny: a test judges the JSON, it doesn't build on it
type Json = any;

const catalogue = buildCatalogue();

/** The id of a product, by the slug it has in the tables. Throws for a slug that doesn't exist. */
export function productId(slug: string): string {
  const product = catalogue.product(slug);
  if (product === undefined) throw new Error(`No product ${slug}`);
  return product.id;
}

/** A simulator in this process with a clock that stands still; it is closed when the test ends. */
export async function openSimulator(options: SimulatorOptions = {}) {
  const clock = { now: Date.UTC(2026, 0, 15, 10) };
  const simulator = await startSimulator({ apiKey: "test-key", now: () => clock.now, ...options });
  onTestFinished(() => simulator.close());

  const ask = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => request(simulator.url + path, method, body, { "x-api-key": "test-key", ...headers });

  const control = (method: string, path: string, body?: unknown) =>
    request(simulator.controlUrl + path, method, body, {});

  return {
    clock,
    simulator,
    ask,
    control,
    get: (path: string, headers?: Record<string, string>) => ask("GET", path, undefined, headers),
    post: (path: string, body?: unknown, headers?: Record<string, string>) =>
      ask("POST", path, body, headers),
    /** Orders one product, given by its slug. */
    order: (slug: string, more: Record<string, unknown> = {}, item: Record<string, unknown> = {}) =>
      ask("POST", "/api/orders/", {
        items: [{ itemId: productId(slug), quantity: 1, ...item }],
        ...more,
      }),
    pay: (orderId: string) => ask("POST", `/api/orders/${orderId}/pay`, {}),
    read: (orderId: string) => ask("GET", `/api/orders/${orderId}`),
    async balance(currency: string) {
      const { json } = await ask("GET", "/api/access/me/balances/");
      return json.find((one: { currency: string }) => one.currency === currency);
    },
    rule: (behaviour: unknown, match: Record<string, unknown> = {}) =>
      control("POST", "/rules", { match, do: behaviour }),
  };
}

/** Asks over real HTTP. Rejects, as fetch does, when the connection breaks. */
export async function request(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: readJson(text) };
}

function readJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
