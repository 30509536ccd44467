import { hash, verify } from "@node-rs/argon2";

/** OWASP's second argon2id choice: 19 MiB, two passes. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const SHORTEST_PASSWORD = 12;

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

/** Verifies against a hash of nobody's password when there is no user, so that both take the same time. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await nobodysHash()), password);
  return stored !== null && matches;
}

let nobody: Promise<string> | undefined;
function nobodysHash(): Promise<string> {
  nobody ??= hashPassword("the password of nobody at all");
  return nobody;
}
