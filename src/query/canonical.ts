/**
 * The one spelling of a query: self link, cache key and part of the ETag.
 *
 * Parameters in one order, defaults left out, values in their normal form; percent-encoded so that the WHATWG URL
 * parser, which every cache and feed reader runs over it, leaves each byte alone.
 */
import { renderCursor } from './cursor.ts';
import { renderGroupList } from './group-list.ts';
import { everything, type Group, type Query } from './query.ts';
import { renderTextQuery } from './text-query.ts';
import { renderTimeBound } from './time-bound.ts';

/** Spellings of queries at hand: a view writes its own into a dozen addresses. */
const spelled = new WeakMap<Query, string>();

/** The search string without `?`; empty for the query that asks for everything. */
export function canonicalQuery(query: Query): string {
  const known = spelled.get(query);
  if (known !== undefined) return known;
  const text = spell(query);
  spelled.set(query, text);
  return text;
}

function spell(query: Query): string {
  const pairs: [string, string][] = [
    ...groupPairs('tag', query.tags),
    ...groupPairs('source', query.sources),
    ...groupPairs('author', query.authors),
    ...groupPairs('lang', query.languages),
  ];
  if (query.text !== undefined) pairs.push(['q', renderTextQuery(query.text)]);
  if (query.since !== undefined) pairs.push(['since', renderTimeBound(query.since, 'since')]);
  if (query.until !== undefined) pairs.push(['until', renderTimeBound(query.until, 'until')]);
  if (query.limit !== everything.limit) pairs.push(['limit', String(query.limit)]);
  if (query.content !== everything.content) pairs.push(['content', query.content]);
  if (query.before !== undefined) pairs.push(['before', renderCursor(query.before)]);
  return pairs.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&');
}

function groupPairs(name: string, groups: readonly Group[]): [string, string][] {
  return groups.map((group) => [name, renderGroupList(group)]);
}

/** Commas and colons are plain to people and legal in a query (RFC 3986 section 3.4); `'` is not left alone by `URL`. */
function percentEncode(value: string): string {
  return encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll("'", '%27');
}
