/** Which kinds of account can be set up by a form; their words are `supplierSettings.kind.*`. */
export const formKinds = ["signed_webhook", "foxreload", "ozzobit"] as const;
export type FormKind = (typeof formKinds)[number];

/** A field of a kind's form; its words are `supplierSettings.field.<word>.*`. */
export type KindField = {
  /** Where what it holds goes: `config.…` or `secrets.…`. */
  path: string;
  word: string;
  /**
   * `pairs`: a line `name = value` for each entry of an object. `rows`: a line for each entry of a list, its
   * columns parted by semicolons, or JSON where it has more than these. `list`: words parted by commas.
   */
  kind: "text" | "choice" | "choices" | "flag" | "secret" | "key" | "pairs" | "rows" | "list";
  group: "reach" | "tell" | "offer" | "words";
  /** May be left empty. */
  optional?: true;
  /** Keyhold makes one where it is left empty. */
  made?: true;
  /** What it begins with. */
  initial?: string;
  placeholder?: string;
  choices?: readonly string[];
  /** Of a choice: with `none` all that stands beside it is nothing, too. */
  noneIsAll?: true;
  /** Left empty it is nothing, not the usual. */
  emptyIsNull?: true;
  /** Of rows. */
  columns?: readonly string[];
  /** Of rows: what goes without saying. */
  usual?: Readonly<Record<string, unknown>>;
  /** Of pairs: `true` and numbers are no texts. */
  typed?: true;
  /** Short: two stand on a line. */
  short?: true;
  /** It is there while the field of that path holds one of these. */
  when?: { path: string; is: readonly string[] };
};

type Rest = Omit<KindField, "path" | "word" | "group" | "kind">;

const field =
  (group: KindField["group"]) =>
  (path: string, kind: KindField["kind"], rest: Rest = {}): KindField => ({
    path,
    kind,
    group,
    word: path.replace(/^(config|secrets)\./, "").replaceAll(".", "_"),
    ...rest,
  });
const reach = field("reach");
const tell = field("tell");
const offer = field("offer");
const words = field("words");

const SCHEME = "config.signature.scheme";
const SHARED_SECRET = ["hmac_sha256", "standard_webhooks", "fixed_secret", "stripe"];
const NAMED_HEADER = ["hmac_sha256", "fixed_secret", "rsa_sha256", "stripe"];

const signedWebhook: readonly KindField[] = [
  reach("config.baseUrl", "text", { placeholder: "https://api.supplier.example/v1" }),
  reach("config.currency", "text", { initial: "USD", short: true }),
  reach("config.auth.by", "choice", {
    choices: ["bearer", "header", "none"],
    initial: "bearer",
    short: true,
  }),
  reach("config.auth.header", "text", {
    placeholder: "x-api-key",
    when: { path: "config.auth.by", is: ["header"] },
  }),
  reach("secrets.apiKey", "secret", { when: { path: "config.auth.by", is: ["bearer", "header"] } }),
  reach("config.paths.create", "text", { initial: "/orders", short: true }),
  reach("config.paths.order", "text", { optional: true, placeholder: "/orders/{id}", short: true }),
  reach("config.paths.find", "text", {
    optional: true,
    placeholder: "/orders?reference={reference}",
    short: true,
  }),
  reach("config.paths.balance", "text", { optional: true, placeholder: "/balance", short: true }),
  reach("config.guardsReference", "flag"),
  tell(SCHEME, "choice", {
    choices: ["hmac_sha256", "standard_webhooks", "fixed_secret", "rsa_sha256", "stripe", "none"],
    initial: "hmac_sha256",
    noneIsAll: true,
  }),
  tell("config.signature.header", "text", {
    initial: "x-signature",
    short: true,
    when: { path: SCHEME, is: NAMED_HEADER },
  }),
  tell("config.signature.prefix", "text", {
    initial: "sha256=",
    optional: true,
    short: true,
    when: { path: SCHEME, is: ["hmac_sha256"] },
  }),
  tell("config.signature.encoding", "choice", {
    choices: ["hex", "base64"],
    initial: "hex",
    short: true,
    when: { path: SCHEME, is: ["hmac_sha256"] },
  }),
  tell("secrets.webhookSecret", "secret", {
    made: true,
    when: { path: SCHEME, is: SHARED_SECRET },
  }),
  {
    ...tell("secrets.webhookSecret", "key", { placeholder: "-----BEGIN PUBLIC KEY-----" }),
    word: "publicKey",
    when: { path: SCHEME, is: ["rsa_sha256"] },
  },
  tell("config.tells", "choice", { choices: ["hint", "all"], initial: "hint" }),
  offer("config.paths.catalog", "text", { optional: true, placeholder: "/products" }),
  offer("config.products", "rows", {
    optional: true,
    columns: ["sku", "name", "price"],
    usual: { minQuantity: 1, isService: false },
    placeholder: "STEAM-20; Steam 20 USD; 19.40",
  }),
  words("config.create", "pairs", { optional: true, placeholder: "reference = merchant_order_id" }),
  words("config.create.constants", "pairs", {
    optional: true,
    typed: true,
    placeholder: "channel = keyhold",
  }),
  words("config.fields", "pairs", { optional: true, placeholder: "id = data.order_id" }),
  words("config.statuses", "pairs", { optional: true, placeholder: "dispatched = completed" }),
  words("config.message", "pairs", { optional: true, placeholder: "event = type" }),
  words("config.events", "pairs", { optional: true, placeholder: "order.done = fulfilled" }),
  words("config.balance", "pairs", { optional: true, placeholder: "available = amount" }),
  words("config.catalog", "pairs", { optional: true, placeholder: "sku = product_id" }),
  words("config.errors", "pairs", { optional: true, placeholder: "NO_FUNDS = balance" }),
  words("config.absentCodes", "list", { optional: true, placeholder: "order_not_found" }),
];

const foxreload: readonly KindField[] = [
  reach("config.baseUrl", "text", { initial: "https://public-api.foxreload.com" }),
  reach("config.currency", "text", { initial: "USD", short: true }),
  reach("secrets.apiKey", "secret"),
];

const ozzobit: readonly KindField[] = [
  reach("config.baseUrl", "text", { initial: "https://ozzobit.com/api" }),
  reach("config.currency", "text", { initial: "USD", short: true }),
  reach("config.signIn", "choice", {
    choices: ["secret_key", "token"],
    initial: "secret_key",
    short: true,
  }),
  reach("secrets.apiKey", "secret", { short: true }),
  reach("secrets.apiSecret", "secret", { short: true }),
  tell("config.socketUrl", "text", {
    initial: "wss://ozzobit.com/ws",
    optional: true,
    emptyIsNull: true,
  }),
  tell("config.socketPath", "text", { initial: "/socket.io/", short: true }),
  tell("config.webhookForms", "choices", {
    choices: ["plain,encrypted", "plain", "encrypted"],
    initial: "plain,encrypted",
    short: true,
  }),
  tell("secrets.webhookSecret", "secret", { made: true }),
  {
    ...offer("config.products", "rows", {
      columns: ["id", "name", "side", "cryptoCurrency", "network", "fiatAmount"],
      usual: { asksForWallet: true },
      placeholder: "btc-50; Bitcoin for 50 USD; BUY; BTC; bitcoin; 50",
    }),
    word: "pairsOnOffer",
  },
];

export const kindFields: Record<FormKind, readonly KindField[]> = {
  signed_webhook: signedWebhook,
  foxreload,
  ozzobit,
};

/** In the order in which one thinks of it. */
export const fieldGroups = ["reach", "tell", "offer", "words"] as const;
