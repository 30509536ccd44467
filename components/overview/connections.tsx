import { useFormatter, useTranslations } from "next-intl";
import { CountStat } from "#components/overview/count-stat.tsx";
import { Strip } from "#components/overview/strip.tsx";
import { healthSigns } from "#components/suppliers/health-signs.tsx";
import { Stat, StatRow } from "#components/ui/stat.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { DeliveryFigures, SupplierFigures } from "#lib/overview/types.ts";

const share = { style: "percent", maximumFractionDigits: 1 } as const;

/** Whether suppliers answer, and whether what is announced arrives. */
export function Connections({
  suppliers,
  deliveries,
}: {
  suppliers: readonly SupplierFigures[];
  deliveries: DeliveryFigures | null;
}) {
  const t = useTranslations("overview");
  return (
    <Strip title={t("connections")}>
      <StatRow>
        {suppliers.map((supplier) => (
          <SupplierStat key={supplier.slug} supplier={supplier} />
        ))}
        {deliveries && <DeliveryStats figures={deliveries} />}
      </StatRow>
    </Strip>
  );
}

function SupplierStat({
  supplier: { name, health, lastOkAt, calls, failedCalls },
}: {
  supplier: SupplierFigures;
}) {
  const t = useTranslations("overview.supplier");
  const format = useFormatter();
  const hint =
    calls > 0
      ? t("failed", { share: format.number(failedCalls / calls, share), calls })
      : lastOkAt && (
          <>
            {t("lastOk")} <RelativeTime at={lastOkAt} focusable={false} />
          </>
        );
  return (
    <Stat
      {...healthSigns[health]}
      label={<span className="truncate">{name}</span>}
      value={t(`health.${health}`)}
      {...(hint && { hint })}
      href="/suppliers"
    />
  );
}

function DeliveryStats({ figures }: { figures: DeliveryFigures }) {
  const t = useTranslations("overview.deliveries");
  const format = useFormatter();
  const { since, success, failed, pending, isCapped, oldestPendingAt } = figures;
  const ended = success + failed;
  return (
    <>
      <Stat
        label={t("arrived")}
        value={
          ended > 0 ? format.number(success / ended, share) : <span className="text-ink-3">–</span>
        }
        hint={t(isCapped ? "ofMore" : "of", { count: ended })}
        href={`/deliveries?since=${encodeURIComponent(since)}`}
      />
      <CountStat
        label={t("failed")}
        tone="risk"
        count={failed}
        href={`/deliveries?state=failed&since=${encodeURIComponent(since)}`}
      />
      <CountStat
        label={t("waiting")}
        tone="moving"
        count={pending}
        {...(oldestPendingAt && {
          hint: (
            <>
              {t("oldest")} <RelativeTime at={oldestPendingAt} focusable={false} />
            </>
          ),
        })}
        href="/deliveries?state=pending"
      />
    </>
  );
}
