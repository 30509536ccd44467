import { createServer } from "node:net";

function tryListen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      const bound = server.address().port;
      server.close(() => resolve(bound));
    });
  });
}

/**
 * Whether a server could listen there now. For 127.0.0.1 the IPv6 loopback is looked at too, since a
 * browser that is told `localhost` may try it first and would reach the stranger who listens on it.
 */
export async function isPortFree(port, host = "127.0.0.1") {
  const hosts = host === "127.0.0.1" ? [host, "::1"] : [host];
  for (const each of hosts) {
    try {
      await tryListen(port, each);
    } catch (error) {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") return false;
      if (each !== "::1") throw error;
    }
  }
  return true;
}

/** The preferred port when it is free, otherwise one that the system picks. */
export async function freePort(preferred) {
  if (preferred && (await isPortFree(preferred))) return preferred;
  return tryListen(0, "127.0.0.1");
}
