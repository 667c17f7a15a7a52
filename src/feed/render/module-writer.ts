/**
 * Writes the elements of modules of an entry or a feed: as XML for RSS and Atom, as extensions for JSON Feed.
 *
 * They are written in the vocabulary that they came in (domain/modules.ts); the frame declares the prefixes.
 */
import { locallyDeclared, type ModuleElement, moduleFieldsByKey, moduleNamespaces } from '../../domain/modules.ts';
import { type Attributes, renderElement, renderEmpty, renderParent, renderPlain, toWritable } from './xml-writer.ts';

/** One element. Atom's own elements have no prefix in an Atom document. */
function renderModule(element: ModuleElement, format: 'rss' | 'atom'): string {
  const { name: written, text, attributes, children = [] } = element;
  const name = format === 'atom' ? written.replace(/^atom:/, '') : written;
  if (children.length > 0) {
    return renderParent(name, children.map((child) => renderModule(child, format)).join(''), attributes);
  }
  if (text === undefined) return renderEmpty(name, attributes ?? {});
  return format === 'rss' ? renderPlain(name, text, attributes) : renderElement(name, text, attributes);
}

/** Declarations of the namespaces that the frame does not declare. */
export function namespacesOf(modules: readonly ModuleElement[]): Attributes {
  const declared: Record<string, string> = {};
  for (const { name } of modules) {
    const prefix = name.slice(0, name.indexOf(':'));
    if (locallyDeclared.has(prefix)) declared[`xmlns:${prefix}`] ??= moduleNamespaces[prefix] ?? '';
  }
  return declared;
}

/** Whether a file or a picture is written with the modules already, so that no file is written twice. */
export function isCarried(url: string, modules: readonly ModuleElement[]): boolean {
  return modules.some(
    ({ name, attributes, children = [] }) =>
      (name === 'media:thumbnail' && attributes?.['url'] === url) ||
      (name === 'itunes:image' && attributes?.['href'] === url) ||
      (name === 'podcast:alternateEnclosure' && children.some((source) => source.attributes?.['uri'] === url)),
  );
}

/** All of them, in their order. */
export function renderModules(modules: readonly ModuleElement[], format: 'rss' | 'atom'): string {
  return modules.map((element) => renderModule(element, format)).join('');
}

/** An element in JSON: its text, or its attributes and children with its text. */
type JsonModule = string | { readonly [name: string]: unknown };

function toJson({ text, attributes, children = [] }: ModuleElement): JsonModule {
  const plain = text === undefined ? undefined : toWritable(text);
  if (attributes === undefined && children.length === 0) return plain ?? '';
  return { ...(plain === undefined ? {} : { text: plain }), ...attributes, ...groupByName(children, isMany) };
}

function isMany(name: string): boolean {
  const children = [...moduleFieldsByKey.values()].flatMap((field) => field.children);
  return (
    moduleFieldsByKey.get(name.toLowerCase())?.many ?? children.find((field) => field.name === name)?.many ?? false
  );
}

function groupByName(elements: readonly ModuleElement[], many: (name: string) => boolean): Record<string, unknown> {
  const grouped: Record<string, unknown> = {};
  for (const element of elements) {
    const local = element.name.slice(element.name.indexOf(':') + 1);
    const value = toJson(element);
    const before = grouped[local];
    if (Array.isArray(before)) before.push(value);
    else grouped[local] = many(element.name) ? [value] : value;
  }
  return grouped;
}

/** Extensions of a JSON Feed by their key: `_itunes`, `_podcast` and so on. Their names begin with an underscore. */
export function toJsonModules(modules: readonly ModuleElement[]): Record<string, unknown> {
  const byPrefix = new Map<string, ModuleElement[]>();
  for (const element of modules) {
    const prefix = element.name.slice(0, element.name.indexOf(':'));
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), element]);
  }
  return Object.fromEntries([...byPrefix].map(([prefix, elements]) => [`_${prefix}`, groupByName(elements, isMany)]));
}
