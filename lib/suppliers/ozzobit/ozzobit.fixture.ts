import { onTestFinished } from "vitest";
import { type OzzobitOptions, startOzzobit } from "../../../simulator/ozzobit/server.ts";
import { signingIn } from "../conformance/signing-in.fixture.ts";
import type { NewSupplierOrder } from "../port.ts";
import type { OzzobitConfig } from "./config.ts";
import { ozzobitConfig } from "./config.ts";
import { connectOzzobit } from "./connect.ts";

export const PRODUCT = {
  id: "usdt-tron",
  name: "USDT on TRON",
  cryptoCurrency: "USDT",
  network: "tron",
  fiatAmount: "10.50",
};

export const REFERENCE = "019a9f5e-1c3a-7000-8000-000000000001";

export function newOrder(reference = REFERENCE): NewSupplierOrder {
  return {
    reference,
    items: [{ productId: PRODUCT.id, quantity: 2, note: { walletAddress: "T-wallet-1" } }],
    isMock: false,
    totalPrice: "21.00",
    currency: "USD",
  };
}

export const limits = { notAfter: new Date("2100-01-01T00:00:00Z") };

/** The stand-in, where nothing moves by itself, and an account at it; both closed when the test ends. */
export async function openOzzobit(
  given: Partial<OzzobitConfig> = {},
  options: OzzobitOptions = {},
  now: () => Date = () => new Date(),
) {
  const simulator = await startOzzobit(options);
  simulator.world.book.way = null;
  const config = ozzobitConfig.parse({
    baseUrl: simulator.baseUrl,
    socketUrl: simulator.socketUrl,
    products: [PRODUCT],
    ...given,
  });
  const { apiKey, apiSecret } = simulator.world.keys;
  /** As accounts hold it: whoever calls it signs in. */
  const bare = connectOzzobit({ config, apiKey, apiSecret, pushes: true, now });
  const supplier = signingIn(bare);
  onTestFinished(async () => {
    await supplier.close();
    await simulator.close();
  });
  return { simulator, world: simulator.world, supplier, bare, config };
}
