import { afterAll, expect, it } from "vitest";
import { openTerminal } from "./typing.fixture.ts";
import { userCreate, userDisable, userList, userReset, userSet } from "./users.ts";

const terminal = await openTerminal();
afterAll(terminal.drop);
const { db } = terminal;

const findMeera = () => db.user.findUniqueOrThrow({ where: { email: "meera@shop.example" } });

it("adds, lists, changes, resets, disables and enables a person", async () => {
  expect((await terminal.type(userList, [])).out.trim()).toBe("There is nobody.");
  const rights = ["--role", "operator", "--grants", "export", "--spend", "50 USD,3000 RUB"];
  const made = await terminal.type(userCreate, [
    "Meera@shop.example",
    "--name",
    "Meera",
    ...rights,
  ]);
  expect(made.err).toBe("");
  expect(made.out).toMatch(/^http:\/\/localhost:3000\/invite#[\w-]{43}\n/);
  expect(await findMeera()).toMatchObject({ role: "operator", grants: ["export"] });
  expect(await db.spendLimit.count()).toBe(2);
  const again = await terminal.type(userCreate, [
    "meera@shop.example",
    "--name",
    "M",
    "--role",
    "viewer",
  ]);
  expect(again).toMatchObject({ code: 1 });

  const set = await terminal.type(userSet, [
    "meera@shop.example",
    "--role",
    "owner",
    "--spend",
    "none",
  ]);
  expect(set).toMatchObject({ code: 0, err: "" });
  expect(await findMeera()).toMatchObject({ role: "owner", grants: ["export"], name: "Meera" });
  expect(await db.spendLimit.count()).toBe(0);
  expect((await terminal.type(userList, [])).out).toMatch(/meera@shop\.example\s+Meera\s+owner/);

  const last = await terminal.type(userDisable, ["meera@shop.example", "--reason", "Left us"]);
  expect(last).toMatchObject({ code: 1 });
  expect(last.err).toContain("last owner");
  await terminal.type(userCreate, ["olga@shop.example", "--name", "Olga", "--role", "owner"]);
  await db.user.updateMany({ where: { name: "Olga" }, data: { passwordHash: "some" } });
  expect(
    await terminal.type(userDisable, ["meera@shop.example", "--reason", "Left us"]),
  ).toMatchObject({ code: 0 });
  expect((await findMeera()).disabledAt).not.toBeNull();
  expect(await terminal.type(userReset, ["meera@shop.example"])).toMatchObject({ code: 1 });
  expect(await terminal.type(userDisable, ["meera@shop.example", "--undo"])).toMatchObject({
    code: 0,
  });
  expect((await terminal.type(userReset, ["meera@shop.example"])).out).toContain("/invite#");
});

it.each([
  [userCreate, ["a@shop.example", "--name", "A", "--role", "god"], 2],
  [userCreate, ["nonsense", "--name", "A", "--role", "viewer"], 2],
  [userCreate, ["a@shop.example", "--name", "A", "--role", "viewer", "--grants", "all"], 2],
  [userCreate, ["a@shop.example", "--name", "A", "--role", "viewer", "--spend", "USD 5"], 2],
  [userSet, ["olga@shop.example"], 2],
  [userSet, ["nobody@shop.example", "--role", "viewer"], 1],
])("refuses what makes no sense", async (command, args, code) => {
  expect(await terminal.type(command, args)).toMatchObject({ code });
});
