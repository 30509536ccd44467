import type { Socket } from "node:net";
import type { buildConnector } from "undici";
import { type AddressPolicy, checkUrl, plainHost, type WebAddress } from "./check-url.ts";
import { openSocket, type SocketOptions } from "./open-socket.ts";
import { PlainRefused } from "./outbound-errors.ts";
import { addressKind } from "./public-address.ts";
import { type Resolve, resolveByDns, resolveBySystem } from "./resolve-name.ts";
import { type Vetted, vetHost } from "./vet-host.ts";

/**
 * What a connection is for. A webhook's host is whatever somebody typed in; a service (Redis, SMTP, SQS, a bot's
 * API) may be the operator's own, where the configuration names it.
 */
export type Purpose = "webhook" | "service";

export type GuardOptions = {
  /** Lets everything reach the own network and this machine, by http and any port: tests and demo only. */
  allowPrivate: boolean;
  /** Hosts that services may be in the own network at, in small letters. */
  privateHosts: string[];
  /** In tests; otherwise DNS for webhooks, and for the rest what the system knows (with its hosts file). */
  resolve?: Resolve;
  /** The one certificate authority to trust, in tests; otherwise those that Node trusts. */
  ca?: string;
};

/** Every connection to a host that Keyhold's own code didn't choose is made through this. */
export type OutboundGuard = {
  /** Of a webhook, as typed in: without a look at DNS. Throws `UrlRefused`. */
  checkUrl(url: string): WebAddress;
  /**
   * The address to connect to, and no other: the name may lead elsewhere a moment later. Throws `AddressRefused`
   * where any of the host's addresses isn't public, `NameUnresolved` where it has none.
   */
  vet(host: string, port: number, purpose: Purpose): Promise<Vetted>;
  /**
   * A socket, secured where asked for, connected to a vetted address of the host, the name being that of its
   * certificate; for clients that take a socket. Throws as `vet`, the error of the connection, or `PlainRefused`:
   * a service at a public address is spoken to over TLS only.
   */
  connect(host: string, port: number, purpose: Purpose, options: SocketOptions): Promise<Socket>;
  /** The same for undici: `new Pool(origin, { connect: guard.connector("webhook") })`. */
  connector(purpose: Purpose, timeoutMs?: number): buildConnector.connector;
};

export function createOutboundGuard(options: GuardOptions): OutboundGuard {
  const ownHosts = new Set(options.privateHosts.map(plainHost));
  const policyOf = (host: string, purpose: Purpose): AddressPolicy => ({
    ownNetwork: options.allowPrivate || (purpose === "service" && ownHosts.has(host)),
  });
  const resolveFor = (purpose: Purpose): Resolve =>
    options.resolve ??
    (purpose === "webhook" && !options.allowPrivate ? resolveByDns : resolveBySystem);

  const vetAll = (host: string, port: number, purpose: Purpose) =>
    vetHost({ host, port }, (name) => policyOf(name, purpose), resolveFor(purpose));

  const connect: OutboundGuard["connect"] = async (host, port, purpose, socket) => {
    const isPlain = purpose === "service" && !socket.tls && !socket.securesLater;
    return openSocket({ host, port, ca: options.ca, ...socket }, async () => {
      const vetted = await vetAll(host, port, purpose);
      if (isPlain && vetted.some(({ address }) => addressKind(address) === "public")) {
        throw new PlainRefused();
      }
      return vetted;
    });
  };

  return {
    checkUrl: (url) => checkUrl(url, { ownNetwork: options.allowPrivate }),
    vet: async (host, port, purpose) => (await vetAll(host, port, purpose))[0],
    connect,
    connector:
      (purpose, timeoutMs = 10_000) =>
      ({ hostname, port, protocol }, done) => {
        const tls = protocol === "https:";
        connect(hostname, Number(port) || (tls ? 443 : 80), purpose, { tls, timeoutMs }).then(
          (socket) => done(null, socket),
          (error) => done(error, null),
        );
      },
  };
}
