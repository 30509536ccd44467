import { hash, verify } from "@node-rs/argon2";

/** OWASP's second argon2id choice: 19 MiB, two passes. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

/** Verifies against a hash of nobody's password when there is no user, so that both take the same time. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  // Made before either check, so that the first unknown user of a process doesn't take longer.
  nobodysHash ??= hashPassword("the password of nobody at all");
  const nobodys = await nobodysHash;
  const matches = await verify(stored ?? nobodys, password);
  return stored !== null && matches;
}

let nobodysHash: Promise<string> | undefined;
