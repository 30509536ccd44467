import type { Core } from "#lib/platform/core.ts";
import type { NotConnected, Reading, SupplierAccount } from "./account.ts";
import type { OpeningContext } from "./context.ts";
import { connectMaterial, openMaterial } from "./open-account.ts";

/** What can't be connected may have become possible without a change of its row: a key came back. */
const ASK_AGAIN_MS = 60_000;

type Known = {
  name: string;
  revision: number;
  /** When it has to be opened anew though its row is as it was. */
  until: Date | null;
  account: SupplierAccount | NotConnected;
};

/**
 * Reads the accounts of this process from their rows, again and again: one that is as it was stays
 * connected as it is. Only what changed is opened.
 */
export function accountsReader(ctx: OpeningContext): (core: Core) => Promise<Reading> {
  let known = new Map<string, Known>();

  async function open(core: Core, id: string): Promise<Known> {
    const row = await core.db.supplier.findUniqueOrThrow({
      where: { id },
      include: { secrets: true },
    });
    const { name, revision, slug, kind } = row;
    const material = await openMaterial({ ...ctx, ...core }, row);
    const opened = material.ok ? connectMaterial(ctx, row, material.value) : material;
    if (opened.ok) {
      const until = material.ok ? material.value.endsAt : null;
      return { name, revision, until, account: opened.value };
    }
    const until = new Date(core.now().getTime() + ASK_AGAIN_MS);
    return { name, revision, until, account: { id, slug, name, kind, why: opened.why } };
  }

  return async (core) => {
    const rows = await core.db.supplier.findMany({
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { id: true, name: true, revision: true },
    });
    const next = new Map<string, Known>();
    for (const { id, name, revision } of rows) {
      const before = known.get(id);
      const isSame =
        before?.revision === revision &&
        before.name === name &&
        (before.until === null || before.until > core.now());
      const now = isSame ? before : await open(core, id);
      if (isNewTrouble(before, now)) {
        const { account } = now;
        core.log.error({ supplier: account.slug, why: account.why }, "a supplier isn't connected");
      }
      next.set(id, now);
    }
    known = next;
    const all = [...next.values()].map(({ account }) => account);
    return { accounts: all.filter(isConnected), notConnected: all.filter(isNotConnected) };
  };
}

const isNotConnected = (one: SupplierAccount | NotConnected): one is NotConnected => "why" in one;
const isConnected = (one: SupplierAccount | NotConnected): one is SupplierAccount =>
  !("why" in one);

type Trouble = Known & { account: NotConnected };

function isNewTrouble(before: Known | undefined, now: Known): now is Trouble {
  if (!isNotConnected(now.account)) return false;
  return !before || !isNotConnected(before.account) || before.account.why !== now.account.why;
}
