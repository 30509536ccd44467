/** The route over real HTTP, without Next around it. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";

type Route = (
  request: Request,
  context: { params: Promise<{ supplierSlug: string }> },
) => Promise<Response>;

export async function serveRoute(route: Route): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (incoming, outgoing) => {
    const supplierSlug = incoming.url?.split("/").at(-1) ?? "";
    const answer = await route(toRequest(incoming), { params: Promise.resolve({ supplierSlug }) });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function toRequest(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const one of value ?? []) headers.append(name, one);
  }
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  const options = { method: "POST", headers, body, duplex: "half" };
  return new Request(`http://localhost${incoming.url}`, options as RequestInit);
}
