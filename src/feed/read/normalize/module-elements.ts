/**
 * Copies the elements of modules that the table lists (domain/modules.ts): plain text, absolute addresses, nothing else.
 */
import { carriedRelations, type ModuleElement, type ModuleField, moduleFieldsByKey } from '../../../domain/modules.ts';
import { isPortrait } from '../../../domain/picture.ts';
import { isKnownTracker } from '../../../domain/trackers.ts';
import { isBlank } from '../charset/characters.ts';
import { htmlToText, toLine } from '../html-text.ts';
import { isActing, resolveUrl } from '../resolve-url.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/element.ts';

/** Elements of one entry or feed, children counted. Guards rows and answers; a podcast with 100 chapters has some 150. */
const maxElements = 400;

/** Attributes that name a thing or a kind of thing. Readers may request a value that looks like an address. */
const identities: ReadonlySet<string> = new Set(['ref', 'geo', 'osm', 'scheme', 'type', 'rel', 'protocol']);

/** The elements that are carried, in document order; of those that may stand once the first. */
export function toModules(
  elements: readonly XmlElement[],
  of: 'entry' | 'feed',
  base: string,
): { modules?: readonly ModuleElement[] } {
  if (elements.length === 0) return {};
  const modules: ModuleElement[] = [];
  const once = new Set<string>();
  let left = maxElements;
  const convert = (element: XmlElement, field: ModuleField): ModuleElement | undefined => {
    left -= 1;
    if (left < 0) return undefined;
    const near = element.base ?? base;
    const attributes: Record<string, string> = {};
    for (const [name, isAddress] of field.attributes) {
      const value = attributeOf(element, name.toLowerCase());
      const kept = value === undefined ? undefined : isAddress ? resolveUrl(value, near) : toLine(value, 1_000);
      if (kept !== undefined && !(identities.has(name) && isActing(kept))) attributes[name] = kept;
    }
    const children: ModuleElement[] = [];
    for (const child of field.children.length === 0 ? [] : elementsOf(element)) {
      const line = field.children.find(({ name }) => name.toLowerCase() === child.key);
      const kept = line === undefined ? undefined : convert(child, line);
      if (kept !== undefined) children.push(kept);
    }
    const isHtml = field.name === 'media:description' && attributes['type']?.toLowerCase() === 'html';
    if (isHtml) delete attributes['type'];
    const plain = isHtml ? htmlToText(textOf(element)) : textOf(element);
    const said = field.children.length > 0 ? '' : toLine(plain);
    const text = field.isAddress ? (resolveUrl(said, near) ?? '') : said;
    if (isBlank(text) && children.length === 0 && Object.keys(attributes).length === 0) return undefined;
    return {
      name: field.name,
      ...(isBlank(text) ? {} : { text }),
      ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
      ...(children.length === 0 ? {} : { children }),
    };
  };
  for (const element of elements) {
    const field = moduleFieldsByKey.get(element.key);
    if (field === undefined || (field.of !== of && field.of !== 'both') || once.has(field.name)) continue;
    const kept = convert(element, field);
    if (kept === undefined || !isCarried(kept)) continue;
    if (!field.many) once.add(field.name);
    modules.push(kept);
  }
  return modules.length === 0 ? {} : { modules };
}

/** Trackers and portraits are left out, as everywhere. */
function isCarried({ name, attributes = {} }: ModuleElement): boolean {
  const { url = '' } = attributes;
  if (name === 'media:thumbnail') return !isKnownTracker(url) && !isPortrait(url);
  if (name !== 'atom:link') return true;
  return carriedRelations.has(attributes['rel'] ?? '') && attributes['href'] !== undefined;
}
