import { z } from "zod";

const PLAIN_AMOUNT = /^(?!0+(?:\.0+)?$)\d{1,9}(?:\.\d{1,2})?$/;

function addressOf(...protocols: string[]) {
  return z
    .string()
    .trim()
    .max(300)
    .refine((text) => isAddress(text, protocols), { message: "url" });
}

function isAddress(text: string, protocols: readonly string[]): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !protocols.includes(url.protocol)) return false;
  return !(url.username || url.password || url.search || url.hash);
}

const word = (maxChars: number) => z.string().trim().min(1).max(maxChars);

/** One thing that may be ordered: OZZOBiT has no catalogue, so a person says what is on offer. */
const product = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9._:-]{1,100}$/),
  name: word(200),
  side: z.enum(["BUY", "SELL"]).default("BUY"),
  cryptoCurrency: word(20),
  network: word(40),
  /** What one of it costs, in the currency of the account. */
  fiatAmount: z.string().regex(PLAIN_AMOUNT),
  asksForWallet: z.boolean().default(true),
});

export type OzzobitProduct = z.infer<typeof product>;

/** What an OZZOBiT account is configured by, beside its secrets. */
export const ozzobitConfig = z.strictObject({
  /** Paths begin with `/api/v2`, so `api` stands twice in a whole address. */
  baseUrl: addressOf("https:", "http:").default("https://ozzobit.com/api"),
  currency: z
    .string()
    .trim()
    .regex(/^[A-Za-z]{2,10}$/)
    .transform((code) => code.toUpperCase())
    .default("USD"),
  /** Both ways stand in the supplier's papers: the secret itself as Bearer, or a token got with it. */
  signIn: z.enum(["secret_key", "token"]).default("secret_key"),
  /** Null: nothing is listened to. */
  socketUrl: addressOf("wss:", "ws:", "https:", "http:").nullable().default("wss://ozzobit.com/ws"),
  socketPath: z
    .string()
    .regex(/^\/[\w./-]{0,100}$/)
    .default("/socket.io/"),
  /** Which forms of a message are taken; the papers disagree, so both, until one was seen. */
  webhookForms: z
    .array(z.enum(["plain", "encrypted"]))
    .min(1)
    .default(["plain", "encrypted"]),
  products: z
    .array(product)
    .max(200)
    .default([])
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, {
      message: "taken",
    }),
});

export type OzzobitConfig = z.infer<typeof ozzobitConfig>;
