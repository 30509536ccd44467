import { headers } from "next/headers";
import type { Runtime } from "#lib/engine/runtime.ts";
import { clientAddress } from "./client-address.ts";
import { correlationId } from "./current-actor.ts";
import { isOwnOrigin } from "./own-origin.ts";
import { toProblem } from "./problem.ts";
import type { ActionResult } from "./run-action.ts";
import { runtime } from "./runtime.ts";

type Act<T> = (
  ctx: Runtime,
  request: { address: string | null; agent: string | null; correlationId: string },
) => Promise<T>;

/**
 * Runs a server action for whoever is there, signed in or not: what he may do, the verb sees from what he
 * brings. It has to come from our own pages; nobody's session is looked at or kept alive by it.
 */
export async function runPublicAction<T>(act: Act<T>): Promise<ActionResult<T>> {
  const reference = await correlationId();
  let ctx: Runtime | undefined;
  try {
    ctx = await runtime();
    const requestHeaders = await headers();
    if (!isOwnOrigin(requestHeaders)) {
      return { ok: false, problem: { code: "forbidden", reference } };
    }
    const address = clientAddress(requestHeaders.get("x-forwarded-for"));
    const agent = requestHeaders.get("user-agent");
    return { ok: true, value: await act(ctx, { address, agent, correlationId: reference }) };
  } catch (error) {
    return { ok: false, problem: toProblem(error, ctx?.log, reference) };
  }
}
