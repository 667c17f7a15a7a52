/**
 * Reads the extensions of a JSON Feed that our own writer makes of modules (`_itunes`, `_podcast` and so on) as elements,
 * so that they are handled like those of XML.
 */
import { type ModuleField, moduleFields, moduleNamespaces } from '../../../domain/modules.ts';
import type { XmlElement } from '../xml/element.ts';

type Json = Readonly<Record<string, unknown>>;

/** Extensions hold lists; more of one are not looked at. */
const maxOfOne = 400;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The elements of all extensions of an object, in the order of the table. */
export function readJsonModules(json: Json): XmlElement[] {
  const elements: XmlElement[] = [];
  for (const prefix of Object.keys(moduleNamespaces)) {
    const extension = Object.hasOwn(json, `_${prefix}`) ? json[`_${prefix}`] : undefined;
    if (isObject(extension)) elements.push(...readFields(extension, fieldsByPrefix(prefix)));
  }
  return elements;
}

function fieldsByPrefix(prefix: string): readonly ModuleField[] {
  return moduleFields.filter(({ name }) => name.startsWith(`${prefix}:`));
}

function readFields(json: Json, fields: readonly ModuleField[]): XmlElement[] {
  return fields.flatMap((field) => {
    const name = field.name.slice(field.name.indexOf(':') + 1);
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    const values = Array.isArray(value) ? value.slice(0, maxOfOne) : [value];
    return values.flatMap((one) => toElement(one, name, field) ?? []);
  });
}

function toElement(value: unknown, name: string, field: ModuleField): XmlElement | undefined {
  const text = textOf(isObject(value) ? value['text'] : value);
  const members = isObject(value) ? value : {};
  const attributes = [...field.attributes.keys()].flatMap((attribute) => {
    const given = Object.hasOwn(members, attribute) ? textOf(members[attribute]) : undefined;
    return given === undefined ? [] : [attribute.toLowerCase(), given];
  });
  const children = readFields(members, field.children);
  // Beside an attribute of the same name, text has no place of its own.
  const own = text === undefined || field.attributes.has('text') ? [] : [text];
  if (own.length === 0 && attributes.length === 0 && children.length === 0) return undefined;
  return {
    key: field.name.toLowerCase(),
    name,
    attributes,
    children: [...own, ...children],
    base: undefined,
    language: undefined,
  };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
