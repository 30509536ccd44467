import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectSecured } from "node:tls";
import { plainHost } from "./check-url.ts";
import { AddressRefused, ConnectionClosed, ConnectTimeout } from "./outbound-errors.ts";
import { isSameAddress } from "./public-address.ts";
import type { Vetted } from "./vet-host.ts";

export type SocketOptions = {
  tls: boolean;
  /** The client begins TLS itself, before it says anything that matters (STARTTLS). */
  securesLater?: boolean;
  /** For all of it: resolving, connecting, securing. */
  timeoutMs: number;
  /** Protocols to agree on within TLS. */
  alpn?: string[];
  /** Certificate authorities in place of the usual ones (PEM). */
  ca?: string | string[] | undefined;
};

type Target = SocketOptions & { host: string; port: number };

/** Connects to the first of the vetted addresses that answers, and makes sure that it is the one. */
export async function openSocket(
  target: Target,
  vet: () => Promise<[Vetted, ...Vetted[]]>,
): Promise<Socket> {
  let socket: Socket | null = null;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isOver = true;
      reject(new ConnectTimeout());
      socket?.destroy();
    }, target.timeoutMs);
  });
  const attempt = async (): Promise<Socket> => {
    const addresses = await vet();
    for (const [index, vetted] of addresses.entries()) {
      if (isOver) break;
      try {
        socket = await connected(vetted, target, (opened) => {
          socket = opened;
        });
        return socket;
      } catch (error) {
        if (index + 1 === addresses.length || !isUnreachable(error)) throw error;
      }
    }
    throw new ConnectTimeout();
  };
  try {
    return await Promise.race([attempt(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function connected(
  { address, family }: Vetted,
  { host, port, tls, alpn, ca }: Target,
  opened: (socket: Socket) => void,
): Promise<Socket> {
  const where = { host: address, port, family };
  const name = plainHost(host);
  const socket = tls
    ? connectSecured({
        ...where,
        // An address is no name to ask for; it is compared with the certificate all the same.
        servername: isIP(name) ? "" : name,
        ...(alpn ? { ALPNProtocols: alpn } : {}),
        ...(ca === undefined ? {} : { ca }),
      })
    : connectPlain(where);
  opened(socket);
  return new Promise((resolve, reject) => {
    // Stays on: between this moment and the client's own listener an error would end the process.
    socket.on("error", reject);
    socket.once("close", () => reject(new ConnectionClosed()));
    socket.once("connect", () => {
      if (socket.remoteAddress && isSameAddress(socket.remoteAddress, address)) return;
      reject(new AddressRefused("the connection leads elsewhere"));
      socket.destroy();
    });
    socket.once(tls ? "secureConnect" : "connect", () => {
      socket.setNoDelay(true).setKeepAlive(true, 60_000);
      resolve(socket);
    });
  });
}

const UNREACHABLE = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"]);

function isUnreachable(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" && UNREACHABLE.has(code);
}
