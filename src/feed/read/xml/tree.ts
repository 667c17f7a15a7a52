/**
 * Builds a tree of elements with namespaces, whatever state the markup is in.
 *
 * It never fails. Unclosed, crossed and unopened tags are repaired as a person would read them: an end tag ends the
 * nearest element of its name, a new entry ends the one before. Depth, elements and attributes are limited.
 */
import { maxUrlLength } from '../../../domain/http-url.ts';
import type { Defects } from '../defects.ts';
import { maxDepth, maxElements } from '../reading-limits.ts';
import type { XmlElement } from './element.ts';
import { endsBefore, entryKeys, entryParents } from './implied-ends.ts';
import { createScope, enterScope, rebind, resolveName, type Scope, unknownNamespace } from './namespaces.ts';
import { readProlog } from './prolog.ts';
import { decodeReferences } from './references.ts';
import { scanXml } from './scan.ts';

/** An open element: what the tree does not need to remember. */
interface Open {
  readonly element: XmlElement;
  readonly written: string;
  readonly folded: string;
  readonly scope: Scope;
}

/** Local names of root elements, and the namespace (ours) that such a root means, whatever it declares. */
const roots: ReadonlyMap<string, string> = new Map([
  ['rss', ''],
  ['channel', ''],
  ['feed', 'atom'],
  ['entry', 'atom'],
]);

/** Builds the tree of a document and returns the node above its root elements. `base` is the document's own address. */
export function parseTree(source: string, base: string, defects: Defects): XmlElement {
  const { text, entities } = readProlog(source, defects);
  const above: XmlElement = { key: '#', name: '#', attributes: [], children: [], base: undefined, language: undefined };
  const stack: Open[] = [{ element: above, written: '', folded: '', scope: createScope() }];
  /** How often each name is open: a name that is not open need not be searched for. */
  const openNames = new Map<string, number>();
  let top: Open = stack[0] as Open;
  /** Names of the elements that are open below `maxDepth`: their tags are left out, their text is kept. */
  let tooDeep: string[] = [];
  let elements = 0;
  let openEntries = 0;

  const closeTo = (length: number): void => {
    while (stack.length > length) {
      const closed = stack.pop();
      if (closed === undefined) break;
      openNames.set(closed.folded, (openNames.get(closed.folded) ?? 0) - 1);
      if (entryKeys.has(closed.element.key)) openEntries -= 1;
    }
    top = stack.at(-1) as Open;
  };

  const append = (data: string): void => {
    const { children } = top.element;
    const last = children.length - 1;
    const before = children[last];
    if (typeof before === 'string') children[last] = before + data;
    else children.push(data);
  };

  /** Closes open elements that cannot hold an element with this key. */
  const endUnclosed = (key: string, at: number): void => {
    if (entryKeys.has(key)) {
      if (openEntries > 0) {
        defects.add('unclosed-entry', 'An entry began inside another one, which was taken to end there.', { at });
        closeTo(stack.findIndex((open) => entryKeys.has(open.element.key)));
      }
      if (entryParents.has(top.element.key)) return;
      const parent = stack.findLastIndex((open) => entryParents.has(open.element.key));
      // Outside of a feed it is markup.
      if (parent < 1) return;
      defects.add('unclosed-element', `"${top.written}" was taken to end where an entry began.`, { at });
      closeTo(parent + 1);
    } else {
      while (endsBefore(top.element.key, key)) {
        defects.add('unclosed-element', `"${top.written}" was taken to end where another element began.`, { at });
        closeTo(stack.length - 1);
      }
    }
  };

  scanXml(text, {
    open(written, attributes, selfClosing, at) {
      if (++elements > maxElements) {
        defects.add('too-many-elements', `Only the first ${maxElements} elements were read.`, { at });
        return false;
      }
      if (stack.length > maxDepth) {
        defects.add('too-deep', `Elements deeper than ${maxDepth} were left out, their text was kept.`, { at });
        if (!selfClosing) tooDeep.push(written);
        return true;
      }
      let scope = enterScope(top.scope, attributes, defects, at);
      if (stack.length === 1) scope = scopeOfRoot(scope, written);
      const { key, name } = resolveName(scope, written, defects, at);
      endUnclosed(key, at);
      const element = createElement(key, name, attributes, top.element);
      top.element.children.push(element);
      if (selfClosing) return true;
      if (entryKeys.has(key)) openEntries += 1;
      const folded = written.toLowerCase();
      openNames.set(folded, (openNames.get(folded) ?? 0) + 1);
      top = { element, written, folded, scope };
      stack.push(top);
      return true;
    },
    close(written, at) {
      const deep = findDeep(tooDeep, written);
      if (deep !== -1) {
        tooDeep.length = deep;
        return;
      }
      if (top.written === written && stack.length > 1) {
        tooDeep = [];
        closeTo(stack.length - 1);
        return;
      }
      const isOpen = (openNames.get(written.toLowerCase()) ?? 0) > 0;
      const index = isOpen ? findOpen(stack, written) : -1;
      if (index === -1) {
        defects.add('stray-end-tag', `The end tag of "${written}" ends nothing.`, { at });
        return;
      }
      tooDeep = [];
      defects.add('crossed-tags', `"${top.written}" was not closed before "${written}" was.`, { at });
      closeTo(index);
    },
    text(data, at) {
      append(decodeReferences(data, entities, defects, at));
    },
    cdata(data) {
      append(data);
    },
    bareLessThan(at) {
      defects.add('bare-less-than', 'A "<" that starts no tag was read as text.', { at });
    },
    unclosed(what, at) {
      defects.add('unclosed-section', `"${what}" never ends; what follows it was read as markup.`, { at });
    },
  });
  if (stack.length > 1) defects.add('truncated', `The document ends inside "${top.written}".`, { at: text.length });
  return above;

  function createElement(key: string, name: string, attributes: readonly string[], parent: XmlElement): XmlElement {
    let inner = parent.base;
    let language = parent.language;
    let kept: string[] | undefined;
    for (let i = 0; i < attributes.length; i += 2) {
      const attribute = (attributes[i] ?? '').toLowerCase();
      const raw = attributes[i + 1] ?? '';
      const value = raw.includes('&') ? decodeReferences(raw, entities, defects, 0) : raw;
      if (attribute === 'xml:base') inner = baseOf(value, parent.base ?? base, defects) ?? inner;
      else if (attribute === 'xml:lang') language = value.trim();
      else if (!attribute.startsWith('xmlns')) {
        kept ??= [];
        kept.push(attribute, value);
      }
    }
    return { key, name, attributes: kept ?? noAttributes, children: [], base: inner, language };
  }
}

