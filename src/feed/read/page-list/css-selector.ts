/**
 * Checks CSS selectors before linkedom gets them, and bounds their cost.
 *
 * For each element that a positional selector tests, linkedom's engine looks at all siblings. Measured on 7,500 siblings:
 * `p ~ p` 2.4 s, `p + p + p` 6 s, `:nth-child` 2.3 s; `.a .a .a .a b` 20 ms. So each such part has a price, and a
 * selector whose price is too high for a page is refused.
 */

/** A field's selector: which element, and which attribute of it. */
export interface FieldSelector {
  readonly selector: string;
  /** `@name` at the end: the attribute that is read. */
  readonly attribute?: string;
}

/** UTF-16 units of one selector, and compounds in it. */
const maxLength = 400;
const maxCompounds = 16;

const name = String.raw`(?:[\p{L}\p{N}_-]|[^\x00-\x9f]|\\[^\n]){1,200}`;
const part = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<combinator>[>+~,])`,
    String.raw`(?<simple>\*|${name}|[.#]${name})`,
    String.raw`(?<attribute>\[\s*${name}\s*(?:[~|^$*]?=\s*(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|${name})\s*[is]?\s*)?\])`,
    String.raw`:(?<pseudo>[a-z-]+)(?:\((?<formula>\s*(?:odd|even|[+-]?\d{0,4}n?(?:\s*[+-]\s*\d{1,4})?)\s*\))|(?<open>\())?`,
    String.raw`(?<close>\))`,
  ].join('|'),
  'uy',
);

/** The elements that a pseudo-class looks at: only its own, its siblings, or everything below it. */
const pseudoClasses: Readonly<Record<string, 'self' | 'siblings' | 'below'>> = {
  empty: 'self',
  has: 'below',
  is: 'self',
  not: 'self',
  scope: 'self',
  where: 'self',
  'first-child': 'siblings',
  'first-of-type': 'siblings',
  'last-child': 'siblings',
  'last-of-type': 'siblings',
  'nth-child': 'siblings',
  'nth-last-child': 'siblings',
  'nth-of-type': 'siblings',
  'only-child': 'siblings',
};

/** The expensive parts of a selector. */
export interface SelectorPrice {
  readonly siblings: number;
  readonly below: number;
}

/** The price of a selector; a text says what is wrong with it. */
export function judgeSelector(selector: string): SelectorPrice | string {
  const text = selector.trim();
  if (text === '') return 'is empty';
  if (text.length > maxLength) return `has more than ${maxLength} characters`;
  let [siblings, below, depth, compounds] = [0, 0, 0, 1];
  for (let at = 0; at < text.length; at = part.lastIndex) {
    part.lastIndex = at;
    const groups = part.exec(text)?.groups;
    if (groups === undefined) return `cannot be read from "${text.slice(at, at + 20)}" on`;
    if (groups['space'] !== undefined || groups['combinator'] !== undefined) compounds += 1;
    if (groups['combinator'] === '+' || groups['combinator'] === '~') siblings += 1;
    if (groups['close'] !== undefined) depth -= 1;
    if (groups['open'] !== undefined) depth += 1;
    if (depth < 0 || depth > 3) return 'has brackets that do not match, or too many inside one another';
    const looks = groups['pseudo'] === undefined ? 'self' : lookOf(groups['pseudo']);
    if (looks === undefined) {
      return `has ":${groups['pseudo']}", which is not known here; known are :${Object.keys(pseudoClasses).join(', :')}`;
    }
    if (looks === 'siblings') siblings += 1;
    if (looks === 'below') below += 1;
  }
  if (depth !== 0) return 'has a bracket that is not closed';
  return compounds > 2 * maxCompounds ? `has more than ${maxCompounds} parts` : { siblings, below };
}

function lookOf(pseudo: string): 'self' | 'siblings' | 'below' | undefined {
  return Object.hasOwn(pseudoClasses, pseudo) ? pseudoClasses[pseudo] : undefined;
}

/** Takes a field's selector apart: `time@datetime` is the attribute of an element. */
export function splitAttribute(text: string): FieldSelector {
  const [, selector = text, attribute] = /^(.*?)\s*@([\w:-]{1,60})$/s.exec(text.trim()) ?? [];
  return attribute === undefined ? { selector: text.trim() } : { selector, attribute: attribute.toLowerCase() };
}

/** A field's selector may begin with what leads away from the item: `> a` (a child), `+ tr .date` (in the next sibling). */
export function splitLead(selector: string): { readonly lead: '>' | '+' | ''; readonly rest: string } {
  const [, lead = '', rest = selector] = /^([>+])\s*(.*)$/s.exec(selector) ?? [];
  return { lead: lead as '>' | '+' | '', rest };
}

/** What is wrong with the selector of a field; `undefined` when nothing is. */
export function judgeField(text: string): string | undefined {
  const { selector, attribute } = splitAttribute(text);
  // The item itself, or an attribute of it.
  if (selector === '' || selector === '.') return attribute === undefined && selector === '' ? 'is empty' : undefined;
  const { lead, rest } = splitLead(selector);
  const judged = judgeSelector(rest);
  if (typeof judged === 'string') return judged;
  return lead !== '' && rest.includes(',') ? 'has a comma after a leading > or +: give one of them' : undefined;
}
