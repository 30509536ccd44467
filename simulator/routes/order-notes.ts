import type { NoteField } from "../catalogue/types.ts";
import type { InvalidField } from "../http/refusals.ts";

const maxTextLength = 500;

/** What is wrong with the note of the item at `index`; empty when it has all its fields, each of its type. */
export function noteProblems(
  fields: readonly NoteField[],
  note: Record<string, unknown> | null,
  index: number,
): InvalidField[] {
  return fields.flatMap((field) => {
    const problem = fieldProblem(field, note?.[field.name]);
    const loc = ["body", "items", index, "note", field.name];
    return problem === null ? [] : [{ loc, ...problem }];
  });
}

function fieldProblem(field: NoteField, value: unknown): Omit<InvalidField, "loc"> | null {
  if (value === undefined || value === null || value === "") {
    return { msg: "Field required", type: "missing" };
  }
  return allows(field, value)
    ? null
    : { msg: `Not a valid ${field.type} value`, type: `${field.type}_type` };
}

function allows(field: NoteField, value: unknown): boolean {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || text.length > maxTextLength) return false;
  switch (field.type) {
    case "string":
      return typeof value === "string" && value.trim() !== "";
    case "integer":
      return /^-?\d+$/.test(text);
    case "number":
      return /^-?\d+(\.\d+)?$/.test(text);
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
    case "select":
      return field.options?.includes(text) ?? false;
  }
}
