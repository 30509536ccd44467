/** Runs once as the server starts: a missing or weak secret stops it here, with a sentence. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { envOrExit } = await import("#lib/platform/env.ts");
  const { KEYHOLD_PROXIES, NEXTAUTH_URL } = envOrExit();
  const { limitRequests } = await import("#app/_server/limit-requests.ts");
  const { believeProxies } = await import("#app/_server/believe-proxies.ts");
  limitRequests();
  // What ends TLS before us is one.
  believeProxies(KEYHOLD_PROXIES ?? (NEXTAUTH_URL.startsWith("https") ? 1 : 0));
}

/** What nothing else caught while a page was being rendered. */
export async function onRequestError(error: unknown, request: { path: string }): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { runtime } = await import("#app/_server/runtime.ts");
  // A start that failed is logged already, and is what the page failed of.
  const ctx = await runtime().catch(() => null);
  // The digest is the reference that the page shows. The query may carry what a person searched for.
  const { digest } = error as { digest?: string };
  ctx?.log.error({ err: error, path: request.path.split("?")[0], digest }, "a page failed");
}
