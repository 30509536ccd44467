/**
 * Who may import whom. Each rule says why; `scripts/check-imports.mjs` holds them, for `npm run verify`
 * and `npm test`: `rules` over every import, `runTimeRules` over those that are more than types.
 */

/**
 * The rooms of lib and what each may stand on, lowest floor first. Neighbours are strangers, except
 * access and audit: one notes who acted, the other has what it does to people noted.
 */
const ordersFloors = [
  "platform",
  "access",
  "audit",
  "events",
  "signals",
  "suppliers",
  "codes",
  "balance",
  "catalog",
  "polling",
  "placement",
];
const floorOf = {
  platform: [],
  access: ["platform", "audit"],
  audit: ["platform", "access"],
  events: ["platform", "access"],
  signals: ["platform", "access", "events"],
  deliveries: ["platform", "access", "audit", "events", "signals"],
  suppliers: ["platform", "access", "audit"],
  codes: ["platform", "access", "audit", "signals"],
  balance: ["platform", "access", "audit", "events", "signals", "suppliers", "codes"],
  catalog: ["platform", "access", "audit", "suppliers", "codes"],
  polling: ["platform", "access", "audit", "suppliers", "codes"],
  placement: [
    "platform",
    "access",
    "audit",
    "events",
    "signals",
    "suppliers",
    "codes",
    "balance",
    "polling",
  ],
  orders: ordersFloors,
  reconcile: [...ordersFloors, "orders"],
  sweep: [...ordersFloors, "orders"],
  inbound: [...ordersFloors, "orders"],
  doctor: [...ordersFloors, "orders", "reconcile"],
  alerts: [...ordersFloors, "deliveries", "orders", "reconcile", "sweep", "inbound", "doctor"],
  api: [...ordersFloors, "deliveries", "orders"],
  overview: [
    ...ordersFloors,
    "deliveries",
    "orders",
    "reconcile",
    "sweep",
    "inbound",
    "doctor",
    "alerts",
  ],
  engine: [
    ...ordersFloors,
    "deliveries",
    "orders",
    "reconcile",
    "sweep",
    "inbound",
    "doctor",
    "alerts",
  ],
};

const tests = "\\.test\\.(ts|tsx|mjs)$";
const testing = `(${tests}|\\.fixture\\.ts$|^simulator/testing/|^prisma/test-database\\.ts$|^lib/.+/testing/)`;
/** Server actions; `preferences.ts` holds the ones that are open to everybody. */
const actions = "([/-]actions?|^app/_server/preferences)\\.ts$";
/** Files of lib that may travel to the browser: pure, and named so that one sees it. */
const browserSafe = [
  "^lib/[^/]+/(lifecycle|schema|types|labels|signals|note-problems)\\.ts$",
  "^lib/[^/]+/[^/]+-(schedule|policy|limits)\\.ts$",
  "^lib/deliveries/(endpoint|channels/[^/]+)-schema\\.ts$",
  "^lib/platform/money\\.ts$",
  "^lib/signals/fact-forms\\.ts$",
  "^lib/access/permissions\\.ts$",
  "^lib/alerts/alert-filter\\.ts$",
  "^lib/alerts/runbooks/(buttons|types)\\.ts$",
  "^lib/alerts/(dossier/types|policies/(types|policy-limits))\\.ts$",
];

const floors = Object.entries(floorOf).map(([room, below]) => ({
  name: `floor-${room}`,
  comment: `lib/${room} stands on ${below.join(", ") || "nothing of ours"}. Imports go downstairs only, and neighbours meet in a room above.`,
  severity: "error",
  from: { path: `^lib/${room}/`, pathNot: testing },
  to: { path: "^lib/", pathNot: `^lib/(${[room, ...below].join("|")})/` },
}));

