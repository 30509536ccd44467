import { afterAll, expect, it } from "vitest";
import { askFor } from "#lib/events/events.fixture.ts";
import { createUser } from "#prisma/factories.ts";
import { policyList } from "./policy-list.ts";
import { policySet } from "./policy-set.ts";
import { openTerminal } from "./typing.fixture.ts";

const terminal = await openTerminal();
afterAll(terminal.drop);

it("makes a policy, changes a part of it, shows it and takes it away", async () => {
  const { db } = terminal;
  expect((await terminal.type(policyList, [])).out).toContain("nobody is told");
  await askFor(db, { name: "Ops" });
  await askFor(db, { name: "Mail", channel: "email" });
  await createUser(db, { email: "asha@example.com", name: "Asha" });
  const config = {
    steps: [
      { endpoint: "ops" },
      { afterMinutes: 15, endpoint: "Mail", person: "asha@example.com" },
    ],
    quiet: { from: "22:00", to: "07:30", timeZone: "Asia/Kolkata" },
  };
  const made = await terminal.type(policySet, ["On call", "--config", JSON.stringify(config)]);
  expect(made.err).toBe("");
  expect(made.code).toBe(0);
  const again = JSON.stringify({ repeatAfterMinutes: 30, repeats: 2 });
  expect((await terminal.type(policySet, ["on CALL", "--config", again])).code).toBe(0);
  const { out } = await terminal.type(policyList, []);
  expect(out.trim().split("\n")).toEqual([
    "On call: warning and worse, all kinds",
    "  after 0 min: Ops",
    "  after 15 min: Asha by Mail",
    "  again every 30 min, 2 times",
    "  quiet 22:00 to 07:30 Asia/Kolkata, but for critical",
  ]);
  expect((await terminal.type(policySet, ["On call", "--remove"])).code).toBe(0);
  expect(await db.escalationPolicy.count({ where: { deletedAt: null } })).toBe(0);
});

it("says in sentences what is wrong", async () => {
  const typed = async (...words: string[]) => terminal.type(policySet, ["Nights", ...words]);
  expect(await typed()).toMatchObject({ code: 2 });
  expect((await typed("--config", "{")).err).toContain("isn't JSON");
  expect((await typed("--config", '{"steps": [{"endpoint": "x"}]}')).err).toContain(
    "There is no endpoint called x.",
  );
  expect((await typed("--config", '{"steps": []}')).err).toContain("steps: required");
  expect(await typed("--remove")).toMatchObject({ code: 1 });
});
