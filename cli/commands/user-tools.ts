import type { LinkCore } from "#lib/access/context.ts";
import { email } from "#lib/access/credentials.ts";
import { GRANTS, type Grant, ROLES, type Role } from "#lib/access/permissions.ts";
import { Failure, type Tools, UsageProblem } from "../command.ts";

/** What commands about people work with: links lead to the installation's own address. */
export async function openPeople(tools: Tools): Promise<LinkCore> {
  return { ...(await tools.core()), consoleUrl: tools.env().NEXTAUTH_URL };
}

/** The person whom an address belongs to. */
export async function findPerson(ctx: LinkCore, typed: string) {
  const address = email.safeParse(typed);
  if (!address.success) throw new UsageProblem(`${typed} is no e-mail address.`);
  const user = await ctx.db.user.findUnique({ where: { email: address.data } });
  if (!user) throw new Failure(`Nobody has the address ${address.data}.`);
  return user;
}

export function roleOf(typed: string): Role {
  const role = ROLES.find((each) => each === typed);
  if (!role) throw new UsageProblem(`--role has to be one of ${ROLES.join(", ")}.`);
  return role;
}

/** `codes.values,export`, or `none`. */
export function grantsOf(typed: string): Grant[] {
  const words = typed === "none" ? [] : typed.split(",").map((word) => word.trim());
  const grants = GRANTS.filter((grant) => words.includes(grant));
  if (grants.length !== words.length) {
    throw new UsageProblem(`--grants has to be none, or some of ${GRANTS.join(",")}.`);
  }
  return grants;
}

/** `50 USD,3000 RUB`, or `none`. */
export function limitsOf(typed: string): { currency: string; perDay: string }[] {
  if (typed === "none") return [];
  return typed.split(",").map((part) => {
    const [perDay = "", currency = "", ...more] = part.trim().split(/\s+/);
    if (more.length > 0 || !/^[A-Z]{3,8}$/.test(currency)) {
      throw new UsageProblem("--spend has to be none, or like “50 USD,3000 RUB”.");
    }
    return { currency, perDay };
  });
}
