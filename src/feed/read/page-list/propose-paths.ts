/**
 * Proposes paths for a JSON document: the list whose objects have the most members of an entry.
 */
import type { PageField, PageSelectors } from '../../../domain/page-selectors.ts';
import type { RawEntry } from '../raw-feed.ts';
import { readJsonItems } from './json-items.ts';
import type { ListPage } from './list-page.ts';

/** Proposed selectors, with the items that they find. */
export interface Proposal {
  readonly page: PageSelectors;
  readonly entries: readonly RawEntry[];
}

/** Values looked at, and how deep. */
const maxValues = 20_000;
const maxDepth = 6;

/** Names of members of an entry, the likeliest name first. */
const names: Readonly<Record<PageField, readonly string[]>> = {
  title: ['title', 'headline', 'name', 'subject', 'heading', 'label'],
  link: ['url', 'link', 'permalink', 'href', 'web_url', 'html_url', 'canonical_url', 'path', 'uri', 'slug'],
  date: [
    'published',
    'published_at',
    'publishedat',
    'date',
    'pubdate',
    'publish_date',
    'date_published',
    'datepublished',
    'created_at',
    'createdat',
    'created',
    'time',
    'timestamp',
    'updated_at',
  ],
  summary: ['summary', 'excerpt', 'description', 'teaser', 'abstract', 'lead', 'body', 'content', 'text'],
  image: ['image', 'cover', 'thumbnail', 'picture', 'photo', 'image_url', 'cover_image', 'hero'],
  author: ['author', 'authors', 'byline', 'creator', 'writer'],
};

/** Members that hold the text when a value is an object. */
const inner: Readonly<Partial<Record<PageField, readonly string[]>>> = {
  title: ['rendered', 'text'],
  summary: ['rendered', 'text'],
  image: ['url', 'src', 'href'],
  author: ['name', 'display_name'],
};

/** The likeliest paths first. */
export function proposePaths(text: string, page: ListPage): readonly Proposal[] {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return [];
  }
  return listsOf(json)
    .map(({ path, first }) => ({ item: `${path}[*]`, ...fieldsOf(first) }))
    .map((selectors) => ({ page: selectors, entries: readJsonItems(json, selectors, page) }))
    .map(({ page: selectors, entries }) => ({
      page: selectors,
      entries: entries.filter(({ links, texts }) => links.length > 0 && texts.length > 0),
    }))
    .filter(({ entries }) => entries.length > 1)
    .toSorted((left, right) => right.entries.length - left.entries.length)
    .slice(0, 3);
}

/** Lists of objects, with their paths, breadth first. */
function listsOf(json: unknown): readonly { readonly path: string; readonly first: object }[] {
  const lists: { readonly path: string; readonly first: object }[] = [];
  const queue: { readonly path: string; readonly value: unknown; readonly depth: number }[] = [
    { path: '$', value: json, depth: 0 },
  ];
  for (let at = 0; at < queue.length && at < maxValues; at += 1) {
    const { path, value, depth } = queue[at] ?? { path: '', value: undefined, depth: maxDepth };
    if (typeof value !== 'object' || value === null || depth >= maxDepth) continue;
    if (Array.isArray(value)) {
      const first: unknown = value[0];
      if (value.length > 1 && typeof first === 'object' && first !== null) lists.push({ path, first });
      continue;
    }
    for (const [name, member] of Object.entries(value)) {
      queue.push({ path: `${path}${toStep(name)}`, value: member, depth: depth + 1 });
    }
  }
  return lists;
}

function fieldsOf(item: object): { readonly [Field in PageField]?: string } {
  const members = new Map(Object.entries(item).map(([name, value]) => [name.toLowerCase(), [name, value] as const]));
  const found: { [Field in PageField]?: string } = {};
  for (const [field, wanted] of Object.entries(names) as [PageField, readonly string[]][]) {
    const path = wanted
      .map((name) => members.get(name))
      .map((member) => member && pathOf(member, field))
      .find((one) => one !== undefined);
    if (path !== undefined) found[field] = path;
  }
  return found;
}

/** The path of a text in a member; `undefined` when there is none. */
function pathOf([name, value]: readonly [string, unknown], field: PageField): string | undefined {
  const step = toStep(name).replace(/^\./, '');
  if (typeof value === 'string' || typeof value === 'number') return step;
  const isList = Array.isArray(value);
  const member: unknown = isList ? value[0] : value;
  if (isList && typeof member === 'string') return `${step}[*]`;
  if (typeof member !== 'object' || member === null) return undefined;
  const key = inner[field]?.find((one) => typeof (member as Readonly<Record<string, unknown>>)[one] === 'string');
  return key === undefined ? undefined : `${step}${isList ? '[*]' : ''}.${key}`;
}

function toStep(name: string): string {
  if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name)) return `.${name}`;
  return name.includes("'") ? `["${name}"]` : `['${name}']`;
}
