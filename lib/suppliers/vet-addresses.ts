import { addressKind } from "#lib/platform/public-address.ts";
import type { SuppliersContext } from "./context.ts";
import type { SupplierProblem } from "./room-types.ts";
import type { SupplierKind } from "./supplier-kind.ts";

/**
 * Asks of every host that an account would be called at whether it may be, and can be found. Asked again
 * with each connection: a name may lead elsewhere by then.
 */
export async function vetAddresses(
  { guard }: Pick<SuppliersContext, "guard">,
  kind: SupplierKind,
  config: unknown,
): Promise<SupplierProblem[]> {
  const problems = await Promise.all(
    kind.addresses(config).map(async (address) => {
      const path = pathOf(config, address);
      const { hostname, port, protocol } = new URL(address);
      const isSecure = protocol === "https:" || protocol === "wss:";
      try {
        const host = hostname.replace(/^\[(.*)\]$/, "$1");
        const vetted = await guard.vet(host, Number(port) || (isSecure ? 443 : 80), "service");
        // A key sent there would be there for everyone on the way to read.
        const isOpen = !isSecure && addressKind(vetted.address) === "public";
        return isOpen ? [{ path, code: "scheme" }] : [];
      } catch (error) {
        const refused = (error as { code?: unknown }).code === "ADDRESS_REFUSED";
        return [{ path, code: refused ? "not_public" : "unresolved" }];
      }
    }),
  );
  return problems.flat();
}

/** The field that holds it, where it is one of the outermost. */
function pathOf(config: unknown, address: string): string {
  const found = Object.entries(config as object).find(([, value]) => value === address);
  return found ? `config.${found[0]}` : "config";
}
