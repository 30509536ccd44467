/** The simulator as a process of its own: a supplier at which orders are created and paid. */
import type { Client } from "pg";
import { v7 } from "uuid";
import { buildCatalogue } from "#simulator/catalogue/build-catalogue.ts";
import { startProcess } from "./actor.ts";
import { bareEnvironment } from "./environment.ts";
import { SUPPLIER_ID } from "./seed.ts";
import { waitUntil } from "./wait-until.ts";

const SLUG = "test-plain-codes";

export async function startSimulator(
  folder: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const flags = {
    "--port": "0",
    "--control-port": "0",
    "--data": "none",
    "--api-key": "bench-key",
    "--paid-ms": "200-400",
    "--complete-ms": "1000-2000",
    "--balance": "usd=1000000",
  };
  const args = ["simulator/main.ts", ...Object.entries(flags).flat()];
  const { child: _, ...self } = startProcess("simulator", args, bareEnvironment(), folder);
  await waitUntil("the simulator listens", async () => self.hasSaid('"listening"'));
  const { listening } = JSON.parse(self.lastWords()) as { listening: { port: number } };
  return { url: `http://127.0.0.1:${listening.port}`, stop: () => self.stop() };
}

export type Ware = { productId: string; price: string };

/** One of its products, as our catalogue would know it. */
export async function seedProduct(client: Client): Promise<Ware> {
  const product = buildCatalogue().product(SLUG);
  if (!product) throw new Error(`The simulator has no ${SLUG}.`);
  const productId = v7();
  await client.query(
    `insert into products (id, supplier_id, external_id, name, price, currency, seen_at)
     values ($1, $2, $3, $4, $5, 'USD', now())`,
    [productId, SUPPLIER_ID, product.id, product.name, product.usdPrice],
  );
  return { productId, price: product.usdPrice };
}
