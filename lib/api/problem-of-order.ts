import type { OrderProblem, PlaceResult } from "#lib/orders/new-order.ts";
import type { Problem, ProblemCode } from "./problems.ts";

/** How soon may be asked again what somebody has to put right, or what ends by itself. */
const RETRY_SECONDS = 60;

type NotPlaced = Exclude<PlaceResult, { orderId: string }>;

/** Why nothing was placed, as outsiders are told it. */
export function problemOfOrder(result: NotPlaced): Problem {
  switch (result.kind) {
    case "similar":
      return { code: "similar_order", facts: { orders: result.orders.map(({ id }) => id) } };
    case "short": {
      const { currency } = result.shortfall;
      return { code: "insufficient_balance", facts: { currency } };
    }
    case "over_limit": {
      const { currency, left, perDay } = result.limit;
      const detail = `Of ${perDay} ${currency} a day, ${left} are left.`;
      return { code: "spend_limit_reached", facts: { currency, detail } };
    }
    case "paused":
      return { code: "ordering_paused", retryAfterSeconds: RETRY_SECONDS };
    case "invalid":
      return invalid(result.problems);
  }
}

/** The first kind of problem, with all of that kind. */
function invalid(problems: OrderProblem[]): Problem {
  const [first] = problems;
  if (!first) throw new Error("An order was refused without a problem.");
  const { code } = described(first);
  const errors = problems.map(described).filter((one) => one.code === code);
  return {
    code,
    facts: { errors: errors.map(({ pointer, detail }) => ({ pointer, detail })) },
    ...(code === "unavailable" && { retryAfterSeconds: RETRY_SECONDS }),
  };
}

type Described = { code: ProblemCode; pointer: string; detail: string };

function described(problem: OrderProblem): Described {
  const at = (line: number, field: string) => `#/items/${line}/${field}`;
  switch (problem.kind) {
    case "malformed":
      return {
        ...{ code: "invalid_request", pointer: "#" },
        detail: "It is not as it should be.",
      };
    case "unknown_product":
      return {
        ...{ code: "unknown_product", pointer: at(problem.line, "itemId") },
        detail: "There is no such product.",
      };
    case "product_gone":
      return {
        ...{ code: "product_unavailable", pointer: at(problem.line, "itemId") },
        detail: "The supplier has it no more.",
      };
    case "no_supplier":
      return {
        ...{ code: "unavailable", pointer: "#/items" },
        detail: "The supplier's account is not connected.",
      };
    case "out_of_stock":
      return {
        ...{ code: "out_of_stock", pointer: at(problem.line, "quantity") },
        detail: `There are ${problem.stock}.`,
      };
    case "below_minimum":
      return {
        ...{ code: "quantity_out_of_range", pointer: at(problem.line, "quantity") },
        detail: `At least ${problem.minimum}.`,
      };
    case "above_maximum":
      return {
        ...{ code: "quantity_out_of_range", pointer: at(problem.line, "quantity") },
        detail: `At most ${problem.maximum}.`,
      };
    case "note":
      return {
        ...{ code: "note_invalid", pointer: at(problem.line, `note/${escaped(problem.field)}`) },
        detail: problem.problem.replaceAll("_", " "),
      };
    case "mixed_suppliers":
      return {
        ...{ code: "mixed_suppliers", pointer: "#/items" },
        detail: "They are of several suppliers, or in several currencies.",
      };
    case "price_changed":
      return {
        ...{ code: "unavailable", pointer: "#/items" },
        detail: "The price keeps changing.",
      };
  }
}

/** As RFC 6901 has it. */
const escaped = (field: string): string => field.replaceAll("~", "~0").replaceAll("/", "~1");
