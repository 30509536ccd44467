import { headers } from "next/headers";
import type { Runtime } from "#lib/engine/runtime.ts";
import { clientAddress } from "./client-address.ts";
import { correlationId, currentActor, type UserActor } from "./current-actor.ts";
import { isOwnOrigin } from "./own-origin.ts";
import { type Problem, toProblem } from "./problem.ts";
import { runtime } from "./runtime.ts";

export type ActionResult<T> = { ok: true; value: T } | { ok: false; problem: Problem };

type Act<T> = (
  ctx: Runtime,
  actor: UserActor,
  request: { address: string | null; agent: string | null; correlationId: string },
) => Promise<T>;

/**
 * Runs a server action for whoever is signed in. An action is a public POST endpoint: it has to come
 * from our own pages, so an absent, `null` or foreign Origin is refused.
 */
export async function runAction<T>(act: Act<T>): Promise<ActionResult<T>> {
  const reference = await correlationId();
  let ctx: Runtime | undefined;
  try {
    ctx = await runtime();
    const requestHeaders = await headers();
    if (!isOwnOrigin(requestHeaders))
      return { ok: false, problem: { code: "forbidden", reference } };
    const actor = await currentActor();
    if (!actor) return { ok: false, problem: { code: "unauthenticated", reference } };
    const address = clientAddress(requestHeaders.get("x-forwarded-for"));
    const agent = requestHeaders.get("user-agent");
    return { ok: true, value: await act(ctx, actor, { address, agent, correlationId: reference }) };
  } catch (error) {
    return { ok: false, problem: toProblem(error, ctx?.log, reference) };
  }
}
