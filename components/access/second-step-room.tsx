"use client";

import { confirmAtSignInAction, offerAtSignInAction } from "#app/login/actions.ts";
import { SecondStep } from "#components/access/second-step.tsx";
import { SetUpFactor } from "#components/access/set-up-factor.tsx";

/** Between the two steps of signing in: a code is shown, or an app set up first. */
export function SecondStepRoom({ step, next }: { step: "code" | "set_up"; next: string }) {
  if (step === "code") return <SecondStep next={next} />;
  const doors = { offer: offerAtSignInAction, confirm: confirmAtSignInAction };
  return <SetUpFactor doors={doors} onDone={() => window.location.assign(next)} />;
}
