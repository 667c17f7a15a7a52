/**
 * `npm run fuzz -- --seconds 60 [--dir <more documents>] [--seed 1]`: damaged documents through the whole line.
 *
 * Checks that nothing throws, nothing takes more than 100 ms per 100 KB, sanitized HTML stays as it is when sanitized
 * again, and a strict parser takes the XML that is rendered. Prints the seed of every failure; exits 1 when there is one.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SaxesParser } from 'saxes';
import type { Document } from '../src/domain/document.ts';
import { parseHttpUrl } from '../src/domain/http-url.ts';
import { toInstant } from '../src/domain/instant.ts';
import { sanitizeHtml } from '../src/feed/sanitize/sanitize-html.ts';
import { renderFeed } from '../tests/support/render-feed.ts';
import { asRecorded, runLine } from './corpus/pipeline.ts';
import { mutate } from './fuzz/mutate.ts';
import { createRandom } from './random.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    dir: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

const url = parseHttpUrl('https://fuzz.example/feeds/feed.xml');
const epoch = toInstant(0);
if (url === undefined || epoch === undefined) throw new Error('the fuzzer itself is wrong');

const head = {
  id: 'urn:fuzz',
  title: 'Fuzz',
  description: '',
  language: 'en',
  siteUrl: url,
  selfUrl: url,
  alternates: [],
  hubs: [],
  updated: epoch,
};

function loadDocuments(directory: string): Uint8Array[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => new Uint8Array(readFileSync(join(entry.parentPath, entry.name))));
}

function checkXml(text: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw new Error(`a strict parser refuses the output: ${error.message}`);
  });
  parser.write(text).close();
}

/** What is wrong with the result for a document; `undefined` when nothing is. */
function examine(document: Document): string | undefined {
  try {
    // CPU time, not the clock's: other programs on the machine are not the line's fault.
    const before = process.cpuUsage();
    const line = runLine(document);
    const { user, system } = process.cpuUsage(before);
    const limitMs = Math.max(100, (document.bytes.length / 100_000) * 100);
    if ((user + system) / 1_000 > limitMs)
      return `took ${Math.round((user + system) / 1_000)} ms for ${document.bytes.length} bytes`;
    if (!line.ok) return undefined;
    const { sanitized } = line.value;
    for (const { content } of sanitized.entries) {
      if (content !== undefined && sanitizeHtml({ markup: content, base: document.url }) !== content) {
        return `is not the same sanitized twice: ${JSON.stringify(content.slice(0, 300))}`;
      }
    }
    const entries = asRecorded(document, sanitized);
    checkXml(renderFeed('rss', head, entries, 'full'));
    checkXml(renderFeed('atom', head, entries, 'full'));
    JSON.parse(renderFeed('json', head, entries, 'full'));
    return undefined;
  } catch (error) {
    return `threw ${error instanceof Error ? error.stack : String(error)}`;
  }
}

const documents = [
  ...loadDocuments(new URL('../tests/fixtures/read', import.meta.url).pathname),
  ...(values.dir === undefined ? [] : loadDocuments(values.dir)),
];
for (const bytes of documents) {
  // The rendered output is a document, too.
  const line = documents.length < 10_000 ? runLine({ bytes, url }) : undefined;
  if (line?.ok === true && line.value.sanitized.entries.length > 2) {
    documents.push(
      new TextEncoder().encode(renderFeed('atom', head, asRecorded({ bytes, url }, line.value.sanitized), 'full')),
    );
  }
  if (documents.length > 2_000) break;
}
// Undamaged and a few times over: the compiler's work is not the line's.
for (const bytes of [...documents, ...documents]) runLine({ bytes, url });

const end = performance.now() + Number(values.seconds) * 1_000;
let seed = Number(values.seed);
let failures = 0;
let runs = 0;
while (performance.now() < end) {
  const random = createRandom(seed);
  const original = documents[Math.floor(random() * documents.length)] ?? new Uint8Array();
  const bytes = mutate(original, random);
  const first = examine({ bytes, url });
  // A pause of the machine or of the garbage collector does not come twice at one place.
  const wrong = first?.startsWith('took') === true ? examine({ bytes, url }) : first;
  if (wrong !== undefined) {
    failures += 1;
    const path = join(tmpdir(), `fuzz-${seed}.bin`);
    writeFileSync(path, bytes);
    console.error(`seed ${seed} ${wrong}\n  document: ${path}`);
    if (failures >= 20) break;
  }
  runs += 1;
  seed += 1;
}
console.log(`${runs} documents from ${documents.length}, ${failures} failures`);
if (failures > 0) process.exitCode = 1;
