"use client";

import { useRouter } from "next/navigation";
import type { ActionResult } from "#app/_server/run-action.ts";
import { type Act, useAct } from "#components/acts/use-act.ts";

/** Acts on people; the page is read anew by the server once one is done. */
export function usePersonAct(): Act {
  const act = useAct([]);
  const router = useRouter();
  async function run<T>(what: () => Promise<ActionResult<T>>): Promise<T | null> {
    const answer = await act.run(what);
    if (answer !== null) router.refresh();
    return answer;
  }
  return { ...act, run };
}