/** A base longer than an address may be is ignored: every relative link would be as long. */
function baseOf(value: string, outer: string, defects: Defects): string | undefined {
  const href = URL.parse(value.trim(), outer)?.href;
  if (href === undefined || href.length <= maxUrlLength) return href;
  defects.add('address-too-long', `An xml:base of ${href.length} characters was left out.`);
  return undefined;
}

const noAttributes: readonly string[] = [];

/** A root called `rss` is RSS whatever namespace it claims: what it binds its own prefix to means that for the document. */
function scopeOfRoot(scope: Scope, written: string): Scope {
  const colon = written.indexOf(':');
  const prefix = colon === -1 ? '' : written.slice(0, colon).toLowerCase();
  const meant = roots.get(written.slice(colon + 1).toLowerCase());
  if (meant !== undefined) return scope.bindings.get(prefix) === meant ? scope : rebind(scope, prefix, meant);
  // <rdf:RDF> does not name the format of its items: an unknown default namespace can only be a misspelt RSS.
  return scope.bindings.get('') === unknownNamespace ? rebind(scope, '', '') : scope;
}

/** Looks at the nearest names only: more would make a hostile document quadratic. */
function findDeep(names: readonly string[], written: string): number {
  for (let i = names.length - 1; i >= 0 && i >= names.length - maxDepth; i--) if (names[i] === written) return i;
  return -1;
}

function findOpen(stack: readonly Open[], written: string): number {
  for (let i = stack.length - 1; i > 0; i--) if (stack[i]?.written === written) return i;
  const folded = written.toLowerCase();
  for (let i = stack.length - 1; i > 0; i--) if (stack[i]?.folded === folded) return i;
  return -1;
}
