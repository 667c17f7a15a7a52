/**
 * Judges one case: reads its document through the whole line and compares one field with the expected value.
 */
import type { Document } from '../../src/domain/document.ts';
import type { Entry } from '../../src/domain/entry.ts';
import type { Feed } from '../../src/domain/feed.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import { parseHttpUrl } from '../../src/domain/http-url.ts';
import { renderRfc3339 } from '../../src/domain/instant.ts';
import { readArchivedArticle } from '../../src/feed/read/archived-article/archived-article.ts';
import { sanitizeEntry } from '../../src/feed/sanitize/sanitize-entry.ts';
import { runLine } from './pipeline.ts';

/** One line of `documents.jsonl`. */
export interface Case {
  readonly file: string;
  readonly field: string;
  readonly expected: unknown;
  readonly match: 'eq' | 'has' | 'lacks' | 'src' | 'lax';
}

/** Where every case is read from. */
const address = parseHttpUrl('https://feedhost.example/dir/feed.xml');

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html',
  json: 'application/feed+json',
  md: 'text/markdown',
  txt: 'text/markdown',
};

/** Whether the case is met, and the found value. */
export function judge(one: Case, bytes: Uint8Array): { readonly holds: boolean; readonly got: unknown } {
  if (address === undefined) throw new Error('the address of the cases is an address');
  const contentType = mediaTypes[one.file.slice(one.file.lastIndexOf('.') + 1)] ?? 'application/xml';
  if (contentType === 'text/markdown') return judgeArticle(one, bytes);
  const document: Document = { bytes, url: address, contentType };
  const line = runLine(document);
  if (!line.ok) return { holds: false, got: line.failure };
  const got = fieldOf(line.value.sanitized, one.field);
  return { holds: matches(one, got), got };
}

/** Archived articles are no feeds: one file, one entry. */
function judgeArticle(one: Case, bytes: Uint8Array): { readonly holds: boolean; readonly got: unknown } {
  const article = readArchivedArticle(bytes, one.file);
  if (!article.ok) return { holds: false, got: article.failure };
  const got =
    one.field === 'count' ? 1 : valueOf(sanitizeEntry(article.value.entry), one.field.replace(/^entries\.0\./, ''));
  return { holds: matches(one, got), got };
}

function fieldOf(feed: Feed<SafeHtml>, path: string): unknown {
  if (path === 'count') return feed.entries.length;
  if (path.startsWith('feed.')) return valueOf(feed, path.slice('feed.'.length));
  const [, index = '0', field = path] = /^entries\.(\d+)\.(.+)$/.exec(path) ?? [];
  const entry = feed.entries[Number(index)];
  return entry === undefined ? undefined : valueOf(entry, field);
}

/** The names that the cases use, where they are not ours. */
const fieldNames: Readonly<Record<string, string>> = { comments: 'commentsUrl', ext: 'externalUrl' };

function valueOf(node: Feed<SafeHtml> | Entry<SafeHtml>, name: string): unknown {
  const value = (node as unknown as Readonly<Record<string, unknown>>)[fieldNames[name] ?? name];
  switch (name) {
    case 'published': {
      // As the Archive dates a new entry and every format shows it: the first "updated" where there is no other date.
      const at = node.published ?? node.updated;
      return at === undefined ? undefined : renderRfc3339(at);
    }
    case 'updated':
      return node.updated === undefined ? undefined : renderRfc3339(node.updated);
    case 'authors':
      return node.authors.map((author) => author.name).join(', ');
    case 'categories':
      return node.categories.map((category) => category.label ?? category.term).join(', ');
    case 'enclosures':
      return 'enclosures' in node ? node.enclosures.map((file) => file.url).join(' ') : undefined;
    default:
      return value;
  }
}

function matches({ expected, match }: Case, got: unknown): boolean {
  if (expected === null) return got === undefined;
  if (typeof expected !== 'string') return got === expected;
  const found = plain(typeof got === 'string' ? got : '');
  const wanted = plain(expected);
  switch (match) {
    case 'eq':
      return found === wanted;
    case 'has':
    case 'lax':
      return found.includes(wanted);
    case 'lacks':
      return !found.includes(wanted);
    case 'src':
      return [...found.matchAll(/ src="([^"]*)"/g)].some(([, source = '']) => source.includes(wanted));
    default:
      throw new Error(`unknown match ${String(match)}`);
  }
}

/** Attributes that protect or hurry, which the cases do not count. */
const uncounted = / (?:loading|decoding|rel|target|referrerpolicy)="[^"]*"/g;

function plain(html: string): string {
  const bare = html.replace(uncounted, '').replaceAll('<br />', '<br>').trim();
  const [, inner] = /^<p>([^<]*)<\/p>$/.exec(bare) ?? [];
  return inner ?? bare;
}
