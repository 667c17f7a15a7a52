/**
 * `npm run read -- <file-or-url> [--header "Content-Type: ..."] [--entries 3]`: the microscope.
 *
 * Prints every station of the line for one document: bytes, charset, format, raw, defects, normalized, sanitized. What it
 * prints is what a bug report is made with.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Document } from '../src/domain/document.ts';
import { describeFailure } from '../src/domain/failure.ts';
import { parseHttpUrl } from '../src/domain/http-url.ts';
import { renderRfc3339, toInstant } from '../src/domain/instant.ts';
import { readFeed } from '../src/feed/read/read-feed.ts';
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
  console.log(`\n== ${name}\n${text}`);
}

const document = await load(target);
const { bytes, ...headers } = document;
const start = [...bytes.subarray(0, 48)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
station('bytes', `${bytes.length} bytes\n${start}\n${show(headers)}`);

const read = readFeed(document);
if (read.ok) {
  station('charset', read.value.charset);
  station('format', read.value.format);
  station('raw', show(read.value.raw));
  const line = runLine(document);
  if (line.ok) {
    const { normalized, sanitized } = line.value;
    const defects = [...read.value.defects, ...normalized.defects];
    station(
      'defects',
      defects.length === 0
        ? 'none'
        : defects
            .map(
              ({ kind, line: at, entryIndex, detail }) =>
                `${kind}${at === undefined ? '' : ` line ${at}`}${entryIndex === undefined ? '' : ` entry ${entryIndex}`}: ${detail}`,
            )
            .join('\n'),
    );
    station('normalized', show(normalized.feed));
    station('sanitized', show(sanitized));
  }
} else {
  station('failure', `${read.failure.kind}: ${describeFailure(read.failure)}`);
  process.exitCode = 1;
}
