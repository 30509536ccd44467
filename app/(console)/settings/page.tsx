import { redirect } from "next/navigation";
import { requireActor } from "#app/_server/current-actor.ts";

/** Settings begin with their first part. */
export default async function SettingsDoor() {
  await requireActor("/settings/endpoints");
  redirect("/settings/endpoints");
}
