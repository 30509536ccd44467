import { v7 } from "uuid";
import { afterAll, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { NewMessage } from "./store.ts";
import { storeTogether } from "./store-together.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const { id: supplierId } = await db.supplier.create({
  data: { slug: "pushing", kind: "signed_webhook", name: "Pushing" },
});

const message = (dedupeKey: string, facts: Partial<NewMessage> = {}): NewMessage => ({
  ...{ id: v7(), supplierId, dedupeKey, scheme: "stripe", event: null, sealed: "v2|k|n|c|t" },
  ...{ bytes: 1, maySayMore: false, ...facts },
});

it("stores hundreds at once, each once, and counts those told again", async () => {
  const all = Array.from({ length: 600 }, (_, number) => message(`key ${number % 200}`));
  const added = await Promise.all(all.map((one) => storeTogether({ db }, one)));
  expect(added.filter(Boolean)).toHaveLength(200);
  const { _sum, _count } = await db.inboxMessage.aggregate({
    _sum: { repeats: true },
    _count: true,
  });
  expect([_count, _sum.repeats]).toEqual([200, 400]);
});

it("keeps none from being stored because of another that can't be", async () => {
  const foreign = message("of an account that is gone", { supplierId: v7() });
  const all = [message("before"), foreign, message("after")];
  const stored = await Promise.allSettled(all.map((one) => storeTogether({ db }, one)));
  expect(stored.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

it("answers that it failed where the database is gone, and stores again once it is back", async () => {
  const gone = await createTestDatabase();
  await gone.drop();
  const failing = ["one", "two"].map((key) => storeTogether({ db: gone.db }, message(key)));
  for (const one of await Promise.allSettled(failing)) expect(one.status).toBe("rejected");
  expect(await storeTogether({ db }, message("again"))).toBe(true);
});
