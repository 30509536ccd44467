import { type AddressInfo, createServer, type Server } from "node:net";

/** Listens on this machine, by IPv4 and where it can by IPv6 at the same port; whoever connects is counted. */
export async function openCanary() {
  let visits = 0;
  const visited = (): void => {
    visits += 1;
  };
  const four = createServer(visited);
  await listen(four, "127.0.0.1", 0);
  const { port } = four.address() as AddressInfo;
  const six = createServer(visited);
  const hasSix = await listen(six, "::1", port).then(
    () => true,
    () => false,
  );
  const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    port,
    visits: () => visits,
    close: async () => {
      await close(four);
      if (hasSix) await close(six);
    },
  };
}

const listen = (server: Server, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // Hangs up on whoever comes: nobody waits for it.
    server.on("connection", (socket) =>
      socket
        .on("error", () => undefined)
        .resume()
        .end(),
    );
    server.listen(port, host, resolve);
  });
