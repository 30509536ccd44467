"use client";

import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { openClaimAction, peekClaimAction } from "#app/claim/actions.ts";
import type { ClaimedCode, ClaimOver, ClaimStanding } from "#lib/codes/claim-types.ts";

export type Claim =
  /** Asking how the link stands. */
  | { kind: "looking" }
  /** The address has no secret behind its `#`. */
  | { kind: "cut_off" }
  | (Extract<ClaimStanding, { kind: "ready" }> & {
      opening: boolean;
      /** Grows with every wrong PIN. */
      wrong: number;
    })
  | { kind: "shown"; codes: ClaimedCode[] }
  /** No answer came, or none that helps. Whether the link was opened is not known where it was being opened. */
  | { kind: "failed"; wasOpening: boolean; reference: string | null }
  | ClaimOver;

export type ClaimControl = {
  claim: Claim;
  look: () => void;
  open: (pin: string | null) => Promise<void>;
};

/** A claim link as a customer sees it. The secret is read from behind the `#`; the codes live in memory alone. */
export function useClaim(id: string): ClaimControl {
  const [claim, setClaim] = useState<Claim>({ kind: "looking" });
  /** Answers to what was asked before are not wanted any more. */
  const turn = useRef(0);

  async function look(): Promise<void> {
    turn.current += 1;
    const mine = turn.current;
    const secret = secretOfPage();
    setClaim(secret === "" ? { kind: "cut_off" } : { kind: "looking" });
    if (secret === "") return;
    const answer = await peekClaimAction(id, secret).catch(() => null);
    if (turn.current === mine) setClaim(standing(answer));
  }

  async function open(pin: string | null): Promise<void> {
    if (claim.kind !== "ready" || claim.opening) return;
    turn.current += 1;
    const mine = turn.current;
    setClaim({ ...claim, opening: true });
    const answer = await openClaimAction(id, secretOfPage(), pin).catch(() => null);
    if (turn.current !== mine) return;
    if (!answer?.ok) {
      setClaim({ kind: "failed", wasOpening: true, reference: answer?.problem.reference ?? null });
    } else if (answer.value.kind === "pin_needed") {
      setClaim({ ...claim, needsPin: true, opening: false });
    } else if (answer.value.kind === "wrong_pin") {
      const { triesLeft } = answer.value;
      setClaim({ ...claim, triesLeft, opening: false, wrong: claim.wrong + 1 });
    } else setClaim(answer.value);
  }

  const latest = useRef({ look, kind: claim.kind });
  useEffect(() => {
    latest.current = { look, kind: claim.kind };
  });
  useEffect(() => {
    const begin = () => void latest.current.look();
    // The browser may keep the page as it stands at this moment; whoever goes back to it sees how the link stands.
    function leave() {
      if (latest.current.kind === "shown") flushSync(() => setClaim({ kind: "looking" }));
    }
    function comeBack({ persisted }: PageTransitionEvent) {
      if (persisted && latest.current.kind === "looking") begin();
    }
    begin();
    // Somebody pasted the whole link over the half of it.
    window.addEventListener("hashchange", begin);
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", comeBack);
    return () => {
      window.removeEventListener("hashchange", begin);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", comeBack);
    };
  }, []);
  return { claim, look: () => void look(), open };
}

function standing(answer: Awaited<ReturnType<typeof peekClaimAction>> | null): Claim {
  if (!answer?.ok) {
    return { kind: "failed", wasOpening: false, reference: answer?.problem.reference ?? null };
  }
  const { value } = answer;
  return value.kind === "ready" ? { ...value, opening: false, wrong: 0 } : value;
}

/** Some chats write what they don't understand as `%XX`, or take the full stop of the sentence along. */
function secretOfPage(): string {
  return /^#([A-Za-z0-9_-]+)/.exec(window.location.hash)?.[1] ?? "";
}
