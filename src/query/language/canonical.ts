/**
 * Writes a query in its canonical spelling: for the self link, the cache key and a part of the ETag.
 *
 * Parameters have one order, defaults are left out, values are in their normal form. They are percent-encoded so that the
 * WHATWG URL parser, which every cache and feed reader runs over them, changes no byte.
 */
import { renderCursor } from './cursor.ts';
import { facetNames, facets } from './facets.ts';
import { renderGroupList } from './groups.ts';
import { everything, type Query } from './query.ts';
import { renderTextQuery } from './text-query.ts';
import { renderTimeBound } from './time-bound.ts';

/** The search string without `?`; empty for the query that asks for everything. */
export function canonicalQuery(query: Query): string {
  let text = '';
  for (const facet of facetNames) {
    for (const group of query[facet]) text += pair(facets[facet].parameter, renderGroupList(group));
  }
  if (query.text !== undefined) text += pair('q', renderTextQuery(query.text));
  if (query.since !== undefined) text += pair('since', renderTimeBound(query.since, 'since'));
  if (query.until !== undefined) text += pair('until', renderTimeBound(query.until, 'until'));
  if (query.limit !== everything.limit) text += pair('limit', String(query.limit));
  if (query.content !== everything.content) text += pair('content', query.content);
  if (query.titles !== everything.titles) text += pair('titles', query.titles);
  if (query.digest !== undefined) text += pair('digest', query.digest);
  if (query.zone !== undefined) text += pair('zone', query.zone);
  if (query.before !== undefined) text += pair('before', renderCursor(query.before));
  return text.slice(1);
}

function pair(name: string, value: string): string {
  return `&${name}=${percentEncode(value)}`;
}

/** Commas and colons are plain to people and legal in a query (RFC 3986 section 3.4); `'` is not left alone by `URL`. */
function percentEncode(value: string): string {
  return encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll("'", '%27');
}
