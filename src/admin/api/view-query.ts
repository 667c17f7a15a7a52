/**
 * Reads the query of a view that an owner typed: a search string, or a whole address of this site.
 */
import type { SavedView } from '../../domain/saved-view.ts';
import { feedFileNames } from '../../domain/view.ts';

const fileNames: ReadonlySet<string> = new Set(Object.values(feedFileNames));

/** Parameters that choose a page or a client, not entries. */
const dropped = ['before', 'key', 'explain'];

/** The search string of one of our addresses; `undefined` when it is not the address of a view. */
export function readViewQuery(given: string, views: readonly SavedView[]): string | undefined {
  const text = given.trim();
  const base = 'https://tributary.invalid';
  if (!/^(?:https?:\/\/|\/)/i.test(text) || !URL.canParse(text, base)) return text.replace(/^\?/, '');
  const { pathname, searchParams } = new URL(text, base);
  const parts = pathname.split('/').filter((part) => part !== '' && !fileNames.has(part));
  const place = readPlace(parts.map(decode), views);
  if (place === undefined) return undefined;
  for (const name of dropped) searchParams.delete(name);
  return [place, searchParams.toString()].filter((part) => part !== '').join('&');
}

/** The search string of a path; empty for everything. */
function readPlace([kind, name, ...more]: readonly string[], views: readonly SavedView[]): string | undefined {
  if (kind === undefined || (kind === 'search' && name === undefined)) return '';
  if (name === undefined || more.length > 0) return undefined;
  switch (kind) {
    case 'tags':
      return new URLSearchParams({ tag: name }).toString();
    case 'sources':
      return new URLSearchParams({ source: name }).toString();
    case 'views':
      return views.find((view) => view.name === name)?.query;
    default:
      return undefined;
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
