/** From the most to the least trusted; pages list them so. */
export const ROLES = ["owner", "admin", "lead", "operator", "finance", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** What no role brings with it: a person is given each of these by name, or not. */
export const GRANTS = ["codes.values", "export"] as const;
export type Grant = (typeof GRANTS)[number];

const ALL = ROLES;
const MANAGE = ["owner", "admin"] as const;
const LEAD = [...MANAGE, "lead"] as const;
const WORK = [...LEAD, "operator"] as const;
const MONEY = [...WORK, "finance"] as const;

/** The one table behind server checks, menus, buttons and what an API key may do. */
const PERMISSIONS = {
  "orders.read": ALL,
  /** With it, to open the page at which an order is to be paid, where that isn't Keyhold's to do. */
  "orders.place": WORK,
  "orders.look": WORK,
  /** To say what became of an order in doubt, and whose a supplier order is. */
  "orders.decide": WORK,
  /** The supplier's answers as they came, codes masked. */
  "orders.answers": LEAD,
  /** That a code exists, and its mask. */
  "codes.read": ALL,
  /** The code itself. */
  "codes.reveal": WORK,
  /** To ask which code an exact value is. */
  "codes.find": WORK,
  /** To give codes to a customer, from stock or those reserved for one. */
  "codes.hand_out": WORK,
  /** To say that a code is bad, to complain of it, to reserve it or to set it free. */
  "codes.mark": WORK,
  /** To bring in codes of our own. */
  "codes.import": WORK,
  /** To say how many codes of a product there should be. */
  "codes.stock": WORK,
  "catalog.read": ALL,
  "balance.read": ALL,
  /** How an account is, and how much it is asked. */
  "suppliers.read": ALL,
  /** To add and change accounts, their secrets and limits, and to pause them. */
  "suppliers.manage": MANAGE,
  /** A recorded top-up, and an unexplained step that somebody accounts for. */
  "balance.record": MONEY,
  /** To order although the balance doesn't reach, with a reason. */
  "balance.override": LEAD,
  "alerts.read": ALL,
  /** To acknowledge, snooze, assign, note and resolve. */
  "alerts.act": WORK,
  /** Who is told of what, runbooks and thresholds. */
  "alerts.configure": LEAD,
  /** What was told to whom, and what came of it. */
  "deliveries.read": ALL,
  /** To send again, revive, release or drop, and to pause an endpoint. */
  "deliveries.send": WORK,
  /** Where events are sent to, and with which secrets. */
  "endpoints.manage": MANAGE,
  /** Who did what, when and from where. */
  "audit.read": LEAD,
  /** To take the audit log out of the console. */
  "audit.export": LEAD,
  /** To invite people, and to say what they may do; only owners touch owners. */
  "people.manage": MANAGE,
  /** To make and revoke the keys that storefronts come with. */
  "api_keys.manage": MANAGE,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Rights that want a grant besides the role: with a code in hand one can spend it, with a file one has left. */
const WANTS_GRANT: { readonly [P in Permission]?: Grant } = {
  "codes.reveal": "codes.values",
  "codes.hand_out": "codes.values",
  "audit.export": "export",
};

/** What an API key may do, by its scopes. A scope is its own grant: whoever made the key gave it. */
const SCOPE_PERMISSIONS = {
  "orders:write": ["orders.place", "orders.read", "catalog.read"],
  "orders:read": ["orders.read", "catalog.read"],
  "codes:read": ["codes.read", "codes.reveal"],
  "balance:read": ["balance.read"],
  "events:read": ["deliveries.read"],
} as const satisfies Record<string, readonly Permission[]>;

export type Scope = keyof typeof SCOPE_PERMISSIONS;
export const SCOPES = Object.keys(SCOPE_PERMISSIONS) as readonly Scope[];

/** Whether a role has a right; for some, a grant has to come to it. */
export function allows(role: Role, permission: Permission): boolean {
  return rolesWith(permission).includes(role);
}

export const rolesWith = (permission: Permission): readonly Role[] => PERMISSIONS[permission];

export const grantFor = (permission: Permission): Grant | null => WANTS_GRANT[permission] ?? null;

/** Whether a person with this role and these grants has a right. */
export function mayDo(
  person: { role: Role; grants: readonly Grant[] },
  permission: Permission,
): boolean {
  const grant = grantFor(permission);
  return allows(person.role, permission) && (grant === null || person.grants.includes(grant));
}

/** All that a scope brings. */
export const permissionsOf = (scope: Scope): readonly Permission[] => SCOPE_PERMISSIONS[scope];

export function scopesAllow(scopes: readonly Scope[], permission: Permission): boolean {
  return scopes.some((scope) =>
    (SCOPE_PERMISSIONS[scope] as readonly Permission[]).includes(permission),
  );
}

/** Grants as the database holds them: words that mean nothing to us give nothing. */
export const readGrants = (words: readonly string[]): Grant[] =>
  GRANTS.filter((grant) => words.includes(grant));
