import { Plug, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { SocketView } from "#lib/suppliers/room-types.ts";

const tones = { up: "done", connecting: "moving", down: "look" } as const;

/** Whether the one connection that brings news stands. */
export function SocketWord({ socket }: { socket: SocketView }) {
  // i18n-use: supplierSettings.socket.state.*
  const t = useTranslations("supplierSettings.socket.state");
  const icon = socket.state === "down" ? <Unplug aria-hidden /> : <Plug aria-hidden />;
  return (
    <StatusBadge tone={tones[socket.state]} icon={icon}>
      {t(socket.state)}
    </StatusBadge>
  );
}
