import { lookup, Resolver } from "node:dns/promises";
import { NameUnresolved } from "./outbound-errors.ts";

/** All addresses of a name, or none. Throws `NameUnresolved`. */
export type Resolve = (name: string) => Promise<string[]>;

const ANSWER_MS = 2_000;
const TRIES = 2;
const SYSTEM_MS = 5_000;

/**
 * Asks the name servers themselves. The system's own way would hold one of the process's four helper threads while a
 * name server is silent: four names of one customer's would keep everybody waiting. `servers` is for tests.
 */
export const resolveByDns: Resolve = (name) => askServers(name);

export async function askServers(name: string, servers?: string[]): Promise<string[]> {
  // One for each name: it has read the system's settings just now, and remembers no answer.
  const resolver = new Resolver({ timeout: ANSWER_MS, tries: TRIES });
  if (servers) resolver.setServers(servers);
  const deadline = setTimeout(() => resolver.cancel(), ANSWER_MS * TRIES);
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  clearTimeout(deadline);
  const addresses = answers.flatMap((answer) =>
    answer.status === "fulfilled" ? answer.value : [],
  );
  if (addresses.length > 0) return addresses;
  const codes = answers.map((answer) => codeOf(answer.status === "rejected" && answer.reason));
  // That it has none of one kind says less than whatever became of the other question.
  throw new NameUnresolved(codes.find((code) => code !== "ENODATA") ?? "ENODATA");
}

/** As all other programs on the machine do, with the hosts file and the network's own names. */
export const resolveBySystem: Resolve = async (name) => {
  let deadline: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => reject(new NameUnresolved("ETIMEOUT")), SYSTEM_MS);
  });
  try {
    const found = await Promise.race([lookup(name, { all: true }), tooLate]);
    return found.map(({ address }) => address);
  } catch (error) {
    throw error instanceof NameUnresolved ? error : new NameUnresolved(codeOf(error));
  } finally {
    clearTimeout(deadline);
  }
};

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "ENOTFOUND";
}
