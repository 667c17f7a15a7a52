import { describe, expect, it } from 'vitest';
import { createHealth, explainHealth, isMachineOffline, judgeHealth } from '../../src/http/documents/health.ts';
import type { ArchiveHealth } from '../../src/pipeline/archive-owner.ts';
import { givenInstant } from '../support/given.ts';
import { givenHealth, givenNow } from '../support/given-admin.ts';

const minutesAgo = (minutes: number) => givenInstant(givenNow - minutes * 60_000);
const sources = (ok: number, failing: number) => ({ total: ok + failing, ok, failing, stopped: 0 });

describe('the status', () => {
  it.each<[string, string, Partial<ArchiveHealth>]>([
    ['ok', 'nothing is wrong', {}],
    ['ok', 'less than half of the sources fail', { sources: sources(3, 2) }],
    ['failing', 'half of the sources fail', { sources: sources(2, 2) }],
    ['ok', 'a change has waited a moment', { unpublishedSince: minutesAgo(1) }],
    ['failing', 'a change has waited too long to be published', { unpublishedSince: minutesAgo(11) }],
    ['failing', 'the last publish failed', { publishFailure: 'KV PUT failed: 413' }],
    ['ok', 'jobs are due and work goes on', { due: 5, refreshedAt: minutesAgo(10) }],
    ['stale', 'jobs are due and nothing was refreshed for an hour', { due: 5, refreshedAt: minutesAgo(61) }],
    ['ok', 'nothing was refreshed for an hour because nothing is due', { refreshedAt: minutesAgo(600) }],
  ])('is %s when %s', (status, _, facts) => {
    expect(judgeHealth({ ...givenHealth, ...facts }, givenNow)).toBe(status);
  });

  it('tells offline, when no server of any source was met, from failing', () => {
    const given = { ...givenHealth, sources: sources(0, 3) };
    expect(isMachineOffline({ ...given, unreachable: 3 })).toBe(true);
    expect(isMachineOffline({ ...given, unreachable: 2 })).toBe(false);
    // Sites of archived articles were never asked.
    expect(isMachineOffline({ ...given, sources: sources(11, 3), unreachable: 3 })).toBe(true);
    expect(isMachineOffline({ ...given, sources: sources(11, 3), unreachable: 3, reached: 1 })).toBe(false);
    expect(isMachineOffline(givenHealth)).toBe(false);
  });

  it('has a reason unless it is ok', () => {
    expect(explainHealth(givenHealth, givenNow)).toBeUndefined();
    expect(explainHealth({ ...givenHealth, publishFailure: 'KV PUT failed: 413' }, givenNow)).toContain('413');
    expect(explainHealth({ ...givenHealth, sources: sources(1, 3) }, givenNow)).toBe('3 of 4 sources fail.');
    const offline = { ...givenHealth, sources: sources(0, 3), unreachable: 3 };
    expect(explainHealth(offline, givenNow)).toContain('offline');
  });

  it('is stale before anything was published', () => {
    const { publishedAt: _, ...unpublished } = givenHealth;
    expect(judgeHealth(unpublished, givenNow)).toBe('stale');
  });
});

describe('/health', () => {
  it('has every member of its promise and is kept by no cache', async () => {
    const health = createHealth({
      health: async () => ({ ...givenHealth, due: 2, inFlight: 1 }),
      version: '1.2.3',
      now: () => givenNow,
    });
    const response = await health();
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.json()).toEqual({
      name: 'Tributary',
      status: 'stale',
      reason: 'Jobs are due and nothing was asked for an hour, or nothing was ever published.',
      offline: false,
      entries: 0,
      sources: { total: 0, ok: 0, failing: 0, stopped: 0 },
      seeds: { loaded: 28, total: 28 },
      work: { merging: 0, removing: 0, changing: 0, retagging: 0 },
      queue: { due: 2, inFlight: 1, restingHosts: 0 },
      alerts: 0,
      publishedAt: '2026-11-22T10:00:00Z',
      refreshedAt: null,
      version: '1.2.3',
    });
  });
});
