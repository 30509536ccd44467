import { afterAll, beforeEach, expect, it } from "vitest";
import { openSources } from "#lib/codes/sealed.fixture.ts";
import { openKeySource } from "#lib/platform/open-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import { keysRotate } from "./keys-rotate.ts";
import { openTerminal } from "./typing.fixture.ts";

const terminal = await openTerminal();
afterAll(terminal.drop);
const { db, core } = terminal;
const { sources, store } = await openSources(db);

beforeEach(async () => {
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`delete from codes`,
    db.$executeRaw`delete from data_keys`,
  ]);
});

async function storeSome(count: number) {
  const sealer = await openSealer(core, openKeySource(terminal.env()));
  for (let number = 0; number < count; number += 1) {
    await store(sealer, sources.import, `code-${number}`);
  }
}

it("tells how far it is, waits for latecomers, and says what was done", async () => {
  await storeSome(3);
  const waits: number[] = [];
  const wait = async (ms: number) => waits.push(ms);
  const { code, out, err } = await terminal.type(keysRotate, [], { wait });
  expect(code).toBe(0);
  const key = await db.dataKey.findFirstOrThrow({ where: { purpose: "seal", retiredAt: null } });
  expect(out).toBe(
    `The data key is ${key.id} now.\nSealed anew: 3. Data keys wrapped by the first outside key: 2.\n`,
  );
  expect(err).toMatch(/^3 of 3 sealed anew\.\nWaiting 1[12]\d s for processes that may not have/);
  expect(waits).toHaveLength(1);
});

it("answers JSON alone with --json, and 1 where something doesn't open", async () => {
  await storeSome(2);
  const sound = await terminal.type(keysRotate, ["--json"]);
  expect(sound.code).toBe(0);
  expect(JSON.parse(sound.out)).toMatchObject({ ok: true, resealed: 2, unopened: [] });

  const one = await db.code.findFirstOrThrow();
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`update codes set sealed = 'v2|gone|n|c|t' where id = ${one.id}::uuid`,
  ]);
  const broken = await terminal.type(keysRotate, ["--json"]);
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.out)).toMatchObject({ ok: false, resealed: 1, unopened: [one.id] });
  const said = await terminal.type(keysRotate, []);
  expect(said.out).toContain(`1 don't open and keep the seal they have; keep every outside key`);
  expect(said.out).toContain(one.id);
});

it("says in a sentence that an outside key is missing", async () => {
  await storeSome(1);
  await db.dataKey.updateMany({ data: { wrappedBy: "k0" } });
  const { code, out, err } = await terminal.type(keysRotate, []);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toBe(
    'A data key is wrapped by the key "k0", which isn\'t in KEYHOLD_SEALING_KEYS. ' +
      "Put it back behind the others; it can go after `keyhold keys rotate`.\n",
  );
});
