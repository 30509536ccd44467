import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { runtime } from "#app/_server/runtime.ts";
import { PeopleRoom } from "#components/people/people-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readPeople } from "#lib/access/people/read-people.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

export default async function PeopleDoor() {
  const actor = await requireActor("/settings/people");
  if (!can(actor, "people.manage")) return <MissingRight permission="people.manage" />;
  return (
    <ClientMessages of={["people", "reveal"]}>
      <PeopleRoom people={await readPeople(await runtime(), actor)} />
    </ClientMessages>
  );
}
