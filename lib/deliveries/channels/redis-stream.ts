import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Channel, Message, OpenEndpoint } from "../channel.ts";
import { parseSettings } from "../endpoint-schema.ts";
import { redactMessage } from "../redact-message.ts";
import { keepOpen } from "./keep-open.ts";
import { openRedis, redisOutcome } from "./redis-client.ts";
import { placeOf, type RedisSecrets } from "./redis-schema.ts";
import type { RedisStreamConfig } from "./redis-stream-schema.ts";
import { within } from "./within.ts";

type Endpoint = OpenEndpoint<RedisStreamConfig, RedisSecrets>;

/** Entries of a stream: `id` (the event's, to know repeats by), `type`, `group`, and `body` as a webhook has it. */
export function redisStreamChannel(guard: OutboundGuard): Channel<RedisStreamConfig, RedisSecrets> {
  const open = keepOpen(
    ({ config, secrets }: Endpoint, drop) => openRedis(guard, config, secrets, drop),
    async (line) => line.close(),
  );

  return {
    kind: "redis_stream",
    parse: (config, secrets) => parseSettings("redis_stream", config, secrets),
    describe: (config) => `${placeOf(config)} ${config.key}`,
    send: (endpoint, message, signal) =>
      open.use(endpoint, async (line, drop) => {
        try {
          const client = await within(signal, line.ready);
          const entry = await within(signal, client.xadd(...commandOf(endpoint, message)));
          return { kind: "accepted", status: null, answer: `entry ${entry}` };
        } catch (error) {
          const outcome = redisOutcome(error, signal);
          // Refused by a server that is there: its connection is as good as before.
          if (outcome.kind === "failed") drop();
          return outcome;
        }
      }),
    show(endpoint, message) {
      const [key, ...rest] = commandOf(endpoint, redactMessage(message));
      return {
        to: `${placeOf(endpoint.config)} ${key}`,
        headers: {},
        body: ["XADD", key, ...rest].join(" "),
      };
    },
    close: (endpointId) => open.close(endpointId),
  };
}

/** About so many entries stay: exact trimming would cost Redis more than it saves. */
function commandOf(
  { config }: Endpoint,
  { id, type, group, body }: Message,
): [string, "MAXLEN", "~", number, "*", ...string[]] {
  const fields = ["id", id, "type", type, "group", group, "body", body];
  return [config.key, "MAXLEN", "~", config.maxLen, "*", ...fields];
}
