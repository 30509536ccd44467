import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AlertsDoor, type Search } from "./alerts-door.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("alerts"))("title") };
}

export default function AlertsPage({ searchParams }: { searchParams: Search }) {
  return <AlertsDoor id={null} search={searchParams} />;
}
