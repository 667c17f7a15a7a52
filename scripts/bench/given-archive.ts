/**
 * Makes an Archive of made-up entries, about 5 KB each, as the lines of a backup. The same for every run.
 *
 * Words follow Zipf's law, every tenth entry is Chinese, and things to look for are planted at known places.
 */
import { toEntryId } from '../../src/domain/entry.ts';
import { restoreSafeHtml } from '../../src/domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../src/domain/http-url.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { type SourceId, toSourceId } from '../../src/domain/source.ts';
import { type BackupEntry, type BackupRecord, backupFormat } from '../../src/pipeline/backup-format.ts';
import type { Cursor } from '../../src/query/language/query.ts';
import { createProse } from './prose.ts';

/** Entry `position` (0 = newest) has the author, word, phrase and rare tag of the needle `position % needles`. */
const needles = 1000;

/** Entries from here on have a rare tag; newer ones have one of 30 topics. So windows of every size of Archive are alike. */
const rareTagFrom = 1000;

/** Each even entry has this word, so that a search for it has very many pages. */
export const commonWord = 'waterside';

const sources = 200;
const newestAt = Date.UTC(2026, 0, 1);
const apartMs = 600_000;
const contentLength = 4700;

/** The author, word, phrase and tag by which a needle is found. */
export function needleOf(position: number): {
  readonly author: string;
  readonly word: string;
  readonly phrase: string;
  readonly tag: string;
} {
  const name = nameOf(position % needles);
  return { author: `Warden ${name}`, word: `quern${name}`, phrase: `the ${name} by the river`, tag: `rare-${name}` };
}

/** The place of an entry in the order of views. */
export function placeOf(position: number): Cursor {
  const { url, source } = addressOf(position);
  return { sortAt: (newestAt - position * apartMs) as Instant, id: toEntryId(source, url) };
}

/** Backups that fill an archive with `count` entries together, oldest first, each of at most `batch` entries. */
export function* givenBackups(count: number, batch: number): Generator<string> {
  const prose = createProse();
  let records: BackupRecord[] = [];
  for (let position = count - 1; position >= 0; position -= 1) {
    records.push(
      ...(position > count - 1 - sources ? [givenSource(position)] : []),
      givenEntry(position, count, prose),
    );
    if (records.length < batch && position > 0) continue;
    const lines = [
      { kind: 'tributary-backup', format: backupFormat },
      ...records,
      { kind: 'end', records: records.length },
    ];
    yield lines.map((line) => JSON.stringify(line)).join('\n');
    records = [];
  }
}

function givenSource(position: number): BackupRecord {
  const { feedUrl, source } = addressOf(position);
  return {
    kind: 'source',
    source: {
      id: source,
      kind: 'feed',
      url: feedUrl,
      title: `River notes ${position % sources}`,
      tags: [],
      enabled: false,
      fullText: false,
      maxEntries: 0,
      declaredBy: 'api',
    },
  };
}

function givenEntry(
  position: number,
  count: number,
  prose: (length: number, isChinese: boolean) => string,
): BackupEntry {
  const { url, source } = addressOf(position);
  const { sortAt, id } = placeOf(position);
  const { author, word, phrase, tag } = needleOf(position);
  const isChinese = position % 10 === 9;
  const paragraphs = Array.from({ length: 6 }, () => prose(contentLength / 6, isChinese));
  const planted = `${word} ${phrase} ${position % 2 === 0 ? commonWord : ''}`;
  const topic = `topic-${position % 29}`;
  const rare = position < rareTagFrom ? [] : [tag];
  return {
    kind: 'entry',
    id,
    sourceId: source,
    entry: {
      id,
      guid: url,
      url,
      title: prose(50, isChinese),
      summary: prose(120, isChinese),
      content: restoreSafeHtml([...paragraphs, planted].map((text) => `<p>${text}</p>`).join('\n')),
      published: sortAt,
      authors: [{ name: author }],
      categories: [],
      enclosures: [],
      language: isChinese ? 'zh' : 'en',
    },
    guid: url,
    url,
    tags: [...rare, topic, 'river'].map((slug) => ({ slug, label: slug })),
    sortAt,
    firstSeen: sortAt,
    modified: sortAt,
    sequence: count - position,
    revision: 1,
    contentHash: id,
    revisions: [],
  };
}

function addressOf(position: number): { readonly url: HttpUrl; readonly feedUrl: HttpUrl; readonly source: SourceId } {
  const host = `https://river-${position % sources}.example`;
  const feedUrl = givenUrl(`${host}/feed.xml`);
  return { url: givenUrl(`${host}/notes/${position}`), feedUrl, source: toSourceId(feedUrl) };
}

/** Six letters that no word of the prose holds together. */
function nameOf(needle: number): string {
  const digits = [100, 10, 1].map((unit) => Math.floor(needle / unit) % 10);
  return digits.map((digit) => 'bcdfghjklm'.charAt(digit) + 'oauieoauie'.charAt(digit)).join('');
}

function givenUrl(text: string): HttpUrl {
  const url = parseHttpUrl(text);
  if (url === undefined) throw new Error(`not a URL: ${text}`);
  return url;
}
