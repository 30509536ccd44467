import { KeyRound, LayoutGrid, ListChecks, ScrollText, Store, Wallet } from "lucide-react";
import type { ReactNode } from "react";

export type NavKey = "overview" | "orders" | "supplierOrders" | "codes" | "balance" | "suppliers";

/** The rooms of the console, in the order in which the day needs them. */
export const navItems: readonly { key: NavKey; href: string; icon: ReactNode }[] = [
  { key: "overview", href: "/", icon: <LayoutGrid aria-hidden /> },
  { key: "orders", href: "/orders", icon: <ScrollText aria-hidden /> },
  { key: "supplierOrders", href: "/supplier-orders", icon: <ListChecks aria-hidden /> },
  { key: "codes", href: "/codes", icon: <KeyRound aria-hidden /> },
  { key: "balance", href: "/balance", icon: <Wallet aria-hidden /> },
  { key: "suppliers", href: "/suppliers", icon: <Store aria-hidden /> },
];

export const newOrderHref = "/orders/new";
