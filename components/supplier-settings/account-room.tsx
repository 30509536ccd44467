"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import type { AccountQuestion } from "#components/supplier-settings/account-dialog.tsx";
import { AccountFigures } from "#components/supplier-settings/account-figures.tsx";
import { AccountHeader } from "#components/supplier-settings/account-header.tsx";
import { AccountState } from "#components/supplier-settings/account-state.tsx";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { InboundSection } from "#components/supplier-settings/inbound-section.tsx";
import { SecretsSection } from "#components/supplier-settings/secrets-section.tsx";

const loadDialog = async () => ({
  default: (await import("#components/supplier-settings/account-dialog.tsx")).AccountDialog,
});
const AccountDialog = lazy(loadDialog);
const TryPanel = lazy(async () => ({
  default: (await import("#components/supplier-settings/try-panel.tsx")).TryPanel,
}));
// Rendered with the page, but their code comes after what stands above them.
const SocketSection = lazy(async () => ({
  default: (await import("#components/supplier-settings/socket-section.tsx")).SocketSection,
}));
const LimitsSection = lazy(async () => ({
  default: (await import("#components/supplier-settings/limits-section.tsx")).LimitsSection,
}));
const TraitsSection = lazy(async () => ({
  default: (await import("#components/supplier-settings/traits-section.tsx")).TraitsSection,
}));
const FindingsSection = lazy(async () => ({
  default: (await import("#components/supplier-settings/findings-section.tsx")).FindingsSection,
}));
const AnswersSection = lazy(async () => ({
  default: (await import("#components/supplier-settings/answers-section.tsx")).AnswersSection,
}));

/** Calls are counted all the time and announced by nobody. */
const READ_EVERY_MS = 5_000;

/** Everything about one account: how it stands, what proves whom, how it is treated and what it told. */
export function AccountRoom({ initial }: { initial: AccountView }) {
  const live = useLive<AccountView>({
    key: ["supplier_account", initial.slug],
    path: `/api/live/supplier-accounts/${initial.slug}`,
    initial,
    everyMs: READ_EVERY_MS,
  });
  const account = live.data ?? initial;
  const [question, setQuestion] = useState<AccountQuestion | null>(null);
  const [tries, setTries] = useState(0);
  const { manage } = account.may;
  useEffect(() => {
    if (manage) void loadDialog();
  }, [manage]);
  return (
    <>
      <AccountHeader
        account={account}
        onAsk={setQuestion}
        onTry={() => setTries((count) => count + 1)}
      />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      <Suspense>
        {tries > 0 && <TryPanel key={tries} slug={account.slug} onClose={() => setTries(0)} />}
      </Suspense>
      <AccountState account={account} onAsk={setQuestion} />
      <AccountFigures account={account} />
      <SecretsSection
        account={account}
        onRotate={(secret) => setQuestion({ kind: "rotate", secret })}
      />
      {account.inbound && account.webhookUrl && (
        <InboundSection
          slug={account.slug}
          inbound={account.inbound}
          url={account.webhookUrl}
          push={account.push}
        />
      )}
      <Suspense>{account.socket && <SocketSection socket={account.socket} />}</Suspense>
      <Suspense>
        <LimitsSection account={account} />
      </Suspense>
      <Suspense>{account.traits && <TraitsSection account={account} />}</Suspense>
      <Suspense>
        <FindingsSection capabilities={account.treatment.capabilities} />
      </Suspense>
      <Suspense>{account.answers && <AnswersSection answers={account.answers} />}</Suspense>
      <Suspense>
        {question && (
          <AccountDialog question={question} account={account} onClose={() => setQuestion(null)} />
        )}
      </Suspense>
    </>
  );
}
