export type Role = "admin" | "operator" | "viewer";

/** The one table behind server checks, menus and buttons. */
const PERMISSIONS = {
  "orders.read": ["admin", "operator", "viewer"],
  "orders.place": ["admin", "operator"],
  "orders.look": ["admin", "operator"],
  /** To say what became of an order in doubt, and whose a supplier order is. */
  "orders.decide": ["admin", "operator"],
  /** The supplier's answers as they came, codes masked. */
  "orders.answers": ["admin"],
  /** That a code exists, and its mask. */
  "codes.read": ["admin", "operator", "viewer"],
  /** The code itself. */
  "codes.reveal": ["admin", "operator"],
  /** To ask which code an exact value is. */
  "codes.find": ["admin", "operator"],
  /** To give codes to a customer, from stock or those reserved for one. */
  "codes.hand_out": ["admin", "operator"],
  /** To say that a code is bad, to complain of it, to reserve it or to set it free. */
  "codes.mark": ["admin", "operator"],
  /** To bring in codes of our own. */
  "codes.import": ["admin", "operator"],
  /** To say how many codes of a product there should be. */
  "codes.stock": ["admin", "operator"],
  "catalog.read": ["admin", "operator", "viewer"],
  "balance.read": ["admin", "operator", "viewer"],
  /** How an account is, and how much it is asked. */
  "suppliers.read": ["admin", "operator", "viewer"],
  /** To add and change accounts, their secrets and limits, and to pause them. */
  "suppliers.manage": ["admin"],
  /** A recorded top-up, and an unexplained step that somebody accounts for. */
  "balance.record": ["admin", "operator"],
  /** To order although the balance doesn't reach, with a reason. */
  "balance.override": ["admin"],
  "alerts.read": ["admin", "operator", "viewer"],
  /** To acknowledge, snooze, assign, note and resolve. */
  "alerts.act": ["admin", "operator"],
  /** Who is told of what, runbooks and thresholds. */
  "alerts.configure": ["admin"],
  /** What was told to whom, and what came of it. */
  "deliveries.read": ["admin", "operator", "viewer"],
  /** To send again, revive, release or drop, and to pause an endpoint. */
  "deliveries.send": ["admin", "operator"],
  /** Where events are sent to, and with which secrets. */
  "endpoints.manage": ["admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function allows(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(role);
}
