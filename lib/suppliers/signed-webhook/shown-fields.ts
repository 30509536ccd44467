import { codeHider, type Hidden, type Hide, plainName, textHider } from "../http/hide-codes.ts";
import type { Shown } from "../http/redact.ts";
import type { Json, SupplierOrderItem } from "../port.ts";
import type { SignedWebhookConfig } from "./config.ts";
import { lastNames, namesOnTheWay } from "./field-path.ts";

/** Shorter texts beside a code ("USD", "10.00") say nothing, and hiding them would blank out the answer. */
const MIN_BESIDE_CHARS = 6;

/** What of an order may be shown: the fields that are read, and nothing that nobody has mapped. */
export type Display = { shown: Shown; hiderOf(answer: Json, items: SupplierOrderItem[]): Hide };

export function displayOf(
  { fields }: Pick<SignedWebhookConfig, "fields">,
  isStateWord: (text: string) => boolean,
  secrets: readonly string[],
): Display {
  const codePaths = [fields.codes, fields.code, fields.pin, fields.serial];
  const codes = new Set(lastNames(codePaths));
  const values = [
    ...[fields.id, fields.reference, fields.status, fields.reason, fields.total, fields.currency],
    ...[fields.isMock, fields.createdAt, fields.sku, fields.quantity, fields.error],
  ];
  const containers = [fields.items, ...(fields.order === null ? [] : [fields.order])];
  const shown: Shown = {
    values: new Set([...lastNames(values), ..."updated_at completed_at".split(" ").map(plainName)]),
    containers: new Set([
      ...lastNames(containers),
      ...namesOnTheWay([...values, ...containers, ...codePaths]),
    ]),
    codes,
  };
  const hidden: Hidden = { codeFields: codes, isStateWord, secrets };
  return {
    shown,
    hiderOf(answer, items) {
      const byName = codeHider(answer, hidden);
      // What stands beside a code (a link, an account) may be as good as the code.
      const besides = items.flatMap((item) => item.codes.flatMap(({ raw }) => textsIn(raw)));
      const byPlace = textHider(
        besides.filter((text) => text.length >= MIN_BESIDE_CHARS && !isStateWord(text)),
        secrets,
      );
      return (text, maxChars) => byPlace(byName(text, text.length), maxChars);
    },
  };
}

function textsIn(raw: Json): string[] {
  if (Array.isArray(raw)) return raw.flatMap(textsIn);
  if (typeof raw === "object" && raw !== null) return Object.values(raw).flatMap(textsIn);
  return typeof raw === "string" ? [raw.trim()] : typeof raw === "number" ? [String(raw)] : [];
}
