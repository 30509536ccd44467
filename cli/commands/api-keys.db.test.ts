import { afterAll, expect, it } from "vitest";
import { apiKeyCreate } from "./api-key-create.ts";
import { apiKeyList } from "./api-key-list.ts";
import { apiKeyRevoke } from "./api-key-revoke.ts";
import { apiKeySet } from "./api-key-set.ts";
import { openTerminal } from "./typing.fixture.ts";

const { db, type, drop } = await openTerminal();
afterAll(drop);

const create = (...words: string[]) => type(apiKeyCreate, words);

it("prints the key alone, and keeps what was said of it", async () => {
  const { code, out, err } = await create(
    ...["--name", "shop", "--scopes", "codes:read,orders:write", "--own-orders"],
    ...["--from", "203.0.113.7, 10.0.0.0/8", "--spend", "USD=12.50"],
    ...["--rate", "30", "--expires-in-days", "7"],
  );
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^kh_[a-z0-9]{8}_[\w-]{43}\n$/);
  const [row] = await db.apiKey.findMany();
  expect(row).toMatchObject({
    name: "shop",
    prefix: out.slice(0, 11),
    scopes: ["orders:write", "codes:read"],
    allowedFrom: ["203.0.113.7", "10.0.0.0/8"],
    spendPerDay: { USD: "12.50" },
    ratePerMinute: 30,
    ownOrdersOnly: true,
  });
  const listed = await type(apiKeyList, []);
  expect(listed.out).toContain(out.slice(0, 11));
  expect(listed.out).not.toContain(out.slice(12).trim());
});

it.each([
  [[], "--name"],
  [["--name", "shop"], "--scopes"],
  [["--name", "shop", "--scopes", "everything"], "--scopes"],
  [["--name", "shop", "--scopes", "codes:read", "--from", "junk"], "--from"],
  [["--name", "shop", "--scopes", "codes:read", "--from", ""], "--from"],
  [["--name", "shop", "--scopes", "codes:read", "--spend", ","], "--spend"],
  [["--name", "shop", "--scopes", "codes:read", "--rate", "0"], "--rate"],
  [["--name", "shop", "--scopes", "codes:read", "--expires-in-days", "x"], "--expires-in-days"],
  [["--name", "shop", "--scopes", "codes:read", "--spend", "12"], "--spend"],
  [["--name", "shop", "--scopes", "events:read", "--own-orders"], "--own-orders"],
])("says what is wrong with %j", async (words, option) => {
  const before = await db.apiKey.count();
  const { code, out, err } = await create(...words);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.split("\n")[0]).toContain(option);
  expect(await db.apiKey.count()).toBe(before);
});

it("revokes by name or prefix, where that names one", async () => {
  await create("--name", "twice", "--scopes", "orders:read");
  const { out } = await create("--name", "twice", "--scopes", "orders:read");
  const both = await type(apiKeyRevoke, ["twice"]);
  expect([both.code, both.err]).toEqual([1, expect.stringContaining("Several keys")]);
  expect((await type(apiKeyRevoke, [out.slice(0, 11)])).code).toBe(0);
  expect((await type(apiKeyRevoke, ["twice"])).code).toBe(0);
  expect((await type(apiKeyRevoke, ["nobody"])).code).toBe(1);
  expect(await db.apiKey.count({ where: { name: "twice", revokedAt: null } })).toBe(0);
});

it("changes a key, and leaves what isn't said", async () => {
  const { out } = await create("--name", "bot", "--scopes", "orders:read,balance:read");
  const prefix = out.slice(0, 11);
  const set = (...words: string[]) => type(apiKeySet, [prefix, ...words]);
  const row = () => db.apiKey.findUniqueOrThrow({ where: { prefix } });
  const bounds = ["--from", "10.0.0.0/8", "--rate", "5", "--expires-in-days", "3"];
  expect((await set("--name", "Bot 2", "--scopes", "orders:read", ...bounds)).code).toBe(0);
  expect(await row()).toMatchObject({
    ...{ name: "Bot 2", scopes: ["orders:read"], allowedFrom: ["10.0.0.0/8"], ratePerMinute: 5 },
    expiresAt: expect.any(Date),
  });
  expect((await set("--from", "anywhere", "--expires-in-days", "never")).code).toBe(0);
  expect(await row()).toMatchObject({ name: "Bot 2", allowedFrom: [], expiresAt: null });
  await set("--from", "10.0.0.0/8");
  // As of a variable that isn't set, nothing said is no word on it: least of all that all is well.
  const empty = ["--rate=", "--from=", "--from=,", "--scopes=,", "--expires-in-days=", "--name="];
  const senseless = ["--rate=0", "--from=junk", "--expires-in-days=x", "--expires-in-days=0"];
  for (const wrong of [...empty, ...senseless]) {
    const { code, err } = await set(wrong);
    expect([code, err]).toEqual([2, expect.stringContaining(wrong.split("=")[0] ?? "")]);
  }
  expect(await row()).toMatchObject({ allowedFrom: ["10.0.0.0/8"], expiresAt: null });
  expect((await set("--scopes", "orders:read,codes:read")).code).toBe(1);
  expect((await row()).scopes).toEqual(["orders:read"]);
});
