/**
 * Reads the items of a JSON document by paths.
 */
import type { PageField, PageSelectors } from '../../../domain/page-selectors.ts';
import { createRawNode, type RawEntry } from '../raw-feed.ts';
import { maxLineLength, maxTextLength } from '../reading-limits.ts';
import { toDate, toEntryAddress, writeDate } from './item-values.ts';
import { maxItems } from './items.ts';
import { parseJsonPath, selectByPath } from './json-path.ts';
import type { ListPage } from './list-page.ts';

/** Reads all items. */
export function readJsonItems(json: unknown, selectors: PageSelectors, page: ListPage): readonly RawEntry[] {
  const steps = parseJsonPath(selectors.item);
  if (typeof steps === 'string') return [];
  const selected = selectByPath(json, steps);
  // `$.items` means each of them, too.
  const [only] = selected;
  const items = selected.length === 1 && Array.isArray(only) ? only : selected;
  return items.slice(0, maxItems).map((item) => readItem(item, selectors, page));
}

function readItem(item: unknown, selectors: PageSelectors, page: ListPage): RawEntry {
  const entry: RawEntry = createRawNode();
  const textOf = (field: PageField): string | undefined => {
    const path = selectors[field];
    const steps = path === undefined ? undefined : parseJsonPath(path);
    return steps === undefined || typeof steps === 'string'
      ? undefined
      : toText(selectByPath(item, steps), field === 'author' ? 10 : 1);
  };
  const href = toEntryAddress(textOf('link'), page);
  if (href !== undefined) entry.links.push({ from: 'link', href, rel: 'alternate' });
  const title = textOf('title');
  if (title !== undefined) entry.texts.push({ from: 'title', text: title.slice(0, maxLineLength), kind: 'unknown' });
  const at = toDate(textOf('date'), page);
  if (at !== undefined) entry.values.push({ from: 'page:date', text: writeDate(at) });
  const summary = textOf('summary');
  if (summary !== undefined) {
    entry.texts.push({ from: 'description', text: summary.slice(0, maxTextLength), kind: 'unknown', base: page.base });
  }
  const image = textOf('image');
  if (image !== undefined) entry.values.push({ from: 'image', text: image, base: page.base });
  const author = textOf('author');
  if (author !== undefined) entry.people.push({ from: 'author', name: author });
  return entry;
}

/** The first text or number; of authors all are named. */
function toText(values: readonly unknown[], most: number): string | undefined {
  const texts = values
    .flat()
    .filter((value) => typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
    .map(String)
    .filter((text) => text.trim() !== '');
  return texts.length === 0 ? undefined : texts.slice(0, most).join(', ');
}
