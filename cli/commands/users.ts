import { changePerson } from "#lib/access/people/change-person.ts";
import { disableUser, enableUser } from "#lib/access/people/disable-user.ts";
import { inviteUser } from "#lib/access/people/invite-user.ts";
import { readPeople } from "#lib/access/people/read-people.ts";
import { resetUser } from "#lib/access/people/reset-user.ts";
import type { SeenKey } from "#lib/access/people/types.ts";
import type { UserLink } from "#lib/access/people/user-link.ts";
import { endSecondFactorOf } from "#lib/access/second-factor/end-second-factor.ts";
import { COMMAND_LINE, type Command, Failure, UsageProblem } from "../command.ts";
import { table } from "../table.ts";
import { AT_THE_MACHINE } from "./endpoint-tools.ts";
import { findPerson, grantsOf, limitsOf, openPeople, roleOf } from "./user-tools.ts";

const LAST_OWNER = "This is the last owner. Make somebody else an owner first.";

export const userCreate: Command = {
  name: "user create",
  usage: "<e-mail> --name TEXT --role ROLE [--grants G,…] [--spend “50 USD,…”]",
  summary: "Adds a person, and prints the link by which he sets a password, this once.",
  positionals: ["e-mail"],
  options: {
    name: { type: "string" },
    role: { type: "string" },
    grants: { type: "string" },
    spend: { type: "string" },
  },
  async run({ positionals: [address = ""], texts }, tools) {
    const wish = {
      ...{ email: address, name: texts.name ?? "", role: roleOf(texts.role ?? "") },
      grants: grantsOf(texts.grants ?? "none"),
      spendLimits: limitsOf(texts.spend ?? "none"),
    };
    const ctx = await openPeople(tools);
    const result = await inviteUser(ctx, COMMAND_LINE, wish, AT_THE_MACHINE);
    switch (result.kind) {
      case "invited":
        return linkResult(result.link, { id: result.userId });
      case "taken":
        throw new Failure(`Somebody has the address ${address} already.`);
      case "invalid":
        throw new UsageProblem(`That isn't accepted: ${result.fields.join(", ")}.`);
    }
  },
};

export const userList: Command = {
  name: "user list",
  usage: "[--json]",
  summary: "Shows everybody who may come in, and what he is.",
  positionals: [],
  options: {},
  async run(_, tools) {
    const { rows } = await readPeople(await openPeople(tools), COMMAND_LINE);
    const lines = rows.map((row) => [
      ...[row.email, row.name, row.role, row.grants.join(",") || "–", row.standing],
      ...[row.hasSecondFactor ? "yes" : "no", row.lastSignedInAt ?? "never"],
    ]);
    const heading = ["E-mail", "Name", "Role", "Grants", "Is", "Second factor", "Last signed in"];
    const json = rows.map(({ isYou: _isYou, ...row }) => row);
    return { json, text: rows.length === 0 ? "There is nobody." : table(heading, lines), ok: true };
  },
};

export const userSet: Command = {
  name: "user set",
  usage: "<e-mail> [--name TEXT] [--role ROLE] [--grants G,…|none] [--spend “50 USD,…”|none]",
  summary: "Changes what a person may do and spend; what is left out stays.",
  positionals: ["e-mail"],
  options: {
    name: { type: "string" },
    role: { type: "string" },
    grants: { type: "string" },
    spend: { type: "string" },
  },
  async run({ positionals: [address = ""], texts: { name, role, grants, spend } }, tools) {
    const wish = {
      ...(name !== undefined && { name }),
      ...(role !== undefined && { role: roleOf(role) }),
      ...(grants !== undefined && { grants: grantsOf(grants) }),
      ...(spend !== undefined && { spendLimits: limitsOf(spend) }),
    };
    if (Object.keys(wish).length === 0) throw new UsageProblem("Say what is to be changed.");
    const ctx = await openPeople(tools);
    const { id, email } = await findPerson(ctx, address);
    const result = await changePerson(ctx, COMMAND_LINE, { id, ...wish }, AT_THE_MACHINE);
    if (result.kind === "last_owner") throw new Failure(LAST_OWNER);
    if (result.kind === "invalid") {
      throw new UsageProblem(`That isn't accepted: ${result.fields.join(", ")}.`);
    }
    const { keys } = result;
    return {
      json: { id, email, ...wish, keys },
      text: [`${email} is changed.`, ...aboutKeys(keys)].join("\n"),
      ok: true,
    };
  },
};

/** He knows them by heart, as it were: whatever he may do himself, they go on. */
const aboutKeys = (keys: readonly SeenKey[]): string[] =>
  keys.length === 0
    ? []
    : [
        "These API keys were shown to this person and still work; see `api-key revoke`:",
        ...keys.map(({ id, name, prefix }) => `  ${prefix}…  ${name}  ${id}`),
      ];

export const userDisable: Command = {
  name: "user disable",
  usage: "<e-mail> --reason TEXT [--undo]",
  summary: "Lets a person in no more, from the very next request on; or in again.",
  positionals: ["e-mail"],
  options: { reason: { type: "string" }, undo: { type: "boolean" } },
  async run({ positionals: [address = ""], texts, flags }, tools) {
    const ctx = await openPeople(tools);
    const { id, email } = await findPerson(ctx, address);
    if (flags.includes("undo")) {
      await enableUser(ctx, COMMAND_LINE, id, AT_THE_MACHINE);
      return {
        json: { id, email, disabled: false },
        text: `${email} may come in again.`,
        ok: true,
      };
    }
    const wish = { id, reason: texts.reason ?? "" };
    const result = await disableUser(ctx, COMMAND_LINE, wish, AT_THE_MACHINE);
    if (result.kind === "last_owner") throw new Failure(LAST_OWNER);
    const { keys } = result;
    return {
      json: { id, email, disabled: true, keys },
      text: [`${email} comes in no more.`, ...aboutKeys(keys)].join("\n"),
      ok: true,
    };
  },
};

export const userReset: Command = {
  name: "user reset",
  usage: "<e-mail> [--second-factor --reason TEXT]",
  summary: "Prints a link by which a person sets another password, this once.",
  help: "With --second-factor it takes away the second factor instead; all sessions end.",
  positionals: ["e-mail"],
  options: { "second-factor": { type: "boolean" }, reason: { type: "string" } },
  async run({ positionals: [address = ""], texts, flags }, tools) {
    const ctx = await openPeople(tools);
    const { id, email } = await findPerson(ctx, address);
    if (!flags.includes("second-factor")) {
      return linkResult(await resetUser(ctx, COMMAND_LINE, id, AT_THE_MACHINE), { id });
    }
    const wish = { id, reason: texts.reason ?? "" };
    await endSecondFactorOf(ctx, COMMAND_LINE, wish, AT_THE_MACHINE);
    return { json: { id, email }, text: `The second factor of ${email} is removed.`, ok: true };
  },
};

function linkResult({ kind, url, expiresAt }: UserLink, of: { id: string }) {
  const until = expiresAt.toISOString();
  const text = `${url}\nGood once, until ${until}. It is not shown again.`;
  return { json: { ...of, kind, url, expiresAt: until }, text, ok: true };
}
