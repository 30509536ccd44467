import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { runtime } from "#app/_server/runtime.ts";
import { formKinds } from "#components/supplier-settings/kind-fields.ts";
import { NewSupplierRoom } from "#components/supplier-settings/new-supplier-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("supplierSettings"))("new.title") };
}

export default async function NewSupplierPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { kind } = await searchParams;
  const known = formKinds.find((one) => one === kind);
  const actor = await requireActor(`/settings/suppliers/new${known ? `?kind=${known}` : ""}`);
  const t = await getTranslations("supplierSettings");
  if (!can(actor, "suppliers.manage")) {
    return (
      <MissingRight permission="suppliers.manage" title={t("new.noRight")}>
        {t("whoAdds")}
      </MissingRight>
    );
  }
  const { consoleUrl } = await runtime();
  return (
    <ClientMessages of={["supplierSettings", "reveal"]}>
      <NewSupplierRoom kind={known ?? "signed_webhook"} consoleUrl={consoleUrl} />
    </ClientMessages>
  );
}
