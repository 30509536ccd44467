import { Layers, ListOrdered, Mail, Send, Waves, Webhook } from "lucide-react";
import type { ReactNode } from "react";
import type { ChannelKind } from "#lib/deliveries/types.ts";

export const channelIcons: Record<ChannelKind, ReactNode> = {
  webhook: <Webhook aria-hidden />,
  telegram: <Send aria-hidden />,
  email: <Mail aria-hidden />,
  redis_stream: <Waves aria-hidden />,
  bullmq: <Layers aria-hidden />,
  sqs: <ListOrdered aria-hidden />,
};

/** In the order in which most look for them; each has its words in `endpoints.channel`. */
export const channelKinds = Object.keys(channelIcons) as ChannelKind[];
