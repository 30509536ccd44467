import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isUuid } from "#lib/platform/ids.ts";
import { AlertsDoor, type Search } from "../alerts-door.tsx";

type Props = { params: Promise<{ id: string }>; searchParams: Search };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("alerts"))("title") };
}

/** The same desk, with this alert open; one that isn't there says so in its place. */
export default async function AlertPage({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  return <AlertsDoor id={id.toLowerCase()} search={searchParams} />;
}
