import { Layers, Mail, MessageCircle, Rows3, Webhook, Workflow } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ChannelKind } from "#lib/deliveries/types.ts";

const icons: Record<ChannelKind, ReactNode> = {
  webhook: <Webhook aria-hidden />,
  telegram: <MessageCircle aria-hidden />,
  email: <Mail aria-hidden />,
  redis_stream: <Rows3 aria-hidden />,
  bullmq: <Layers aria-hidden />,
  sqs: <Workflow aria-hidden />,
};

/** An endpoint by its name, with its channel's icon; the channel's name on hover and for screen readers. */
export function EndpointName({ name, channel }: { name: string; channel: ChannelKind }) {
  const t = useTranslations("deliveries.channel");
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1.5 align-bottom">
      <span data-tip={t(channel)} className="inline-flex shrink-0 text-ink-3 [&_.lucide]:size-3.5">
        {icons[channel]}
        <span className="sr-only">{t(channel)}</span>
      </span>
      <span className="truncate">{name}</span>
    </span>
  );
}
