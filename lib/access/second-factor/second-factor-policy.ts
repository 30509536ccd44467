import { type Grant, mayDo, type Permission, type Role } from "../permissions.ts";

/** `required`: of everybody who sees codes or spends. `offered`: of nobody, and taken from whoever has one. */
export type SecondFactorPolicy = "required" | "offered";

/** What a stolen password is worth most for: codes in the open, money, and who may have either. */
const GUARDED = [
  "codes.reveal",
  "codes.hand_out",
  "orders.place",
  "people.manage",
  "api_keys.manage",
] as const satisfies Permission[];

/** Where nothing is said: required, except where the console isn't served over https and so is a trial. */
export function secondFactorPolicy(env: {
  KEYHOLD_SECOND_FACTOR?: SecondFactorPolicy | undefined;
  NEXTAUTH_URL: string;
}): SecondFactorPolicy {
  const byAddress = env.NEXTAUTH_URL.startsWith("https://") ? "required" : "offered";
  return env.KEYHOLD_SECOND_FACTOR ?? byAddress;
}

/** Whether this person may come in with a second factor only. */
export function needsSecondFactor(
  policy: SecondFactorPolicy,
  person: { role: Role; grants: readonly Grant[] },
): boolean {
  return policy === "required" && GUARDED.some((permission) => mayDo(person, permission));
}
