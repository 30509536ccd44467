import { expect, it } from "vitest";
import { patiently } from "./patiently.ts";

const failed = (code: "internal" | "conflict") =>
  ({ ok: false, problem: { code, reference: "r" } }) as const;

it("asks again where no answer came or the server stumbled, and not for ever", async () => {
  const answers = [() => Promise.reject(new Error("offline")), async () => failed("internal")];
  let waits = 0;
  const ask = async () => (await answers.shift()?.()) ?? ({ ok: true, value: 1 } as const);
  expect(await patiently(ask, () => waits++, [0, 0, 0])).toEqual({ ok: true, value: 1 });
  expect(waits).toBe(2);
  const never = () => Promise.reject(new Error("offline"));
  expect(await patiently(never, undefined, [0, 0])).toMatchObject({
    ok: false,
    problem: { code: "unreachable" },
  });
});

it("asks once where the answer is no", async () => {
  let asked = 0;
  const ask = async () => {
    asked++;
    return failed("conflict");
  };
  expect(await patiently(ask, undefined, [0, 0])).toEqual(failed("conflict"));
  expect(asked).toBe(1);
});
