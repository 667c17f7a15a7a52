/**
 * Decides whether a rendering meets an expectation, op by op (the corpus README is the specification).
 */

import { canonical, fold, inventory, textOf } from './compare-markup.ts';
import type { Expectation } from './expectation.ts';

type Json = Readonly<Record<string, unknown>>;

interface Found {
  readonly value: unknown;
  readonly isHtml: boolean;
}

function find(node: Json, fields: readonly string[]): Found[] {
  return fields.flatMap((field) => {
    const [list, inner] = field.split('.');
    const isHtml = field === 'content_html';
    if (inner === undefined) return node[field] === undefined ? [] : [{ value: node[field], isHtml }];
    const items = node[list ?? ''];
    if (!Array.isArray(items)) return [];
    return items.flatMap((item: Json) => (item[inner] === undefined ? [] : [{ value: item[inner], isHtml }]));
  });
}

function shown({ value, isHtml }: Found): string {
  return isHtml ? textOf(String(value)) : fold(String(value));
}

function asHtml({ value, isHtml }: Found): string {
  return isHtml ? String(value) : String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function isSafe(found: Found, expected: string): boolean {
  const allowed = inventory(expected);
  return [...inventory(asHtml(found))].every((part) => allowed.has(part)) && shown(found) === textOf(expected);
}

function sameUrl(a: unknown, b: unknown): boolean {
  const url = URL.parse(String(a));
  return url !== null && url.href === URL.parse(String(b))?.href;
}

function plainTag(tag: unknown): string {
  return String(tag).replaceAll('_', '-').toLowerCase();
}

function sameLanguage(a: unknown, b: unknown): boolean {
  return plainTag(a) === plainTag(b);
}

/** Whether the expectation is met; `undefined` as feed: nothing could be read. */
export function holds(expectation: Expectation, feed: Json | undefined): boolean {
  if (feed === undefined) return false;
  const { op, value, fields } = expectation;
  const items = Array.isArray(feed['items']) ? (feed['items'] as Json[]) : [];
  const node = expectation.scope === 'feed' ? feed : items[expectation.item ?? 0];
  // Merged with an earlier one: the entry that fits best stands for it.
  if (node === undefined) return items.some((_, item) => holds({ ...expectation, item }, feed));
  if (op === 'count') return items.length === value;
  if (op === 'nonempty' && fields.includes('items')) return items.length > 0;
  const found = find(node, fields);
  const expected = String(value);
  switch (op) {
    case 'text': {
      const text = expectation.html === true ? textOf(expected) : fold(expected);
      return found.some((one) => shown(one) === text) || (found.length === 0 && text === '');
    }
    case 'html':
      return (
        found.some((one) => canonical(asHtml(one)) === canonical(expected)) ||
        (found.length === 0 && canonical(expected) === '')
      );
    case 'safe':
      return found.some((one) => isSafe(one, expected)) || (found.length === 0 && textOf(expected) === '');
    case 'url':
      return found.some((one) => sameUrl(one.value, value));
    case 'url_tail':
      return found.some((one) => /^https?:\/\//.test(String(one.value)) && String(one.value).endsWith(expected));
    case 'string':
      return found.some((one) => fold(String(one.value)) === fold(expected));
    case 'instant':
      return found.some(
        (one) => Math.floor(Date.parse(String(one.value)) / 1000) === Math.floor(Date.parse(expected) / 1000),
      );
    case 'contains':
      return found
        .flatMap((one) => one.value as unknown[])
        .some((one) => String(one).toLowerCase() === expected.toLowerCase());
    case 'attachment':
      return found.some((one) => one.value === value || sameUrl(one.value, value));
    case 'nonempty':
      return found.length > 0;
    case 'lang':
      return (
        found.some((one) => sameLanguage(one.value, value)) ||
        (found.length === 0 && sameLanguage(feed['language'], value))
      );
    case 'absent':
      return found.length === 0;
    default:
      throw new Error(`unknown op ${op}`);
  }
}
