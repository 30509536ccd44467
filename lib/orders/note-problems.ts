import type { NoteField } from "#lib/suppliers/port.ts";

export type Note = Record<string, string | number>;

export type NoteProblem = {
  field: string;
  problem:
    | "required"
    | "too_long"
    | "not_a_number"
    | "not_whole"
    | "not_an_email"
    | "not_an_option";
};

const LONGEST_NOTE = 500;
/** More than this a JavaScript number can't hold exactly. */
const MOST_DIGITS = 15;

/**
 * Holds what a person typed against the fields that a product requires, and turns numbers into
 * numbers. Unknown fields are dropped: the supplier is sent only what it asked for.
 */
export function readNote(
  fields: NoteField[],
  typed: Record<string, unknown>,
): { note: Note | null; problems: NoteProblem[] } {
  const note: Note = {};
  const problems: NoteProblem[] = [];
  for (const field of fields) {
    const text = textOf(typed, field.name);
    const problem = problemOf(field, text);
    if (problem) problems.push({ field: field.name, problem });
    else
      note[field.name] = field.type === "integer" || field.type === "number" ? Number(text) : text;
  }
  return { note: fields.length > 0 ? note : null, problems };
}

function textOf(typed: Record<string, unknown>, name: string): string {
  const given = Object.hasOwn(typed, name) ? typed[name] : null;
  return typeof given === "string" || typeof given === "number" ? String(given).trim() : "";
}

function problemOf(field: NoteField, text: string): NoteProblem["problem"] | null {
  if (text === "") return "required";
  if (text.length > LONGEST_NOTE) return "too_long";
  switch (field.type) {
    case "string":
      return null;
    case "integer":
      return /^-?\d{1,15}$/.test(text) ? null : "not_whole";
    case "number":
      return /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, "").length <= MOST_DIGITS
        ? null
        : "not_a_number";
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : "not_an_email";
    case "select":
      return field.options.includes(text) ? null : "not_an_option";
  }
}
