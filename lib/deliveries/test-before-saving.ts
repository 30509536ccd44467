import type { OpenEndpoint } from "./channel.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import type { JudgedEndpoint } from "./judge-endpoint.ts";
import { type TestOutcome, testEndpoint } from "./test-endpoint.ts";
import type { ChannelKind } from "./types.ts";

/** Nothing was saved, since the test message wasn't taken. `untested` in the input saves it all the same. */
export type UntestedEndpoint = { kind: "untested"; outcome: TestOutcome };

/**
 * Sends a test message to what is to be saved, where it reaches its receiver by other settings or secrets than
 * `kept`. Null where it was taken, where nothing of that changed, and where somebody wishes to save it untested.
 * @param note writes down that the secrets which are kept may be used for it
 */
export async function testBeforeSaving(
  ctx: EndpointContext,
  kind: ChannelKind,
  { wish, config, secrets }: JudgedEndpoint,
  kept: Pick<OpenEndpoint, "config" | "secrets"> | null,
  note: (() => Promise<void>) | null,
): Promise<UntestedEndpoint | null> {
  const isKept = kept !== null && same(kept.config, config) && same(kept.secrets, secrets);
  if (wish.untested || isKept) return null;
  await note?.();
  const outcome = await testEndpoint(
    { channels: ctx.channels, core: ctx },
    { kind, config, secrets, name: wish.name },
  );
  return outcome.kind === "accepted" ? null : { kind: "untested", outcome };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
