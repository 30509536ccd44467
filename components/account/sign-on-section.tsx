import { useTranslations } from "next-intl";
import { ConnectButton } from "#components/account/connect-button.tsx";
import { DisconnectButton } from "#components/account/disconnect-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Section } from "#components/ui/section.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { OwnAccount } from "#lib/access/people/types.ts";

const OUTCOMES = ["connected", "ended", "taken", "other", "failed"] as const;

/** The accounts at providers that one is known by: connecting one, forgetting it. Nothing where there is no provider. */
export function SignOnSection({
  account: { identities, hasPassword },
  provider,
  outcome,
}: {
  account: OwnAccount;
  provider: { issuer: string; name: string } | null;
  /** What the way to the provider and back came to, as the address says it. */
  outcome: unknown;
}) {
  const t = useTranslations("account.signOn");
  if (!provider && identities.length === 0) return null;
  const nameOf = (issuer: string) =>
    provider && isSame(issuer, provider.issuer) ? provider.name : issuer;
  const isConnected = identities.some(({ issuer }) => isSame(issuer, provider?.issuer));
  // What has been disconnected since isn't called connected.
  const came = OUTCOMES.find((one) => one === outcome && (one !== "connected" || isConnected));
  return (
    <Section title={t("title")} description={t(hasPassword ? "body" : "only")}>
      <div className="grid gap-3">
        {came && (
          <Notice tone={came === "connected" ? "done" : "look"} live>
            {t(`outcome.${came}`)}
          </Notice>
        )}
        {identities.map(({ issuer, linkedAt }) => (
          <div key={issuer} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <p className="min-w-0 wrap-anywhere">
              {t.rich("since", {
                name: nameOf(issuer),
                at: () => <RelativeTime at={linkedAt} />,
              })}
            </p>
            {hasPassword && <DisconnectButton issuer={issuer} name={nameOf(issuer)} />}
          </div>
        ))}
        {provider && !isConnected && <ConnectButton name={provider.name} />}
      </div>
    </Section>
  );
}

/** A provider names itself with or without the slash that somebody configured. */
const isSame = (one: string, other: string | undefined) =>
  one.replace(/\/$/, "") === other?.replace(/\/$/, "");
