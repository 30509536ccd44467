import type { buildConnector } from "undici";
import { SealError } from "#lib/platform/gcm.ts";
import type { SupplierAccount, WhyNotConnected } from "./account.ts";
import type { OpeningContext } from "./context.ts";
import { limits } from "./http/limits.ts";
import { kindNamed } from "./kinds.ts";
import { SEALED_SUPPLIER_SECRETS } from "./sealed-secrets.ts";
import type { SupplierKind } from "./supplier-kind.ts";

/** The slug of the account that the environment may set up. */
export const ENVIRONMENT_SLUG = "foxreload";

export type SecretRow = {
  id: string;
  name: string;
  sealed: string;
  createdAt: Date;
  replacedAt: Date | null;
  endsAt: Date | null;
};

/** Of the table, with its secrets, replaced ones too. */
export type AccountRow = {
  id: string;
  slug: string;
  name: string;
  kind: string;
  config: unknown;
  secrets: SecretRow[];
};

export type OpenSecrets = Record<string, string[]>;

/** What an account is connected with. */
export type Material = {
  kind: SupplierKind;
  config: unknown;
  secrets: OpenSecrets;
  connector: buildConnector.connector | undefined;
  /** When one of the secrets stops to count. */
  endsAt: Date | null;
};

export type Opened<T> = { ok: true; value: T } | { ok: false; why: WhyNotConnected };

export const isFromEnvironment = ({ env }: Pick<OpeningContext, "env">, slug: string): boolean =>
  slug === ENVIRONMENT_SLUG && !!env.FOXRELOAD_API_KEY;

/** Makes sense of a row and opens its secrets. */
export async function openMaterial(
  ctx: OpeningContext,
  row: AccountRow,
): Promise<Opened<Material>> {
  const kind = kindNamed(row.kind);
  if (!kind) return { ok: false, why: "unknown_kind" };
  const { env } = ctx;
  if (isFromEnvironment(ctx, row.slug)) {
    return {
      ok: true,
      value: {
        kind,
        config: { baseUrl: env.FOXRELOAD_BASE_URL, currency: env.FOXRELOAD_CURRENCY },
        secrets: { apiKey: [env.FOXRELOAD_API_KEY ?? ""] },
        // The operator's own word, unlike what somebody typed into a form.
        connector: undefined,
        endsAt: null,
      },
    };
  }
  const parsed = kind.config.safeParse(row.config);
  if (!parsed.success) return { ok: false, why: "config_unreadable" };
  const valid = row.secrets.filter((secret) => isValid(secret, ctx.now()));
  const secrets = await openSecrets(ctx, row.secrets);
  if (!secrets) return { ok: false, why: "secret_locked" };
  if (kind.secrets.some(({ name, isRequired }) => isRequired && !secrets[name]?.[0])) {
    return { ok: false, why: "secret_missing" };
  }
  const ends = valid.flatMap(({ endsAt }) => (endsAt ? [endsAt.getTime()] : []));
  return {
    ok: true,
    value: {
      ...materialOf(ctx, kind, parsed.data, secrets),
      endsAt: ends.length > 0 ? new Date(Math.min(...ends)) : null,
    },
  };
}

/** Of what somebody typed in: connections are made by the guard. */
export const materialOf = (
  { guard }: Pick<OpeningContext, "guard">,
  kind: SupplierKind,
  config: unknown,
  secrets: OpenSecrets,
): Material => ({
  kind,
  config,
  secrets,
  connector: guard.connector("service", limits.connectTimeoutMs),
  endsAt: null,
});

const isValid = ({ replacedAt, endsAt }: SecretRow, now: Date): boolean =>
  replacedAt === null || (endsAt !== null && endsAt > now);

/** Those that count, by name, the one in use first; null where one of them doesn't open. */
export async function openSecrets(
  { sealer, log, now }: Pick<OpeningContext, "sealer" | "log" | "now">,
  rows: SecretRow[],
): Promise<OpenSecrets | null> {
  const newestFirst = rows
    .filter((row) => isValid(row, now()))
    .toSorted(
      (one, other) =>
        Number(one.replacedAt !== null) - Number(other.replacedAt !== null) ||
        other.createdAt.getTime() - one.createdAt.getTime(),
    );
  const secrets: OpenSecrets = {};
  for (const { id, name, sealed } of newestFirst) {
    try {
      const text = await sealer.open(sealed, SEALED_SUPPLIER_SECRETS.boundTo(id));
      secrets[name] = [...(secrets[name] ?? []), text];
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      log.error({ err: error, secret: id, name }, "a supplier's secret can't be opened");
      return null;
    }
  }
  return secrets;
}

/** Connects what was opened; makes no call. */
export function connectMaterial(
  { log, now }: Pick<OpeningContext, "log" | "now">,
  { id, slug, name }: Pick<AccountRow, "id" | "slug" | "name">,
  { kind, config, secrets, connector }: Material,
): Opened<SupplierAccount> {
  try {
    const connected = kind.connect({ config, secrets, now, connector });
    return { ok: true, value: { id, slug, name, kind: kind.kind, ...connected } };
  } catch (error) {
    log.error({ err: error, supplier: slug }, "a supplier can't be connected as it is configured");
    return { ok: false, why: "config_unreadable" };
  }
}
