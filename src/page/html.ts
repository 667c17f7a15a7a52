/**
 * HTML by template: `` html`<p>${text}</p>` `` escapes what is put in, so that a hostile title cannot become markup.
 *
 * Each template is looked at once and knows where its holes are: text, a quoted attribute, an address. An address that is
 * not http(s) or one of our own paths is replaced. A hole anywhere else (a tag's name, an unquoted value, a script)
 * takes only markup, and a template that is written in a way this file cannot judge throws at its first use.
 */
import { type Child, escapeHtml, fromSource, type Markup, renderMarkup } from './markup.ts';

export { fromSafeHtml, fromSource, type Markup, renderMarkup } from './markup.ts';

/** What can be put into a template. */
export type Hole = Child;

type Place = 'text' | 'value' | 'address' | 'markup';

const addressAttributes: ReadonlySet<string> = new Set(['href', 'src', 'action', 'formaction', 'poster', 'cite']);

/** Our own paths, fragments and queries; the web; the web by way of a feed reader. Nothing that runs. */
const harmlessAddress = /^(?:\/(?![/\\])|[#?]|(?:feed:)?https?:\/\/)/i;

const places = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** The template tag. */
export function html(strings: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  let known = places.get(strings);
  if (known === undefined) {
    known = readPlaces(strings);
    places.set(strings, known);
  }
  let text = strings[0] ?? '';
  for (const [position, hole] of holes.entries()) {
    text += fill(hole, known[position] ?? 'markup') + (strings[position + 1] ?? '');
  }
  return fromSource(text);
}

/** ` name="value"`, or nothing when there is no value: for attributes that may be absent. */
export function attribute(name: string, value: string | number | undefined): Markup {
  if (value === undefined) return fromSource('');
  return fromSource(` ${name}="${fill(value, addressAttributes.has(name) ? 'address' : 'value')}"`);
}

function fill(hole: Hole, place: Place): string {
  if (hole === undefined || typeof hole === 'boolean') return '';
  if (typeof hole === 'number') return String(hole);
  if (typeof hole === 'string') return fillText(hole, place);
  if (isList(hole)) return hole.map((each) => fill(each, place)).join('');
  if (place === 'value' || place === 'address') throw new Error('markup inside an attribute');
  return renderMarkup(hole);
}

function isList(hole: Markup | readonly Hole[]): hole is readonly Hole[] {
  return Array.isArray(hole);
}

function fillText(text: string, place: Place): string {
  switch (place) {
    case 'text':
    case 'value':
      return escapeHtml(text);
    case 'address':
      return harmlessAddress.test(text) ? escapeHtml(text) : '#';
    case 'markup':
      throw new Error('text where only markup can stand');
  }
}

/** Walks the fixed parts of a template and tells what each hole is in. */
function readPlaces(strings: TemplateStringsArray): readonly Place[] {
  const found: Place[] = [];
  let inside: 'text' | 'tag' | 'value' = 'text';
  let tag = '';
  let raw = false;
  // Whether the value at hand has begun: what follows a beginning of ours cannot choose the scheme any more.
  let begun = false;
  for (const part of strings) {
    for (const character of part) {
      if (inside === 'value') begun = true;
      if (inside === 'text' && character === '<') {
        inside = 'tag';
        tag = '';
      } else if (inside === 'tag' && character === '>') {
        inside = 'text';
        raw = /^<(?:script|style|!--)/i.test(tag);
      } else if (character === '"' && inside !== 'text') {
        inside = inside === 'tag' ? 'value' : 'tag';
        begun = false;
      } else if (inside === 'tag' && character === "'") {
        throw new Error(`single quotes in a tag: ${part}`);
      }
      if (inside === 'tag' || (inside === 'value' && character === '"')) tag += character;
    }
    found.push(placeOf(inside, tag, raw, begun));
    begun = true;
  }
  // The text after the last hole ends the template: a tag left open would swallow what follows it.
  if (inside !== 'text') throw new Error(`a tag is left open: ${strings.join('…')}`);
  return found.slice(0, -1);
}

function placeOf(inside: 'text' | 'tag' | 'value', tag: string, raw: boolean, begun: boolean): Place {
  if (inside === 'text') return raw ? 'markup' : 'text';
  if (inside === 'tag') {
    if (/=\s*$/.test(tag)) throw new Error(`an unquoted attribute: ${tag}`);
    return 'markup';
  }
  const name = /([a-z-]+)="$/i.exec(tag)?.[1]?.toLowerCase() ?? '';
  if (name === '' || name === 'style' || name.startsWith('on')) throw new Error(`no hole in this attribute: ${tag}`);
  return addressAttributes.has(name) && !begun ? 'address' : 'value';
}
