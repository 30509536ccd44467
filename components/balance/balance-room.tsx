"use client";

import { clsx } from "clsx";
import { ListChecks, Plus, Wallet } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AccountFigures } from "#components/balance/account-figures.tsx";
import { BalanceDialogs, type BalanceQuestion } from "#components/balance/balance-dialogs.tsx";
import { BalanceHistory } from "#components/balance/balance-history.tsx";
import { BurnTable } from "#components/balance/burn-table.tsx";
import { CurrentTable } from "#components/balance/current-table.tsx";
import { StepsTable } from "#components/balance/steps-table.tsx";
import { TopUpsTable } from "#components/balance/top-ups-table.tsx";
import { useBalanceRoom } from "#components/balance/use-balance-room.ts";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { Select } from "#components/ui/select.tsx";
import type { BalanceRoomView, StepView } from "#lib/balance/types.ts";

/** What can be spent, how long it lasts, and what made it what it is. */
export function BalanceRoom({ initial }: { initial: BalanceRoomView }) {
  const t = useTranslations("balance");
  const { room, isOther, error, retry, filter, change } = useBalanceRoom(initial);
  const [question, setQuestion] = useState<BalanceQuestion | null>(null);
  const { accounts, chosen, mayRecord, unexplained, steps, topUps } = room;
  // Nothing is done to another account than the one that was chosen.
  const ask = (about: BalanceQuestion) => !isOther && setQuestion(about);
  const account = accounts.find(
    ({ supplierId, currency }) =>
      supplierId === chosen?.supplierId && currency === chosen?.currency,
  );
  const header = (
    <PageHeader
      title={t("title")}
      action={
        <span className="flex flex-wrap items-center gap-3">
          <LiveStamp heardAt={room.readAt} />
          {account && mayRecord && (
            <Button
              icon={<Plus aria-hidden />}
              disabled={isOther}
              onClick={() => ask({ kind: "record", proposal: null })}
            >
              {t("topUp.record")}
            </Button>
          )}
        </span>
      }
    />
  );
  if (!account) {
    return (
      <>
        {header}
        <StaleNotice error={error} retry={retry} />
        <EmptyState icon={<Wallet aria-hidden />} title={t("none")}>
          {t("noneBody")}
        </EmptyState>
      </>
    );
  }
  const { currency } = account;
  const names = accounts.map((one) => `${one.supplierId}:${one.currency}`);
  const wanted = names.find((name) => name === filter.account);
  const actionsOf = (step: StepView) =>
    mayRecord && (
      <>
        {!step.remainder.startsWith("-") && (
          <Button
            size="sm"
            onClick={() => {
              const proposal = { stepId: step.id, amount: step.remainder, at: step.toAt };
              ask({ kind: "record", proposal });
            }}
          >
            {t("topUp.recordThis")}
          </Button>
        )}
        <Button size="sm" onClick={() => ask({ kind: "accept", step })}>
          {t("accept.verb")}
        </Button>
      </>
    );
  return (
    <>
      {header}
      <StaleNotice error={error} retry={retry} />
      {accounts.length > 1 && (
        <div className="px-gutter pb-3">
          <Select
            aria-label={t("account")}
            className="max-w-80"
            value={wanted ?? `${account.supplierId}:${currency}`}
            onChange={({ target }) => change({ account: target.value })}
            options={accounts.map((one) => ({
              value: `${one.supplierId}:${one.currency}`,
              label: `${one.supplierName} · ${one.currency}`,
            }))}
          />
        </div>
      )}
      <div
        aria-busy={isOther && !error}
        className={clsx("transition-opacity", isOther && "opacity-55")}
      >
        <AccountFigures account={account} />
        {unexplained.length > 0 && (
          <Section
            title={t("unexplained")}
            description={t("unexplainedBody")}
            flush
            action={
              room.unattributed > 0 && (
                <ButtonLink href="/supplier-orders" size="sm">
                  <ListChecks aria-hidden />
                  {t("openSupplierOrders", { count: room.unattributed })}
                </ButtonLink>
              )
            }
          >
            <StepsTable
              label={t("unexplained")}
              steps={unexplained}
              currency={currency}
              actionsOf={actionsOf}
            />
          </Section>
        )}
        <BalanceHistory
          buckets={room.buckets}
          currency={currency}
          hours={filter.hours}
          onHours={(hours) => change({ hours })}
        />
        <Section title={t("lastsTitle")} description={t("lastsBody")} flush>
          <BurnTable account={account} />
        </Section>
        <Section title={t("steps")} description={t("stepsBody")} flush>
          {steps.length === 0 ? (
            <p className="px-gutter text-ink-2">{t("stepsNone")}</p>
          ) : (
            <StepsTable label={t("steps")} steps={steps} currency={currency} />
          )}
        </Section>
        <Section title={t("topUps")} description={t("topUpsBody")} flush>
          {topUps.length === 0 ? (
            <p className="px-gutter text-ink-2">{t("topUp.none")}</p>
          ) : (
            <TopUpsTable
              topUps={topUps}
              currency={currency}
              onVoid={mayRecord ? (topUp) => ask({ kind: "void", topUp }) : null}
            />
          )}
        </Section>
        <Section title={t("current")} description={t("currentBody")} flush>
          <CurrentTable balances={room.balances} />
        </Section>
      </div>
      {question && (
        <BalanceDialogs question={question} account={account} onClose={() => setQuestion(null)} />
      )}
    </>
  );
}
