import {
  type SecondFactorPolicy,
  secondFactorPolicy,
} from "#lib/access/second-factor/second-factor-policy.ts";
import { env } from "#lib/platform/env.ts";

/** Of whom this installation wants a second factor. */
export const policy = (): SecondFactorPolicy => secondFactorPolicy(env());
