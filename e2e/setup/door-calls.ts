/** Calls on doors as no browser makes them: with any header, and without following a redirect. */
import { request } from "undici";
import { ACTIONS, NOBODYS } from "#app/_doors/actions.ts";
import type { FoundAction } from "#app/_doors/found.ts";
import type { Method } from "#app/_doors/rights.ts";
import { setting } from "./fixtures.ts";

export type Answer = {
  status: number;
  headers: Record<string, string>;
  setCookies: string[];
  text: string;
};

type Call = {
  method?: Method | "HEAD" | undefined;
  /** A null header isn't sent, not even where it would be by itself. */
  headers?: Record<string, string | null> | undefined;
  cookie?: string | null | undefined;
  body?: string | undefined;
};

export async function call(
  path: string,
  { method = "GET", headers = {}, cookie, body }: Call = {},
): Promise<Answer> {
  const all = { ...headers, ...(cookie ? { cookie } : {}) };
  const sent = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null);
  const answer = await request(`${setting("KEYHOLD_E2E_URL")}${path}`, {
    method,
    headers: Object.fromEntries(sent),
    body: body ?? null,
    // On a busy machine the server gives up a connection at the very moment at which the next call would take it.
    reset: true,
  });
  const lines = Object.entries(answer.headers).filter(([, value]) => value !== undefined);
  const streams = String(answer.headers["content-type"]).startsWith("text/event-stream");
  // One that goes on for ever has answered with its first line.
  if (streams) answer.body.on("error", () => undefined).destroy();
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(lines.map(([name, value]) => [name, String(value)])),
    setCookies: [answer.headers["set-cookie"] ?? []].flat(),
    text: streams ? "" : await answer.body.text(),
  };
}

/** What a route has to be asked with, so that it comes to the question who asks. */
const QUERIES: Record<string, string> = { "/api/live/codes/reveals": `?by=${NOBODYS}` };

/** An address of a route: of a thing that isn't there, where it names one; of next-auth what all pages may ask. */
export const addressOf = (route: string): string =>
  route
    .replace("[...nextauth]", "session")
    .replace(/\[\[\.{3}\w+\]\]/, "nothing")
    .replace(/\[(\w+)\]/g, (_, name) => (/id$/i.test(name) ? NOBODYS : "nothing")) +
  (QUERIES[route] ?? "");

export type ActionAnswer = Answer & {
  /** What it said: `done`, the code of its problem, or `none` where it didn't come to an answer. */
  outcome: string;
};

/** Posts to a server action directly, with the arguments of the table unless others are given. */
export async function callAction(
  { file, name, id, page }: FoundAction,
  { cookie, headers, args }: Pick<Call, "cookie" | "headers"> & { args?: unknown[] } = {},
): Promise<ActionAnswer> {
  const [, ...usual] = ACTIONS[file]?.[name] ?? ["anybody"];
  const answer = await call(addressOf(page), {
    method: "POST",
    cookie,
    headers: {
      "next-action": id,
      "content-type": "text/plain;charset=UTF-8",
      accept: "text/x-component",
      origin: setting("KEYHOLD_E2E_URL"),
      ...headers,
    },
    body: JSON.stringify(args ?? usual),
  });
  return { ...answer, outcome: outcomeIn(answer.text) };
}

/** What the action returned, as its row of the answer tells it. */
function outcomeIn(text: string): string {
  const row = rowOf(Buffer.from(text), "1");
  if (!row || row.startsWith("E")) return "none";
  return row.match(/^\{"ok":false,"problem":\{"code":"(\w+)"/)?.[1] ?? "done";
}

/** Rows are `id:…` and end with their line; a long text is `id:T`, its bytes in hex and a comma, and no end. */
function rowOf(answer: Buffer, wanted: string): string | null {
  let rest = answer;
  while (rest.length > 0) {
    const [head, id, , bytes] = /^([0-9a-f]*):(T([0-9a-f]+),)?/.exec(rest.toString("latin1")) ?? [];
    if (head === undefined) return null;
    const lineEnd = rest.indexOf("\n");
    const end = bytes
      ? head.length + Number.parseInt(bytes, 16)
      : lineEnd < 0
        ? rest.length
        : lineEnd;
    if (id === wanted) return rest.toString("utf8", head.length, end);
    rest = rest.subarray(bytes ? end : end + 1);
  }
  return null;
}
