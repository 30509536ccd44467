/** The nine ways of doing it wrong that the harness has to notice. */
import type { AccountPlan } from "../plan.ts";
import type { ProfileName } from "../profiles.ts";
import type { TraitsName } from "../traits.ts";
import { type Controls, NO_CONTROL } from "./control.ts";
import { listTen } from "./list-ten.ts";
import { noForwardGuard } from "./no-forward-guard.ts";
import { noPermit } from "./no-permit.ts";
import { noUniqueClaim } from "./no-unique-claim.ts";
import { resendOnTakeover } from "./resend-on-takeover.ts";
import { tellAfter } from "./tell-after.ts";

export type Control = {
  what: string;
  controls: Controls;
  profile: ProfileName;
  account: Partial<AccountPlan>;
  traits?: TraitsName;
};

/** Where creating costs, which is where a second create is a second purchase. */
const CHARGED: Partial<AccountPlan> = { chargesAtCreate: true, createIsFree: false };

export const CONTROLS = {
  "no-permit": {
    what: "sends without a permit",
    controls: noPermit,
    profile: "storm",
    account: CHARGED,
  },
  "no-unique-claim": {
    what: "one supplier order may belong to several orders",
    controls: noUniqueClaim,
    profile: "calls",
    account: CHARGED,
  },
  "decide-early": {
    what: "decides before nothing can land any more",
    controls: { ...NO_CONTROL, settlingMs: 1_000 },
    profile: "calls",
    account: CHARGED,
  },
  "tell-early": {
    what: "tells of codes before they are committed",
    controls: { ...NO_CONTROL, tellsEarly: true },
    profile: "calm",
    account: {},
  },
  "tell-after": {
    what: "tells of an order once it is committed, in a transaction of its own",
    controls: tellAfter,
    profile: "processes",
    account: {},
  },
  "no-forward-guard": {
    what: "lets a status go back",
    controls: noForwardGuard,
    profile: "tales",
    account: {},
  },
  "resend-on-takeover": {
    what: "sends again after a process died while sending",
    controls: resendOnTakeover,
    profile: "processes",
    account: CHARGED,
  },
  "trust-a-promise": {
    what: "repeats creates under a reference that the supplier doesn't mind",
    controls: NO_CONTROL,
    profile: "calls",
    account: { mindsReference: false },
    traits: "guarded",
  },
  "list-ten": {
    what: "lists the last ten, adopts what fits, else creates again",
    controls: listTen,
    profile: "calls",
    account: CHARGED,
  },
} as const satisfies Record<string, Control>;

export type ControlName = keyof typeof CONTROLS;

export const isControl = (name: string): name is ControlName => Object.hasOwn(CONTROLS, name);

export const controlOf = (name: ControlName): Control => CONTROLS[name];
