import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { runtime } from "#app/_server/runtime.ts";
import { PersonRoom } from "#components/people/person-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readPerson } from "#lib/access/people/read-people.ts";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

export default async function PersonDoor({ params }: Props) {
  const { id } = await params;
  const actor = await requireActor(`/settings/people/${encodeURIComponent(id)}`);
  if (!can(actor, "people.manage")) return <MissingRight permission="people.manage" />;
  const person = await readPerson(await runtime(), actor, id);
  if (!person) notFound();
  return (
    <ClientMessages of={["people", "sessions", "reveal"]}>
      <PersonRoom person={person} />
    </ClientMessages>
  );
}
