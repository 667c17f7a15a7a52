/**
 * Random entries in an Archive inside the runtime.
 */
import { runInDurableObject } from 'cloudflare:test';
import type { EntryId } from '../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../src/domain/html.ts';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import type { SourceId } from '../../src/domain/source.ts';
import { escapeText } from '../../src/feed/render/xml-writer.ts';
import { toPlainText } from '../../src/feed/sanitize/plain-text.ts';
import type { EntryRecording } from '../../src/pipeline/recording.ts';
import { writeEntry } from '../../src/platform/archive/entries/write-entries.ts';
import { type ArchiveState, changeEntries, wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { writeSource } from '../../src/platform/archive/rows/source-rows.ts';
import { askedAt, type TextualFacts } from './arbitrary-query.ts';
import { bindings } from './given-owner.ts';

let objects = 0;

/** Runs `work` in a new Archive object that nobody else uses; `name` is the test's own. */
export function inNewObject<T>(name: string, work: (storage: DurableObjectStorage) => T | Promise<T>): Promise<T> {
  objects += 1;
  return runInDurableObject(bindings.ARCHIVE.getByName(`${name}-${objects}`), (_, { storage }) => work(storage));
}

/** The same with an awake Archive that holds these entries. */
export function inNewArchive(
  name: string,
  entries: readonly TextualFacts[],
  work: (archive: ArchiveState) => void | Promise<void>,
): Promise<void> {
  return inNewObject(name, async (storage) => {
    const archive = wakeArchive(storage);
    fillArchive(archive, entries);
    await work(archive);
  });
}

/** Records random entries the way refreshes do; more sources than the entries name stay empty. */
export function fillArchive(archive: ArchiveState, entries: readonly TextualFacts[]): void {
  for (const source of new Set(entries.flatMap(({ sources }) => sources as SourceId[]))) {
    const url = `https://${source}.example/feed` as HttpUrl;
    const settings = { enabled: true, fullText: false, maxEntries: 0, declaredBy: 'api' } as const;
    writeSource(archive.sql, { id: source, kind: 'feed', url, title: source, tags: [], ...settings });
  }
  changeEntries(archive, (log) => {
    for (const facts of entries) {
      for (const recording of [toRecording(facts), ...copiesOf(facts)]) {
        const change = writeEntry(archive.sql, recording, log.nextSequence(), askedAt);
        if (change !== undefined) log.note(change);
      }
    }
  });
}

function toRecording(facts: TextualFacts): EntryRecording {
  return {
    entry: {
      id: facts.id,
      guid: `urn:test:${facts.id}`,
      // No two have one link: which are one article is said by `others`.
      ...(facts.url === undefined ? {} : { url: `${facts.url}#${facts.id}` as HttpUrl }),
      title: facts.title,
      summary: facts.text,
      ...contentOf(facts),
      published: facts.sortAt,
      authors: facts.authors.map((name) => ({ name })),
      categories: [],
      enclosures: [],
      ...(facts.language === undefined ? {} : { language: facts.language }),
    },
    sourceId: facts.source,
    tags: facts.tags.toSorted().map((slug) => ({ slug, label: slug })),
    contentHash: facts.id,
    firstSeen: (askedAt + 3_600_000) as typeof askedAt,
  };
}

/** The same article in other sources: later, with less text, and each with some of the tags. */
function copiesOf(facts: TextualFacts): readonly EntryRecording[] {
  const { entry, ...recording } = toRecording(facts);
  const { content: _, language: __, ...words } = entry;
  return facts.sources.slice(1).map((source, at) => ({
    ...recording,
    entry: { ...words, id: `${facts.id} ${at}` as EntryId, summary: '', authors: [{ name: 'somebody else' }] },
    sourceId: source as SourceId,
    tags: recording.tags.slice(at),
    firstSeen: (askedAt + 3_600_001 + at) as typeof askedAt,
  }));
}

/** Every other entry has content that says what is searched for; of those, every other has content that stays in JSON. */
function contentOf({ id, text }: TextualFacts): { content?: SafeHtml } {
  const choice = id.charCodeAt(id.length - 1) % 4;
  const content = restoreSafeHtml(`<p>${escapeText(text)}</p>${choice === 0 ? '\r' : ''}`);
  return choice > 1 || toPlainText(content) !== text ? {} : { content };
}
