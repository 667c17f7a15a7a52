/**
 * `npm run read -- <file-or-url> [--header "Content-Type: ..."] [--entries 3]`: shows how one document is read.
 *
 * A feed, or an archived article such as seeds/articles/x.md.
 * Prints every station of the line for one document: bytes, charset, format, raw, defects, normalized, sanitized. What it
 * prints is what a bug report is made with.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Defect, Document } from '../src/domain/document.ts';
import { describeFailure } from '../src/domain/failure.ts';
import { parseHttpUrl } from '../src/domain/http-url.ts';
import { renderRfc3339, toInstant } from '../src/domain/instant.ts';
import { toPrintableLines } from '../src/domain/printable.ts';
import { readArchivedArticle } from '../src/feed/read/archived-article/archived-article.ts';
import { readFeed } from '../src/feed/read/read-feed.ts';
import { sanitizeEntry } from '../src/feed/sanitize/sanitize-entry.ts';
import { runLine } from './corpus/pipeline.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    header: { type: 'string', multiple: true, default: [] },
    url: { type: 'string', default: 'https://example.org/feed.xml' },
    entries: { type: 'string', default: '3' },
  },
});
const [target] = positionals;
if (target === undefined) {
  console.error(
    'usage: npm run read -- <file-or-url> [--url <its address>] [--header "Name: value"] [--entries <how many>]',
  );
  process.exit(2);
}

async function load(place: string): Promise<Document> {
  const remote = parseHttpUrl(place);
  const headers = new Headers(
    values.header.map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  let bytes: Uint8Array;
  let url = parseHttpUrl(values.url);
  if (remote === undefined) bytes = new Uint8Array(readFileSync(place));
  else {
    const response = await fetch(remote, { headers: { 'user-agent': 'Tributary/0.1 (npm run read)' } });
    bytes = new Uint8Array(await response.arrayBuffer());
    url = parseHttpUrl(response.url) ?? remote;
    for (const [name, value] of response.headers) if (!headers.has(name)) headers.set(name, value);
    console.log(`answered ${response.status}`);
  }
  if (url === undefined) throw new Error(`not an http(s) URL: ${values.url}`);
  const of = (name: string, key: string): Record<string, string> => {
    const value = headers.get(name);
    return value === null ? {} : { [key]: value };
  };
  return {
    bytes,
    url,
    ...of('content-type', 'contentType'),
    ...of('content-language', 'contentLanguage'),
    ...of('content-location', 'contentLocation'),
  };
}

const most = Number(values.entries);

/** Data for people: instants as dates, long strings and lists cut. */
function show(value: unknown): string {
  return JSON.stringify(
    value,
    (key, part: unknown) => {
      if (typeof part === 'number' && (key === 'published' || key === 'updated')) {
        const at = toInstant(part);
        return at === undefined ? part : renderRfc3339(at);
      }
      if (typeof part === 'string' && part.length > 600) return `${part.slice(0, 600)}… (${part.length} characters)`;
      return key === 'entries' && Array.isArray(part) && part.length > most
        ? [...part.slice(0, most), `and ${part.length - most} more`]
        : part;
    },
    2,
  );
}

function station(name: string, text: string): void {
  console.log(toPrintableLines(`\n== ${name}\n${text}`));
}

const document = await load(target);
const { bytes, ...headers } = document;
const start = [...bytes.subarray(0, 48)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
station('bytes', `${bytes.length} bytes\n${start}\n${show(headers)}`);

/** Files under seeds/articles are no feeds: they have a head of their own. */
function isArchivedArticle(): boolean {
  if (parseHttpUrl(target ?? '') !== undefined || !/\.(?:md|txt|html?)$/i.test(target ?? '')) return false;
  return /^\s*(?:<!--\s*(?:-?\d+|NaN|tags:)|---\s*\n|\[[^\n]*\]\()/.test(
    new TextDecoder().decode(bytes.subarray(0, 2000)),
  );
}

function renderDefects(defects: readonly Defect[]): string {
  const lines = defects.map(({ kind, line, entryIndex, detail }) => {
    const place = `${line === undefined ? '' : ` line ${line}`}${entryIndex === undefined ? '' : ` entry ${entryIndex}`}`;
    return `${kind}${place}: ${detail}`;
  });
  return lines.length === 0 ? 'none' : lines.join('\n');
}

function readArticle(path: string): void {
  const [, inSeeds = path] = /(?:^|\/)articles\/(.*)$/.exec(path.replaceAll('\\', '/')) ?? [];
  const article = readArchivedArticle(bytes, inSeeds);
  if (!article.ok) {
    station('failure', `line ${article.failure.line}: ${article.failure.reason}`);
    process.exitCode = 1;
    return;
  }
  const { entry, archivedAt, dateFrom, site, labels, defects } = article.value;
  station('archived article', show({ site, archivedAt: renderRfc3339(archivedAt), dateFrom, labels }));
  station('defects', renderDefects(defects));
  station('read', show(entry));
  station('sanitized', show(sanitizeEntry(entry)));
}

const read = isArchivedArticle() ? undefined : readFeed(document);
if (read === undefined) readArticle(target);
else if (read.ok) {
  station('charset', read.value.charset);
  station('format', read.value.format);
  station('raw', show(read.value.raw));
  const line = runLine(document);
  if (line.ok) {
    const { normalized, sanitized } = line.value;
    const defects = [...read.value.defects, ...normalized.defects];
    station('defects', renderDefects(defects));
    station('normalized', show(normalized.feed));
    station('sanitized', show(sanitized));
  }
} else {
  station('failure', `${read.failure.kind}: ${describeFailure(read.failure)}`);
  process.exitCode = 1;
}
