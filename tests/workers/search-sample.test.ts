/**
 * What bounds a search in a large archive: the sample is of the whole archive, and what a search leaves behind is nothing.
 */
import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { createAnswers } from '../../src/platform/archive/answers/answer-query.ts';
import { type ArchiveState, wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { affordableEntries } from '../../src/platform/archive/search/find-horizon.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { everything } from '../../src/query/language/query.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';

const bindings = env as unknown as Bindings;
const now = Date.now() as Instant;
const count = 900;

beforeAll(async () => {
  const articles = Array.from({ length: count }, (_, at) => ({
    name: `entry ${at} ${at % 2 === 0 ? 'salmon' : 'gravel'}`,
    at: new Date(Date.UTC(2026, 5, 1) + at * 60_000).toISOString(),
  }));
  await recordArticles(bindings, givenSource('sampled.example'), articles);
}, 60_000);

function inArchive(work: (archive: ArchiveState) => void): Promise<void> {
  return runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, state) => work(wakeArchive(state.storage)));
}

it('knows about where so many entries end, and whether they do', async () => {
  await inArchive((archive) => {
    const { placeAfter } = archive.searchSample();
    const first = placeAfter(everything, now, 200);
    const second = placeAfter(everything, now, 300);
    if (first === undefined || second === undefined) throw new Error('there are more entries than that');
    const newerThan = (at: Instant): number =>
      archive.sql.exec<{ n: number }>('SELECT COUNT(*) AS n FROM entry WHERE sort_at > ?', at).one().n;
    expect([newerThan(first.sortAt), newerThan(second.sortAt)]).toEqual([256, 512]);
    expect(placeAfter({ ...everything, before: first }, now, 200)).toEqual(placeAfter(everything, now, 600));
    expect(placeAfter(everything, now, 10_000)).toBeUndefined();
    const since = { kind: 'instant', at: (first.sortAt + 1) as Instant } as const;
    expect(placeAfter({ ...everything, since }, now, 200)).toBeUndefined();
    const until = { kind: 'instant', at: second.sortAt } as const;
    expect(placeAfter({ ...everything, until }, now, 200)?.sortAt).toBeLessThan(second.sortAt);
  });
});

it('knows how common words are', async () => {
  await inArchive((archive) => {
    const { shareOf } = archive.searchSample();
    expect(shareOf('ent')).toBeGreaterThan(0.7);
    expect(shareOf('zqx')).toBeLessThan(0.2);
  });
});

it('knows how much a search finds', async () => {
  await inArchive((archive) => {
    const found = (text: string): number =>
      archive.searchSample().foundBy({ ...everything, text: [{ anyOf: [{ text, in: 'both' }] }] });
    expect(found('entry')).toBeGreaterThan(0.7);
    expect(['kangaroo', 'ab'].map(found)).toEqual([0, 0]);
    const common = { ...everything, text: [{ anyOf: [{ text: 'entry', in: 'both' as const }] }] };
    expect(affordableEntries(archive, common)).toBe(Number.POSITIVE_INFINITY);
  });
});

it('keeps nothing of what a search found', async () => {
  await inArchive((archive) => {
    const answer = createAnswers(archive);
    const text = [{ anyOf: [{ text: 'salmon', in: 'both' }] }] as const;
    for (const format of ['rss', 'atom', 'json', 'card'] as const) {
      expect(answer({ ...everything, text, limit: 100 }, format, now).entries).toHaveLength(100);
    }
    expect(archive.rendered.size).toBe(0);
  });
});
