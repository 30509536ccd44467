import { z } from "zod";

/** A header's name, in lower case as headers are asked for. */
const header = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/);

/** How a supplier proves its messages, as an account is configured. Secrets stand elsewhere. */
export const pushScheme = z.discriminatedUnion("scheme", [
  z.strictObject({
    scheme: z.literal("hmac_sha256"),
    header,
    /** What stands before the signature, e.g. `sha256=`. */
    prefix: z.string().max(32).default(""),
    encoding: z.enum(["hex", "base64"]).default("hex"),
  }),
  /** Also under Svix' names of the headers. */
  z.strictObject({ scheme: z.literal("standard_webhooks") }),
  /** The secret itself, in a header: whoever sees one message can make others. */
  z.strictObject({ scheme: z.literal("fixed_secret"), header }),
  /** Base64. Its "secrets" are public keys: PEM, or the base64 of a PEM or of DER. */
  z.strictObject({ scheme: z.literal("rsa_sha256"), header }),
  /** `t=…,v1=…` */
  z.strictObject({ scheme: z.literal("stripe"), header: header.default("stripe-signature") }),
]);

export type PushScheme = z.infer<typeof pushScheme>;
export type PushSchemeName = PushScheme["scheme"];
