import { bareSealingKey } from "./bare-keys.ts";
import type { Core } from "./core.ts";
import { ensureDataKeys, keyInUse, unwrapKey } from "./data-keys.ts";
import { SealError } from "./gcm.ts";
import type { KeySource } from "./key-source.ts";
import type { DataKey, Keyring } from "./keyring.ts";
import { createSealer, type Sealer } from "./seal.ts";

/** The data key in use is looked up this often, and nobody who asked `ready` seals with older knowledge. */
export const KEY_REFRESH_MS = 30_000;
/** From here on it is looked up beside the work, so that hardly anybody ever waits for it. */
const REFRESH_AHEAD_MS = 20_000;

type SealerCore = Pick<Core, "db" | "now">;

/**
 * The sealer of a process. Makes the first data keys in an empty database. Throws, with a sentence that
 * says what to do, when the data keys in use are wrapped by an outside key that isn't configured.
 */
export async function openSealer(core: SealerCore, source: KeySource): Promise<Sealer> {
  await ensureDataKeys(core.db, core.now, source);
  return createSealer(await openKeyring(core, source));
}

async function openKeyring({ db, now }: SealerCore, source: KeySource): Promise<Keyring> {
  const known = new Map<string, Promise<Buffer>>();
  const bare = new Map<string, Buffer>();

  /** Each is unwrapped once; a failure is forgotten, since what it lacked may come. */
  function remember(id: string, unwrap: () => Promise<Buffer>): Promise<Buffer> {
    const key = known.get(id);
    if (key) return key;
    const fresh = unwrap();
    known.set(id, fresh);
    fresh.catch(() => known.delete(id));
    return fresh;
  }

  async function readCurrent(): Promise<DataKey> {
    const row = await keyInUse(db, "seal");
    if (!row) throw new Error("There is no data key in use.");
    return { id: row.id, key: await remember(row.id, () => unwrapKey(source, row)) };
  }

  const index = await keyInUse(db, "blind_index");
  if (!index) throw new Error("There is no data key for the blind index.");
  const indexKey = await unwrapKey(source, index);
  let readAt = now().getTime();
  let current = await readCurrent();
  let reading: Promise<void> | null = null;

  /** One at a time, whoever asks. */
  function refresh(): Promise<void> {
    const askedAt = now().getTime();
    reading ??= readCurrent()
      .then((read) => {
        current = read;
        readAt = askedAt;
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  }

  /** What comes of it, whoever is `ready` next will hear. */
  const refreshBeside = () => void refresh().catch(() => undefined);
  // A clock that was set back makes knowledge old, too.
  const age = () => Math.abs(now().getTime() - readAt);

  return {
    indexKey,
    current() {
      if (reading === null && age() > REFRESH_AHEAD_MS) refreshBeside();
      return current;
    },
    dataKey: (id) =>
      remember(id, async () => {
        const row = await db.dataKey.findUnique({ where: { id } });
        if (row?.purpose !== "seal") throw new SealError(`There is no data key ${id}.`);
        return unwrapKey(source, row);
      }),
    async bareKey(id) {
      const found = bare.get(id) ?? (await findBare(source, id));
      bare.set(id, found);
      return found;
    },
    async ready() {
      if (age() > KEY_REFRESH_MS) await refresh();
      else if (reading === null && age() > REFRESH_AHEAD_MS) refreshBeside();
    },
  };
}

async function findBare(source: KeySource, id: string): Promise<Buffer> {
  const found = (await source.bareKeys()).find((one) => one.id === id);
  if (found) return bareSealingKey(found.key);
  throw new SealError(`The sealing key ${id} is not configured in KEYHOLD_SEALING_KEYS.`);
}
