import { cleanText } from "../http/clean-text.ts";
import { decimalText } from "../http/decimal-text.ts";
import { plainName } from "../http/hide-codes.ts";
import { isObject } from "../http/is-object.ts";
import type { Json } from "../port.ts";

/** Names seen for each attribute, best first, spelt without case and separators. */
const REGION = ["countrycode", "country", "regioncode", "region"];
const FACE_VALUE = ["facevalueamount", "facevalue", "amount", "nominal", "denomination"];
const FACE_CURRENCY = ["facevaluecurrency", "facevaluecurrencycode", "currency", "currencycode"];

const MAX_REGION_CHARS = 100;
const MAX_ATTRIBUTES = 500;

export type Attributes = {
  region: string | null;
  faceValue: string | null;
  faceCurrency: string | null;
};

/**
 * Region and face value from a product's `attributes`, whose names are not documented: an object
 * of values, or a list of `{name | key | slug, value}`.
 */
export function readAttributes(attributes: Json | undefined): Attributes {
  const values = byName(attributes);
  const face = FACE_VALUE.map((name) => values.get(name)).find((value) => value !== undefined);
  const faceObject = isObject(face) ? byName(face) : new Map<string, Json>();
  return {
    region: first(values, REGION, regionText),
    faceValue: isObject(face)
      ? first(faceObject, ["amount", "value"], decimalText)
      : first(values, FACE_VALUE, decimalText),
    faceCurrency:
      first(faceObject, ["currency"], currencyText) ?? first(values, FACE_CURRENCY, currencyText),
  };
}

function byName(attributes: Json | undefined): Map<string, Json> {
  if (isObject(attributes)) {
    return new Map(Object.entries(attributes).map(([name, value]) => [plainName(name), value]));
  }
  const list = Array.isArray(attributes)
    ? attributes.slice(0, MAX_ATTRIBUTES).filter(isObject)
    : [];
  return new Map(
    list.map((one) => [
      plainName(String(one.key ?? one.slug ?? one.name ?? "")),
      one.value ?? null,
    ]),
  );
}

function first(
  values: Map<string, Json>,
  names: string[],
  read: (value: Json | undefined) => string | null,
): string | null {
  for (const name of names) {
    const found = read(values.get(name));
    if (found !== null) return found;
  }
  return null;
}

function regionText(value: Json | undefined): string | null {
  const words = (Array.isArray(value) ? value : [value]).filter((word) => typeof word === "string");
  return cleanText(words.join(", "), MAX_REGION_CHARS) || null;
}

function currencyText(value: Json | undefined): string | null {
  return typeof value === "string" && /^[A-Za-z]{3,10}$/.test(value) ? value.toUpperCase() : null;
}
