/** Keyhold's configuration in a benchmark: production, and nothing else of the surroundings. */
export function environmentOf(
  databaseUrl: string,
  supplierUrl: string,
  more: Partial<NodeJS.ProcessEnv> = {},
): NodeJS.ProcessEnv {
  return {
    ...bareEnvironment(),
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: "benchmarks have nobody who signs in 0123456789",
    CRON_SECRET: "and nobody who calls cron 0123456789",
    KEYHOLD_SEALING_KEYS: `bench:${Buffer.from("a fixed key of 32 bytes, 4 bench").toString("base64")}`,
    FOXRELOAD_BASE_URL: supplierUrl,
    FOXRELOAD_API_KEY: "bench-key",
    // Whoever is delivered to listens on loopback.
    KEYHOLD_ALLOW_PRIVATE_ENDPOINTS: "1",
    LOG_LEVEL: "warn",
    ...more,
  };
}

/** What a process of ours needs that isn't Keyhold. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TZ } = process.env;
  return { PATH, HOME, TZ, NODE_ENV: "production" };
}
