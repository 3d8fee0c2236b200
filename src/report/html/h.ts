/** The smallest `h()`, with Preact's signature, and its way to escaped HTML; nodes are values, so Preact can take them over. */

type Props = Record<string, string | number | boolean | null | undefined>;
export type Child = Node | string | number | false | null | undefined | Child[];
export type Node = { type: string; props: Props; children: Child[] };

export const h = (type: string, props: Props | null, ...children: Child[]): Node => ({
  type,
  props: props ?? {},
  children,
});

/** A number stays with its unit. */
export const tied = (text: string): string => text.replace(/ %/g, "\u00a0%");

const VOID = new Set(["br", "col", "hr", "img", "input", "link", "meta"]);
// The text of these is not parsed as HTML, so escaping would be shown; each writes its own in a form that cannot close it.
const RAW = new Set(["style", "script"]);

/** A node as HTML. */
export function render(node: Child): string {
  if (node === null || node === undefined || node === false) return "";
  if (Array.isArray(node)) return node.map(render).join("");
  if (typeof node !== "object") return escaped(String(node));
  const { type, props, children } = node;
  const open = `<${type}${Object.entries(props).map(attribute).join("")}>`;
  if (VOID.has(type)) return open;
  return `${open}${RAW.has(type) ? raw(children) : render(children)}</${type}>`;
}

function attribute([name, value]: [string, Props[string]]): string {
  if (value === null || value === undefined || value === false) return "";
  return value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`;
}

function raw(children: Child[]): string {
  const text = children.join("");
  if (/<\/|<!--/.test(text)) throw new Error("raw text must not be able to close its element");
  return text;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
