import type { Core } from "#lib/platform/core.ts";
import type { Message, OpenEndpoint, SendOutcome } from "./channel.ts";
import type { Channels } from "./channels/open-channels.ts";
import { TRY_MS } from "./delivery-schedule.ts";
import type { ChannelKind } from "./types.ts";
import { TEST_TYPE } from "./words/words.ts";

export type TestOutcome = SendOutcome & { tookMs: number };

/**
 * Sends one message of type `endpoint.test` through a channel as it is set here, saved or not. Config and secrets
 * are parsed first (throws a ZodError); of the connection nothing stays open. Who may do so is for the caller.
 */
export async function testEndpoint(
  { channels, core }: { channels: Channels; core: Pick<Core, "now" | "newId"> },
  settings: {
    kind: ChannelKind;
    config: unknown;
    secrets: unknown;
    name?: string | undefined;
    /** For the message's button, as other messages have one. */
    consoleUrl?: string | null | undefined;
  },
  signal?: AbortSignal,
): Promise<TestOutcome> {
  const channel = channels.of(settings.kind);
  const id = core.newId();
  const begun = core.now();
  const endpoint: OpenEndpoint = {
    // Its own: an endpoint with the same settings goes on with its connections.
    id,
    name: settings.name ?? "",
    version: "test",
    ...channel.parse(settings.config, settings.secrets),
  };
  const message = testMessage(id, begun, endpoint.name, settings.consoleUrl ?? null);
  const limit = AbortSignal.timeout(TRY_MS);
  try {
    const outcome = await channel.send(
      endpoint,
      message,
      signal ? AbortSignal.any([signal, limit]) : limit,
    );
    return { ...outcome, tookMs: core.now().getTime() - begun.getTime() };
  } finally {
    await channel.close(id);
  }
}

function testMessage(id: string, at: Date, name: string, consoleUrl: string | null): Message {
  const payload = {
    id,
    type: TEST_TYPE,
    version: 1,
    timestamp: at.toISOString(),
    data: { endpoint: name },
  };
  return {
    id,
    type: TEST_TYPE,
    at,
    body: JSON.stringify(payload),
    payload,
    consoleUrl,
    resendId: null,
    group: TEST_TYPE,
  };
}
