import { z } from "zod";

const endpoint = z.enum(["token", "create", "get", "list", "any"]);

/** What goes wrong from now on; each part is replaced as a whole when it is set. */
export const faultsSchema = z.strictObject({
  /** The next `times` requests: no answer (with or without effect), or this answer without effect. */
  http: z
    .strictObject({
      endpoint: endpoint.default("any"),
      times: z.number().int().min(1).default(1),
      /** `held`: it takes effect, and who asked waits for ever. */
      loseReply: z.enum(["before", "after", "held"]).optional(),
      status: z.number().int().min(200).max(599).optional(),
      body: z.string().default('{"message":"not now"}'),
      headers: z.record(z.string(), z.string()).default({}),
    })
    .nullable()
    .default(null),
  webhook: z
    .strictObject({
      form: z.enum(["plain", "aes", "aes-payload"]).default("plain"),
      lose: z.boolean().default(false),
      twice: z.boolean().default(false),
      delayMs: z.number().int().min(0).default(0),
      wrongSignature: z.boolean().default(false),
      unknownOrder: z.boolean().default(false),
    })
    .prefault({}),
  socket: z
    .strictObject({
      /** Nobody is let in. */
      refuse: z.boolean().default(false),
      /** The heart beats, and no update is told. */
      silent: z.boolean().default(false),
      twice: z.boolean().default(false),
      /** Each update names a status that isn't so. */
      lie: z.boolean().default(false),
    })
    .prefault({}),
});

export type Faults = z.infer<typeof faultsSchema>;
export type Endpoint = z.infer<typeof endpoint>;
