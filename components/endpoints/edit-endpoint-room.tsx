"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { editEndpointAction } from "#app/(console)/settings/endpoints/actions.ts";
import { draftOf, type ProductChoice } from "#components/endpoints/endpoint-draft.ts";
import { EndpointForm } from "#components/endpoints/endpoint-form.tsx";
import { useEndpointForm } from "#components/endpoints/use-endpoint-form.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { EndpointDetail } from "#lib/deliveries/endpoint-types.ts";

/** What an endpoint is set to, to be changed. Secrets that nobody types stay as they are. */
export function EditEndpointRoom({
  endpoint,
  products,
  usualPlan,
}: {
  endpoint: EndpointDetail;
  products: ProductChoice[];
  usualPlan: readonly number[];
}) {
  const t = useTranslations("endpoints.edit");
  const all = useTranslations("endpoints");
  const router = useRouter();
  const { id, version, name, channel, settings } = endpoint;
  const backHref = `/settings/endpoints/${id}`;
  const form = useEndpointForm({
    initial: draftOf(endpoint, products, usualPlan),
    endpointId: id,
    save: ({ channel: _, ...input }) => editEndpointAction({ ...input, id, version }),
    onSaved: () => {
      router.push(backHref);
      router.refresh();
    },
  });
  return (
    <>
      <PageHeader title={t("title", { name })} meta={all(`channel.${channel}.word`)} />
      <EndpointForm
        form={form}
        kept={settings?.kept ?? []}
        endpointId={id}
        verb={t("verb")}
        backHref={backHref}
      />
    </>
  );
}
