import {
  type FormKind,
  type KindField,
  kindFields,
} from "#components/supplier-settings/kind-fields.ts";
import { readPairs, writePairs } from "#components/supplier-settings/pairs-text.ts";
import { readRows, writeRows } from "#components/supplier-settings/rows-text.ts";
import type { NewSupplier, SupplierProblem } from "#lib/suppliers/room-types.ts";

/** The form as it is filled in: texts as typed. */
export type SupplierDraft = {
  kind: FormKind;
  name: string;
  /** Part of the address that it sends its messages to. */
  slug: string;
  /** Somebody has typed it; until then it follows the name. */
  isSlugTyped: boolean;
  /** By the field's path; of a flag "1" or "". */
  texts: Record<string, string>;
};

export const emptyDraft = (kind: FormKind): SupplierDraft => ({
  kind,
  name: "",
  slug: "",
  isSlugTyped: false,
  texts: initialTexts(kind),
});

const initialTexts = (kind: FormKind): Record<string, string> =>
  Object.fromEntries(kindFields[kind].map(({ path, initial = "" }) => [path, initial]));

/** What kinds share stays: the name alone. */
export const toKind = (draft: SupplierDraft, kind: FormKind): SupplierDraft => ({
  ...draft,
  kind,
  texts: initialTexts(kind),
});

/** Of an account as it is; nobody is shown its secrets. */
export function draftOf(
  kind: FormKind,
  { name, slug, config }: { name: string; slug: string; config: Record<string, unknown> },
): SupplierDraft {
  const texts = kindFields[kind].map((field) => [field.path, textOf(field, config)] as const);
  return { kind, name, slug, isSlugTyped: true, texts: Object.fromEntries(texts) };
}

function textOf(field: KindField, config: Record<string, unknown>): string {
  const [root, ...steps] = field.path.split(".");
  if (root === "secrets") return "";
  const around = steps.slice(0, -1).reduce(stepInto, config);
  const value = stepInto(around, steps.at(-1) ?? "");
  if (value === undefined && (around === undefined || !field.optional || field.emptyIsNull)) {
    return field.initial ?? "";
  }
  switch (field.kind) {
    case "flag":
      return value === true ? "1" : "";
    case "pairs":
      return writePairs(value);
    case "rows":
      return writeRows(value, field.columns ?? [], field.usual ?? {});
    case "choices":
      return Array.isArray(value) ? value.join(",") : "";
    case "list":
      return Array.isArray(value) ? value.join(", ") : "";
    case "choice":
      return value === null && field.noneIsAll ? "none" : String(value ?? "");
    case "text":
    case "secret":
    case "key":
      return value === undefined || value === null ? "" : String(value);
  }
}

/** What stands there; nothing holds nothing, and what isn't there is undefined all the way. */
function stepInto(at: unknown, step: string): unknown {
  if (at === null) return null;
  return isObject(at) ? at[step] : undefined;
}

/** What is asked for as the form stands. */
export const shownFields = ({ kind, texts }: SupplierDraft): readonly KindField[] =>
  kindFields[kind].filter(({ when }) => !when || when.is.includes(texts[when.path] ?? ""));

/** A name as a part of an address. */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replaceAll(/^-|-$/g, "");

/** What the server is asked to save, or what is wrong before it is asked. */
export function inputOf(draft: SupplierDraft): NewSupplier | SupplierProblem[] {
  const given: { config: Record<string, unknown>; secrets: Record<string, string> } = {
    config: {},
    secrets: {},
  };
  const problems: SupplierProblem[] = [];
  for (const field of shownFields(draft)) {
    const read = readText(field, draft.texts[field.path] ?? "");
    if (read === "wrong") problems.push({ path: field.path, code: codeOf(field) });
    else if (read) put(given, field.path.split("."), read.value);
  }
  for (const { path, noneIsAll } of kindFields[draft.kind]) {
    if (noneIsAll && draft.texts[path] === "none") put(given, path.split(".").slice(0, -1), null);
  }
  if (problems.length > 0) return problems;
  return { kind: draft.kind, slug: draft.slug.trim(), name: draft.name.trim(), ...given };
}

const codeOf = ({ kind }: KindField): string => (kind === "pairs" ? "pairs" : "rows");

/** Its value; null where it is left out. */
function readText(field: KindField, text: string): { value: unknown } | "wrong" | null {
  const trimmed = text.trim();
  switch (field.kind) {
    case "flag":
      return { value: text === "1" };
    case "secret":
    case "key":
      return trimmed === "" ? null : { value: trimmed };
    case "choice":
    case "text":
      if (trimmed === "") return field.emptyIsNull ? { value: null } : null;
      return { value: trimmed };
    case "choices":
    case "list": {
      const all = trimmed.split(/\s*,\s*/).filter(Boolean);
      return all.length === 0 ? null : { value: all };
    }
    case "pairs": {
      const pairs = readPairs(text, field.typed ?? false);
      if (pairs === null) return "wrong";
      return Object.keys(pairs).length === 0 ? null : { value: pairs };
    }
    case "rows": {
      const rows = readRows(text, field.columns ?? []);
      return rows === null ? "wrong" : { value: rows };
    }
  }
}

/** Puts a value where its path says; what lies around it is made. */
function put(into: Record<string, unknown>, [step, ...rest]: string[], value: unknown): void {
  if (step === undefined) return;
  if (rest.length === 0) {
    into[step] = value;
    return;
  }
  const inner = into[step];
  const next = isObject(inner) ? inner : {};
  into[step] = next;
  put(next, rest, value);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The path of the field at which a problem is shown: the nearest one around it; null for none. */
export function placeOf(draft: SupplierDraft, path: string): string | null {
  const places = ["name", "slug", ...shownFields(draft).map((field) => field.path)];
  const around = places.filter((place) => path === place || path.startsWith(`${place}.`));
  return around.sort((left, right) => right.length - left.length)[0] ?? null;
}
