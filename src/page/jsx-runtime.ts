/**
 * Makes markup from TSX: each element of the pages and of the desk compiles to a call of `jsx`.
 *
 * Three rules hold for every element, because no other code writes elements:
 * - Text and attribute values are escaped. HTML comes in as `Markup` only (`fromSafeHtml`, `fromSource`).
 * - An address that is neither http(s) nor one of our own paths becomes `#`.
 * - Attributes that run or draw something (`onclick`, `style`, `srcdoc`) throw, and so does text inside a script or style.
 *
 * hono/jsx is not used: it takes every object with `isEscaped: true` for markup, even one parsed from JSON, and its
 * answers may be promises. Measured with 50 cards: 0.14 ms here, 0.23 ms there; the first page of an isolate 0.5 ms, 2.6
 * ms there; 2 KB of code, 12 KB there.
 */
import { type Child, escapeHtml, fromSource, type Markup, renderChild } from './markup.ts';

/** Absent and false attributes are left out; true ones have no value. */
type AttributeValue = string | number | boolean | undefined;

/** Attributes are written as HTML spells them: `class`, `for`, `tabindex`. */
interface Attributes {
  readonly [name: string]: AttributeValue | Child;
  readonly children?: Child;
}

type Component<P> = (props: P) => Markup;

/** The types by which the compiler checks TSX. */
export declare namespace JSX {
  type Element = Markup;
  interface ElementChildrenAttribute {
    readonly children: unknown;
  }
  interface IntrinsicElements {
    readonly [tag: string]: Attributes;
  }
}

/** Makes one element, or calls one component. */
export function jsx(tag: string, props: Attributes): Markup;
export function jsx<P>(tag: Component<P>, props: P): Markup;
export function jsx(tag: string | Component<Attributes>, props: Attributes): Markup {
  if (typeof tag !== 'string') return tag(props);
  let text = `<${tag}`;
  for (const name in props) if (name !== 'children') text += renderAttribute(name, props[name]);
  if (voidElements.has(tag)) return fromSource(`${text}>`);
  if (drawnElements.has(tag)) return fromSource(`${text}/>`);
  const { children } = props;
  // Browsers decode no references there, so text cannot be escaped.
  if ((tag === 'script' || tag === 'style') && isText(children)) throw new Error(`<${tag}> takes source text only`);
  return fromSource(`${text}>${renderChild(children)}</${tag}>`);
}

/** The compiler uses this name for elements with several children. */
export const jsxs = jsx;

/** Several children without an element around them. */
export function Fragment({ children }: { readonly children?: Child }): Markup {
  return fromSource(renderChild(children));
}

const voidElements = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const drawnElements = new Set('circle line path rect use'.split(' '));
const addressNames = new Set('href src action formaction poster cite data ping xlink:href'.split(' '));
const refusedNames = new Set('style srcdoc srcset'.split(' '));

/**
 * Allowed addresses: our own paths, fragments and queries; http and https; feed readers' schemes. None of them runs code.
 */
const harmlessAddress = /^(?:\/(?![/\\])|[#?]|(?:feed:)?https?:\/\/)/i;

function renderAttribute(name: string, value: AttributeValue | Child): string {
  if (refusedNames.has(name) || name.startsWith('on')) throw new Error(`the attribute ${name} is not allowed`);
  if (value === undefined || value === false) return '';
  if (value === true) return ` ${name}`;
  if (typeof value === 'number') return ` ${name}="${value}"`;
  if (typeof value !== 'string') throw new Error(`the attribute ${name} takes text only`);
  return ` ${name}="${addressNames.has(name) && !harmlessAddress.test(value) ? '#' : escapeHtml(value)}"`;
}

function isText(children: Child): boolean {
  return typeof children === 'string' || typeof children === 'number' || Array.isArray(children);
}
