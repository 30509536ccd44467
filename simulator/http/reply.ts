/** An answer before anything went wrong with it. `json` undefined means an empty body. */
export type Reply = {
  status: number;
  headers?: Record<string, string>;
  json?: unknown;
};

export function ok(json: unknown): Reply {
  return { status: 200, json };
}
