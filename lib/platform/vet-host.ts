import { isIP } from "node:net";
import { type AddressPolicy, mayLead, plainHost } from "./check-url.ts";
import { AddressRefused, NameUnresolved } from "./outbound-errors.ts";
import { addressKind } from "./public-address.ts";
import type { Resolve } from "./resolve-name.ts";

export type Vetted = { address: string; family: 4 | 6 };

/** More are not tried: whoever has a hundred would keep us connecting. */
const MOST_ADDRESSES = 4;

/**
 * The addresses a host may be connected to at, best first: IPv4, since many machines have no other. An address in
 * the host's place is judged as it stands; Node would connect to it without asking any `lookup`.
 */
export async function vetHost(
  { host, port }: { host: string; port: number },
  policyOf: (host: string) => AddressPolicy,
  resolve: Resolve,
): Promise<[Vetted, ...Vetted[]]> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new AddressRefused("the port is none");
  }
  const name = plainHost(host);
  const policy = policyOf(name);
  const addresses = isIP(name) ? [name] : await resolve(name);
  if (!addresses.every((address) => mayLead(addressKind(address), policy))) {
    throw new AddressRefused();
  }
  const [first, ...rest] = [...new Set(addresses)]
    .map((address): Vetted => ({ address, family: isIP(address) === 4 ? 4 : 6 }))
    .sort((one, other) => one.family - other.family)
    .slice(0, MOST_ADDRESSES);
  if (!first) throw new NameUnresolved("ENODATA");
  return [first, ...rest];
}
