import { z } from "zod";
import { baseAddress } from "../http/address.ts";
import type { SupplierKind } from "../supplier-kind.ts";
import { CURRENCY, connectFoxreload } from "./connect.ts";

const config = z.strictObject({
  baseUrl: baseAddress.default("https://public-api.foxreload.com"),
  /** That prices are asked for in. */
  currency: z
    .string()
    .regex(CURRENCY)
    .transform((code) => code.toUpperCase())
    .default("USD"),
});

export type FoxreloadConfig = z.infer<typeof config>;

export const foxreloadKind: SupplierKind<FoxreloadConfig> = {
  kind: "foxreload",
  config,
  secrets: [{ name: "apiKey", isRequired: true, isGenerated: false, proves: "us" }],
  addresses: ({ baseUrl }) => [baseUrl],
  connect: ({ config: { baseUrl, currency }, secrets, now, connector }) => ({
    supplier: connectFoxreload({
      baseUrl,
      currency,
      apiKey: secrets.apiKey?.[0] ?? "",
      now,
      connector,
    }),
    currency,
    inbound: null,
    openSocket: null,
  }),
};
