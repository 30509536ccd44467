import { z } from "zod";
import type { ProblemFacts } from "./problems.ts";

type Errors = NonNullable<ProblemFacts["errors"]>;

/** Of an operation that asks for nothing there. */
export const NO_QUERY = z.object({});

/** What a form reads; nothing where there is none. */
export type Parsed<Form extends z.ZodObject | null> = Form extends z.ZodObject
  ? z.output<Form>
  : Record<string, never>;

export type ParsedQuery<Form extends z.ZodObject> =
  | { ok: true; query: z.output<Form> }
  | { ok: false; errors: Errors };

/**
 * What stands behind the question mark, each field as its own type: whole numbers, true and false, lists with
 * commas or repeated. What nobody asked for is an error too, since a mistyped filter would filter nothing.
 */
export function parseQuery<Form extends z.ZodObject>(
  form: Form,
  params: URLSearchParams,
): ParsedQuery<Form> {
  const kinds = kindsOf(form);
  const typed: Record<string, unknown> = {};
  const errors: Errors = [];
  for (const name of new Set(params.keys())) {
    const texts = params.getAll(name);
    const kind = kinds.get(name);
    if (kind === undefined) {
      errors.push({ parameter: name.slice(0, 50), detail: "There is no such parameter." });
    } else if (kind === "array") {
      typed[name] = texts.flatMap((text) => text.split(",")).filter((text) => text !== "");
    } else if (texts.length > 1) {
      errors.push({ parameter: name, detail: "It was given more than once." });
    } else {
      typed[name] = typedValue(kind, texts[0] ?? "");
    }
  }
  if (errors.length > 0) return { ok: false, errors };
  const parsed = form.safeParse(typed);
  if (parsed.success) return { ok: true, query: parsed.data as z.output<Form> };
  return {
    ok: false,
    errors: parsed.error.issues.map(({ path, message }) => ({
      parameter: String(path[0] ?? ""),
      detail: message,
    })),
  };
}

function typedValue(kind: string, text: string): unknown {
  if (kind === "integer") return /^\d{1,9}$/.test(text) ? Number(text) : text;
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return text;
}

const known = new WeakMap<z.ZodObject, Map<string, string>>();

/** The type of each field, as the document has it. */
function kindsOf(form: z.ZodObject): Map<string, string> {
  const found = known.get(form);
  if (found) return found;
  const { properties = {} } = z.toJSONSchema(form, { io: "input" });
  const kinds = new Map(
    Object.entries(properties).map(([name, schema]) => [
      name,
      typeof schema === "object" && typeof schema.type === "string" ? schema.type : "string",
    ]),
  );
  known.set(form, kinds);
  return kinds;
}
