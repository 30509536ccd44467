import {
  BellRing,
  KeyRound,
  LayoutGrid,
  ListChecks,
  ScrollText,
  Send,
  Settings,
  Store,
  Wallet,
} from "lucide-react";
import type { ReactNode } from "react";

export type NavKey =
  | "overview"
  | "alerts"
  | "orders"
  | "supplierOrders"
  | "codes"
  | "deliveries"
  | "balance"
  | "suppliers"
  | "settings";

export type NavItem = { key: NavKey; href: string; icon: ReactNode };

/** The rooms of the console, in the order in which the day needs them. */
export const navItems: readonly NavItem[] = [
  { key: "overview", href: "/", icon: <LayoutGrid aria-hidden /> },
  { key: "alerts", href: "/alerts", icon: <BellRing aria-hidden /> },
  { key: "orders", href: "/orders", icon: <ScrollText aria-hidden /> },
  { key: "supplierOrders", href: "/supplier-orders", icon: <ListChecks aria-hidden /> },
  { key: "codes", href: "/codes", icon: <KeyRound aria-hidden /> },
  { key: "deliveries", href: "/deliveries", icon: <Send aria-hidden /> },
  { key: "balance", href: "/balance", icon: <Wallet aria-hidden /> },
  { key: "suppliers", href: "/suppliers", icon: <Store aria-hidden /> },
  { key: "settings", href: "/settings", icon: <Settings aria-hidden /> },
];

export const newOrderHref = "/orders/new";
