import type { Tx } from "#lib/platform/db.ts";
import type { Json } from "#lib/platform/json.ts";
import type { PlacementMode } from "./types.ts";
import type { Ways } from "./ways.ts";

/** What an account's API does, by name; what is missing isn't known. */
export type Capabilities = Record<string, Json>;

type Reader = { db: Pick<Tx, "supplierCapability"> };

export async function readCapabilities(core: Reader, supplierId: string): Promise<Capabilities> {
  const rows = await core.db.supplierCapability.findMany({ where: { supplierId } });
  return Object.fromEntries(rows.map(({ name, value }) => [name, value as Json]));
}

/** As the rows have it: nobody but a person says that a guard is to be trusted. */
export const GUARD_TRUSTED = "trusted";

type Believed = { isFree: boolean; isGuarded: boolean };

/**
 * Not known counts as "may charge": the slow way is right in either case. Where the account's ways are
 * given, a belief that they contradict counts for nothing.
 */
export function modeOf({ isFree, isGuarded }: Believed, ways?: Ways): PlacementMode {
  if (isFree && ways?.payStep !== "none") return "create_is_free";
  return isGuarded && ways?.duplicateGuard !== "none" ? "create_is_guarded" : "create_may_charge";
}

export const placementMode = (capabilities: Capabilities, ways?: Ways): PlacementMode =>
  modeOf(
    {
      isFree: capabilities.create_is_free === true,
      isGuarded: capabilities.duplicate_guard === GUARD_TRUSTED,
    },
    ways,
  );

export async function readPlacementMode(
  core: Reader,
  supplierId: string,
  ways?: Ways,
): Promise<PlacementMode> {
  return placementMode(await readCapabilities(core, supplierId), ways);
}

/** Notes what was found out about an account; a later finding replaces the earlier. */
export async function learnCapability(
  core: { db: Pick<Tx, "$executeRaw">; now: () => Date },
  supplierId: string,
  name: string,
  value: Json,
  from: "probe" | "answers" | "person",
): Promise<void> {
  await core.db.$executeRaw`
    insert into supplier_capabilities (supplier_id, name, value, learnt_from, learnt_at)
    values (${supplierId}::uuid, ${name}, ${JSON.stringify(value)}::jsonb, ${from}, ${core.now()})
    on conflict (supplier_id, name) do update
    set value = excluded.value, learnt_from = excluded.learnt_from, learnt_at = excluded.learnt_at`;
}

/** Makes a capability unknown again. */
export async function forgetCapability(
  core: { db: Pick<Tx, "supplierCapability"> },
  supplierId: string,
  name: string,
): Promise<void> {
  await core.db.supplierCapability.deleteMany({ where: { supplierId, name } });
}
