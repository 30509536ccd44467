import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Channel } from "../channel.ts";
import type { ChannelKind } from "../types.ts";
import { bullmqChannel } from "./bullmq.ts";
import { emailChannel } from "./email.ts";
import { guardAnswer } from "./guard-answer.ts";
import { redisStreamChannel } from "./redis-stream.ts";
import { sqsChannel } from "./sqs.ts";
import { telegramChannel } from "./telegram.ts";
import { webhookChannel } from "./webhook.ts";

export type Channels = {
  of(kind: ChannelKind): Channel;
  /** Closes what is kept open; for one endpoint where it is named, as after its edit. */
  close(endpointId?: string): Promise<void>;
};

/** All channels of a process; each keeps its connections until it is closed. */
export function openChannels({ guard }: { guard: OutboundGuard }): Channels {
  const channels: Record<ChannelKind, Channel> = {
    webhook: webhookChannel(guard),
    telegram: telegramChannel(guard),
    email: emailChannel(guard),
    redis_stream: redisStreamChannel(guard),
    bullmq: bullmqChannel(guard),
    sqs: sqsChannel(guard),
  };
  const guarded = Object.fromEntries(
    Object.entries(channels).map(([kind, channel]) => [kind, guardAnswer(channel)]),
  ) as Record<ChannelKind, Channel>;
  return {
    of: (kind) => guarded[kind],
    async close(endpointId) {
      await Promise.all(Object.values(channels).map((channel) => channel.close(endpointId)));
    },
  };
}
