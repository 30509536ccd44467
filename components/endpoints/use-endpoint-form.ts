"use client";

import { useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import { tryDraftAction } from "#app/(console)/settings/endpoints/actions.ts";
import type { Act } from "#components/acts/use-act.ts";
import { channelFields } from "#components/endpoints/channel-fields.ts";
import {
  type EndpointDraft,
  inputOf,
  placeOf,
  withoutEchoes,
} from "#components/endpoints/endpoint-draft.ts";
import { useEndpointAct } from "#components/endpoints/use-endpoint-act.ts";
import { useProblemText } from "#components/endpoints/use-problem-text.ts";
import type { NewEndpoint } from "#lib/deliveries/add-endpoint.ts";
import type { EndpointProblem } from "#lib/deliveries/endpoint-input.ts";
import type { UntestedEndpoint } from "#lib/deliveries/test-before-saving.ts";
import type { TestOutcome } from "#lib/deliveries/test-endpoint.ts";

type Unsaved = UntestedEndpoint | { kind: "invalid"; problems: EndpointProblem[] };

export type EndpointForm = {
  draft: EndpointDraft;
  change: (draft: EndpointDraft) => void;
  problems: readonly EndpointProblem[];
  /** What is wrong at no field of the form. */
  unplaced: string[];
  /** What is wrong with a field, in words. */
  errorAt: (place: string) => string | undefined;
  act: Act;
  /** What came of the last test message. */
  outcome: TestOutcome | null;
  trying: boolean;
  attempts: number;
  /** What is typed was to be saved, and its receiver took no test message. */
  isUntested: boolean;
  /** `untested`: whether or not its receiver takes a test message. */
  save: (untested?: boolean) => Promise<void>;
  tryOut: () => Promise<void>;
};

/** An endpoint's form: what is typed, what is wrong with it, what came of it. */
export function useEndpointForm<Done extends { kind: string }>({
  initial,
  endpointId,
  save,
  onSaved,
}: {
  initial: EndpointDraft;
  endpointId: string | null;
  save: (input: NewEndpoint) => Promise<ActionResult<Done | Unsaved>>;
  onSaved: (done: Done) => void;
}): EndpointForm {
  const act = useEndpointAct();
  const textOf = useProblemText();
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<EndpointProblem[]>([]);
  const [outcome, setOutcome] = useState<TestOutcome | null>(null);
  const [trying, setTrying] = useState(false);
  const [attempts, setAttempts] = useState(0);
  const [isUntested, setUntested] = useState(false);

  /** Begins anew, and answers the input if it can be sent at all. */
  function begin(): NewEndpoint | null {
    setAttempts((count) => count + 1);
    setOutcome(null);
    setUntested(false);
    act.clear();
    const input = inputOf(draft);
    setProblems(Array.isArray(input) ? input : []);
    return Array.isArray(input) ? null : input;
  }

  const errorAt = (place: string): string | undefined => {
    const found = problems.find((problem) => placeOf(problem, draft.headers) === place);
    return found && textOf(found.code);
  };
  return {
    draft,
    change(changed) {
      setUntested(false);
      setDraft(changed);
    },
    problems,
    unplaced: problems
      .filter((problem) => !isPlaced(placeOf(problem, draft.headers), draft))
      .map(({ path, code }) => `${path}: ${textOf(code)}`),
    errorAt,
    act,
    outcome,
    trying,
    attempts,
    isUntested,
    async save(untested = false) {
      const input = begin();
      if (!input) return;
      const answer = await act.run(() => save({ ...input, untested }));
      if (!answer) return;
      if (!isUnsaved(answer)) return onSaved(answer);
      if (answer.kind === "invalid") return setProblems(withoutEchoes(answer.problems));
      setOutcome(answer.outcome);
      setUntested(true);
    },
    async tryOut() {
      const input = begin();
      if (!input) return;
      setTrying(true);
      const wish = { ...input, ...(endpointId === null ? {} : { id: endpointId }) };
      const answer = await act.run(() => tryDraftAction(wish));
      setTrying(false);
      if (answer?.kind === "invalid") setProblems(withoutEchoes(answer.problems));
      else if (answer) setOutcome(answer.outcome);
    },
  };
}

const isUnsaved = <Done extends { kind: string }>(answer: Done | Unsaved): answer is Unsaved =>
  answer.kind === "invalid" || answer.kind === "untested";

const OF_EVERY_CHANNEL = [
  "name",
  "events",
  "productIds",
  "codesReason",
  "retryPlanMs",
  "sendsAtOnce",
  "ratePerMinute",
];

/** Whether the form has a field for it. */
function isPlaced(place: string, { channel, headers }: EndpointDraft): boolean {
  if (OF_EVERY_CHANNEL.some((field) => place === field)) return true;
  const header = /^config\.headers\.(\d+)\.(?:name|value)$/.exec(place);
  if (header) return Number(header[1]) < headers.length;
  const [, key] = /^(?:config|secrets)\.([^.]+)$/.exec(place) ?? [];
  return channelFields[channel].some((field) => field.key === key && field.kind !== "flag");
}
