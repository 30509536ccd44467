import { z } from "zod";

/** What the provider has signed. Anything else in it is passed over. */
export const claims = z.looseObject({
  iss: z.string().min(1).max(1_000),
  sub: z.string().min(1).max(255),
  /** Of the one way there and back: next-auth has held it against its cookie. */
  nonce: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.unknown().optional(),
  auth_time: z.number().optional(),
  amr: z.array(z.string()).optional().catch(undefined),
});
export type Claims = z.infer<typeof claims>;