const rules = [
  ...floors,
  {
    name: "no-unknown-room",
    comment: "A new room in lib has to be given its floor in .dependency-cruiser.cjs.",
    severity: "error",
    from: {},
    to: { path: "^lib/", pathNot: `^lib/(${Object.keys(floorOf).join("|")})/` },
  },
  {
    name: "lib-knows-no-door",
    comment:
      "lib runs in the web server, in workers and in scripts alike: it knows no page and no framework.",
    severity: "error",
    from: { path: "^lib/", pathNot: testing },
    to: {
      path: [
        "^(app|bench|cli|components|e2e|harness|scripts)/",
        "node_modules/(next|react|react-dom|next-auth|next-intl|@tanstack|radix-ui)/",
      ],
    },
  },
  {
    name: "store-is-private",
    comment: "A room's rows are written by that room alone. Call one of its verbs instead.",
    severity: "error",
    from: { path: "^lib/([^/]+)/" },
    to: { path: "^lib/[^/]+/store(\\.ts$|/)", pathNot: "^lib/$1/" },
  },
  {
    name: "store-is-private-to-lib",
    comment: "Doors call a room's verbs and reads, never its locking and writing SQL.",
    severity: "error",
    from: { pathNot: "^lib/" },
    to: { path: "^lib/[^/]+/store(\\.ts$|/)" },
  },
  {
    name: "ui-is-domain-free",
    comment:
      "components/ui could stand in any product: it knows nothing of orders, codes or suppliers.",
    severity: "error",
    from: { path: "^components/ui/" },
    to: { path: "^(lib|app|prisma|simulator)/|^components/(?!ui/)" },
  },
  {
    name: "doors-read-no-rows",
    comment:
      "A page, action or route calls a verb or a read of lib. Only app/_server, which wires them up, knows the database.",
    severity: "error",
    from: { path: "^app/", pathNot: `^app/_server/|${tests}` },
    to: { path: "^prisma/|^lib/platform/db\\.ts$|node_modules/(@prisma|pg)/" },
  },
  {
    name: "simulator-is-a-stranger",
    comment:
      "The simulator stands in for a supplier over HTTP. If it shared code with Keyhold, both would share the same misreading.",
    severity: "error",
    from: { path: "^simulator/" },
    to: { path: "^(lib|app|bench|cli|components|harness|i18n|prisma|e2e|scripts)/" },
  },
  {
    name: "receiver-is-a-stranger",
    comment:
      "The receiver stands in for a shop that knows nothing of Keyhold but what is documented: it verifies with a library of its own.",
    severity: "error",
    from: { path: "^receiver/", pathNot: testing },
    to: { path: "^(lib|app|bench|cli|components|harness|i18n|prisma|simulator|e2e|scripts)/" },
  },
  {
    name: "nobody-needs-the-receiver",
    comment: "Keyhold meets the receiver over HTTP alone.",
    severity: "error",
    from: { path: "^(lib|app|cli|components|i18n|prisma|simulator)/", pathNot: testing },
    to: { path: "^receiver/" },
  },
  {
    name: "nobody-needs-the-simulator",
    comment:
      "Keyhold meets the simulator over HTTP alone; only tests and the harness start it themselves.",
    severity: "error",
    from: { path: "^(lib|app|cli|components|i18n|prisma)/", pathNot: testing },
    to: { path: "^simulator/" },
  },
  {
    name: "tests-are-leaves",
    comment: "What tests and product share belongs in a file that is not a test.",
    severity: "error",
    from: { pathNot: `${testing}|^e2e/` },
    to: { path: [tests, "^e2e/", "^prisma/test-database\\.ts$"] },
  },
  {
    name: "no-orphans",
    comment: "Nothing imports this file and it imports nothing: use it or delete it.",
    severity: "error",
    from: {
      orphan: true,
      pathNot: [tests, "\\.d\\.ts$", "\\.config\\.(ts|mjs|cjs)$", "^app/", "^prisma/generated/"],
    },
    to: {},
  },
  {
    name: "not-to-unresolvable",
    comment: "The import leads nowhere. Imports of ours carry their file's extension.",
    severity: "error",
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: "not-to-undeclared",
    comment: "A package that package.json doesn't name may vanish with the next install.",
    severity: "error",
    from: {},
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  },
];

const runTimeRules = [
  {
    name: "browser-safe-stays-pure",
    comment:
      "This file may travel to the browser, so all that it needs may too: such files themselves, zod and big.js.",
    severity: "error",
    from: { path: browserSafe },
    to: { pathNot: [...browserSafe, "node_modules/(zod|big\\.js)/"] },
  },
  {
    name: "server-stays-on-the-server",
    comment: "app/_server knows Next and the rooms; nothing outside app may need it.",
    severity: "error",
    from: { pathNot: "^(app/|proxy\\.ts$|instrumentation\\.ts$)" },
    to: { path: "^app/_server/", pathNot: actions },
  },
  {
    name: "components-are-browser-safe",
    comment:
      "A component sees of a room what may travel to the browser: lifecycle, schema, types, labels, schedules, limits. Never a verb, store or read.",
    severity: "error",
    from: { path: "^components/", pathNot: tests },
    to: { path: "^lib/", pathNot: browserSafe },
  },
  {
    name: "components-call-actions",
    comment: "Of app, a component may import server actions; pages hand it everything else.",
    severity: "error",
    from: { path: "^components/", pathNot: tests },
    to: { path: "^(app|prisma)/", pathNot: actions },
  },
  {
    name: "no-circular",
    comment: "Files that need each other are one file, or lack a third that both stand on.",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    name: "not-to-dev-package",
    comment: "An installation without devDependencies lacks this package.",
    severity: "error",
    from: { path: "^(app|cli|components|i18n|lib|prisma|receiver|simulator)/", pathNot: testing },
    to: { dependencyTypes: ["npm-dev"] },
  },
];

module.exports = {
  rules,
  runTimeRules,
  options: {
    // TypeScript 7 has no compiler API to parse with.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(prisma/generated|\\.next|\\.data)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
  },
};
