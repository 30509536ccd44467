"use client";

import { useFormatter, useTranslations } from "next-intl";
import { SocketWord } from "#components/supplier-settings/socket-word.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Section } from "#components/ui/section.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { SocketView } from "#lib/suppliers/room-types.ts";

/** The one connection that a worker holds open for news. */
export function SocketSection({ socket }: { socket: SocketView }) {
  const t = useTranslations("supplierSettings.socket");
  const format = useFormatter();
  const { state, since, seenAt, connects, updates, lastError } = socket;
  return (
    <Section title={t("title")} description={t("body")}>
      <DefinitionList columns>
        <Definition term={t("stands")}>
          <SocketWord socket={socket} />
        </Definition>
        <Definition term={t(`since.${state}`)}>
          <RelativeTime at={since} />
        </Definition>
        <Definition term={t("seen")}>
          {seenAt ? <RelativeTime at={seenAt} /> : t("never")}
        </Definition>
        <Definition term={t("connects")}>{format.number(connects, "count")}</Definition>
        <Definition term={t("updates")}>{format.number(updates, "count")}</Definition>
        {lastError && (
          <Definition term={t("lastError")}>
            <q>{lastError}</q>
          </Definition>
        )}
      </DefinitionList>
    </Section>
  );
}
