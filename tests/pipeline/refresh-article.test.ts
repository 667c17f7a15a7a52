import { describe, expect, it } from 'vitest';
import { type RecordedEntry, toEntryId } from '../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../src/domain/html.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { type SourceState, toInitialState } from '../../src/domain/source-state.ts';
import { parseConfig } from '../../src/pipeline/config.ts';
import type { ArchiveWriter } from '../../src/pipeline/ports.ts';
import type { Recording } from '../../src/pipeline/recording.ts';
import { refreshArticle } from '../../src/pipeline/refresh-article.ts';
import type { Retrieve } from '../../src/pipeline/retrieval.ts';
import { expectOk, givenInstant, givenUrl } from '../support/given.ts';

const now = givenInstant('2026-01-10T00:00:00Z');
const url = givenUrl('https://field-notes.example/rivers');
const paragraphs = [
  'Below the village the brown river meets the blue one, and the two run side by side for a mile.',
  'Warm water is lighter than cold water, so the line between them stays sharp until the first bend.',
  'Fishermen know it well: on one side they catch perch, on the other side they catch nothing at all.',
];

const entry: RecordedEntry<SafeHtml> = {
  id: toEntryId(toSourceId(givenUrl('https://field-notes.example/')), url),
  guid: url,
  url,
  title: 'Where two rivers meet',
  summary: paragraphs[0] ?? '',
  content: restoreSafeHtml(paragraphs.map((text) => `<p>${text}</p>`).join('')),
  published: givenInstant('2026-01-01T00:00:00Z'),
  updated: givenInstant('2026-01-02T00:00:00Z'),
  authors: [],
  categories: [],
  enclosures: [],
  origin: { sourceId: toSourceId(givenUrl('https://field-notes.example/')), title: 'Field notes' },
  tags: [{ slug: 'rivers', label: 'Rivers' }],
  firstSeen: givenInstant('2026-01-02T00:00:00Z'),
  sortAt: givenInstant('2026-01-01T00:00:00Z'),
  modified: givenInstant('2026-01-02T00:00:00Z'),
  sequence: 1,
};

function page(title: string, texts: readonly string[]): string {
  return `<!doctype html><html><head><title>${title}</title></head><body><nav><a href="/">Home</a></nav><article><h1>${title}</h1>${texts
    .map((text) => `<p>${text}</p>`)
    .join('')}</article></body></html>`;
}

const answer = { url, validators: { etag: '"2"' }, freshness: {}, redirects: {}, pauses: [], conditional: true };

function serving(html: string, bytesDigest = html): Retrieve {
  const bytes = new TextEncoder().encode(html);
  return async () =>
    ok({ ...answer, kind: 'document', bytesDigest, document: { bytes, url, contentType: 'text/html' } });
}

const unchanged: Retrieve = async () => ok({ ...answer, kind: 'not-modified' });

async function check(
  retrieve: Retrieve,
  state: SourceState = toInitialState(now),
): Promise<Recording & { kind: 'article' }> {
  const archive = {} as ArchiveWriter;
  const ports = {
    archive,
    retrieve,
    config: expectOk(parseConfig({})),
    now: () => now,
    jitter: () => 0,
    log: () => undefined,
    pause: async () => undefined,
  };
  const recording = await refreshArticle(ports, { kind: 'article', entry, state });
  if (recording.kind !== 'article') throw new Error('not an article');
  return recording;
}

describe('the page of a seed article', () => {
  it('that says the same leaves the entry as it is', async () => {
    const recording = await check(serving(page(entry.title, paragraphs)));
    expect(recording.entry).toBeUndefined();
    expect(recording.state).toMatchObject({ lastOutcome: 'updated', validators: { etag: '"2"' } });
  });

  it('with another text is a new revision that keeps id, tags and date, and moves updated', async () => {
    const edited = paragraphs.map((text) => text.replace('perch', 'pike and perch'));
    const recording = await check(serving(page(entry.title, edited)));
    expect(recording.entry?.entry).toMatchObject({
      id: entry.id,
      title: entry.title,
      published: entry.published,
      updated: now,
    });
    expect(recording.entry?.entry.content).toContain('pike and perch');
    expect(recording.entry?.tags).toEqual(entry.tags);
  });

  it('with another title is a new revision', async () => {
    const recording = await check(serving(page('Where three rivers meet', paragraphs)));
    expect(recording.entry?.entry.title).toBe('Where three rivers meet');
  });

  it('that was read before is compared with itself, so that a paragraph put last is noticed', async () => {
    const before = await check(serving(page(entry.title, paragraphs)));
    const longer = [
      ...paragraphs,
      'Since the flood there is a second line, a mile further down, where the chalk comes in.',
    ];
    const after = await check(serving(page(entry.title, longer)), before.state);
    expect(after.entry?.entry.content).toContain('where the chalk comes in');
  });

  it('that answers 304 or the same bytes records only when to ask again', async () => {
    expect(await check(unchanged)).not.toHaveProperty('entry');
    const state = { ...toInitialState(now), bytesDigest: 'same' };
    const recording = await check(serving('anything', 'same'), state);
    expect(recording.entry).toBeUndefined();
    expect(recording.state.lastOutcome).toBe('not-modified');
    expect(recording.state.nextCheckAt).toBeGreaterThan(now);
  });

  it('that is gone, unreachable or a wall leaves the entry, with the reason kept', async () => {
    const gone = await check(async () => fail({ kind: 'gone' }));
    expect(gone.state).toMatchObject({ lastFailure: { kind: 'gone' }, stopped: true });
    const unreachable = await check(async () => fail({ kind: 'network', detail: 'reset' }));
    expect(unreachable.state.lastFailure).toMatchObject({ kind: 'network' });
    const wall = await check(
      serving(page('Your privacy', ['We and our 843 partners value your privacy very much indeed, we say.'])),
    );
    expect(wall.state.lastFailure).toMatchObject({ kind: 'no-article' });
    expect([gone, unreachable, wall].map((recording) => recording.entry)).toEqual([undefined, undefined, undefined]);
  });

  it('is asked again after a day when it changed just now, and after as long as it has stood else', async () => {
    const changed = await check(serving(page('Where three rivers meet', paragraphs)));
    expect(changed.state.nextCheckAt - now).toBe(24 * 3_600_000);
    const stood = await check(serving(page(entry.title, paragraphs)));
    expect(stood.state.nextCheckAt - now).toBe(now - entry.modified);
  });

  it('passes on who asked for patience', async () => {
    const recording = await check(async () =>
      fail({ kind: 'http-status', status: 503, retryAfterMs: 60_000, host: 'field-notes.example' }),
    );
    expect(recording.pauses).toEqual([{ host: 'field-notes.example', ms: 60_000 }]);
  });
});
