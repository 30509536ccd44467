import { presenceHeaders } from "#components/live/presence.ts";

/** An answer of our own live routes that was no success. 401 and 403 mean: signed out, no right. */
export class ReadError extends Error {
  readonly status: number;
  /** Under which the server's log has the rest. */
  readonly reference: string | null;

  constructor(status: number, reference: string | null) {
    super(`The server answered ${status}`);
    this.name = "ReadError";
    this.status = status;
    this.reference = reference;
  }
}

/** GETs JSON from one of our own routes. Throws `ReadError`, or what `fetch` throws unreached. */
export async function readJson<Body>(path: string, signal?: AbortSignal): Promise<Body> {
  const response = await fetch(path, {
    headers: { accept: "application/json", ...presenceHeaders() },
    cache: "no-store",
    redirect: "error",
    ...(signal && { signal }),
  });
  if (!response.ok) throw new ReadError(response.status, response.headers.get("x-correlation-id"));
  return (await response.json()) as Body;
}
