/** Looks up in the schema what may stand at a place of a plan, for translating names, for error messages and for edits. */

import { isObject } from "../json.ts";
import { planJsonSchema } from "./schema.ts";

export type Path = readonly (string | number)[];

/** One thing that may stand at a place; alternatives are a list of these. */
export type Option = {
  type?: string;
  title?: string;
  description?: string;
  enum?: string[];
  const?: string;
  properties?: Record<string, Option>;
  items?: Option;
  prefixItems?: Option[];
  additionalProperties?: boolean | Option;
  anyOf?: Option[];
  oneOf?: Option[];
};

/** The alternatives of an option, each with the name and the description of the whole. */
function alternatives({ anyOf, oneOf, ...own }: Option): Option[] {
  const inner = anyOf ?? oneOf;
  if (!inner) return [own];
  return inner.flatMap(alternatives).map((option) => ({
    ...option,
    title: option.title ?? own.title,
    description: own.description ?? option.description,
  }));
}

export const root = (): Option[] => alternatives(planJsonSchema());

/** The options that an object means: those whose fixed words (`layer`, `name`) it has, all of them when it has none. */
export function meant(options: Option[], value: unknown): Option[] {
  const objects = options.filter((option) => option.properties);
  if (!isObject(value)) return objects;
  const fitting = objects.filter((option) =>
    Object.entries(option.properties!).every(([key, field]) => field.const === undefined || value[key] === field.const),
  );
  return fitting.length > 0 ? fitting : objects;
}

/** The options one step down. */
export function below(options: Option[], value: unknown, key: string | number): Option[] {
  if (typeof key === "number")
    return options.flatMap((option) =>
      option.items ? alternatives(option.items) : alternatives(option.prefixItems?.[key] ?? {}),
    );
  const open = options.flatMap((option) =>
    isObject(option.additionalProperties) ? [option.additionalProperties as Option] : [],
  );
  const own = meant(options, value).flatMap(({ properties }) =>
    Object.hasOwn(properties!, key) ? properties![key] : [],
  );
  return [...own, ...open].flatMap(alternatives);
}

/** The options at a path of this plan; none: there is no such place. */
export function optionsAt(plan: unknown, path: Path): Option[] {
  let options = root();
  let value = plan;
  for (const key of path) {
    options = below(options, value, key);
    value = isObject(value) || Array.isArray(value) ? (value as Record<string | number, unknown>)[key] : undefined;
  }
  return options;
}

export const fieldsOf = (options: Option[]): string[] => [
  ...new Set(options.flatMap((option) => Object.keys(option.properties ?? {}))),
];

export const namesOf = (options: Option[]): string[] => options.flatMap((option) => option.enum ?? option.const ?? []);

/** Where else in the plan a field of this name stands: "training.epochs". */
export function elsewhere(field: string, options = root(), path = ""): string | undefined {
  for (const option of options)
    for (const [key, inner] of Object.entries(option.properties ?? {})) {
      const found = key === field ? path + key : elsewhere(field, alternatives(inner), `${path}${key}.`);
      if (found) return found;
    }
  return undefined;
}

/** "network[2].activation" for ["network", 2, "activation"], and back. */
export const written = (path: Path): string =>
  path.map((key, i) => (typeof key === "number" ? `[${key}]` : i > 0 ? `.${key}` : key)).join("");

export const parsed = (path: string): Path =>
  [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([word, index]) => (index === undefined ? word : Number(index)));
