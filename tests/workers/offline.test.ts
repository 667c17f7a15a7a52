import { expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { type SourceState, toInitialState } from '../../src/domain/source-state.ts';
import { readMeta } from '../../src/platform/archive/ground/meta.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { writeRecording } from '../../src/platform/archive/jobs/record-jobs.ts';
import { writeSource } from '../../src/platform/archive/rows/source-rows.ts';
import { givenSource } from '../support/archive-objects.ts';
import { inNewObject } from '../support/random-archive.ts';

vi.setConfig({ testTimeout: 30_000 });

const now = 1_795_000_000_000 as Instant;

it('a machine that meets no server at all says so in what is published, until one is met', async () => {
  await inNewObject('offline', (storage) => {
    const archive = wakeArchive(storage);
    const sources = [givenSource('one.example'), givenSource('two.example')];
    for (const source of sources) writeSource(archive.sql, source);
    const check = (at: number, isMet: boolean): void => {
      const state: SourceState = {
        ...toInitialState(now),
        lastCheckedAt: now,
        ...(isMet
          ? { lastOutcome: 'not-modified' }
          : {
              lastOutcome: 'failed',
              consecutiveFailures: 1,
              lastFailure: { kind: 'network', phase: 'headers', detail: 'no connection', isUnreachable: true },
            }),
      };
      writeRecording(
        archive,
        { kind: 'source', sourceId: (sources[at] as (typeof sources)[number]).id, state, entries: [] },
        now,
      );
    };
    const offline = (): number | undefined => archive.totals.snapshot(0).offline;
    check(0, false);
    // The other one was never asked: nobody knows yet whether it can be reached.
    expect(offline()).toBe(1);
    check(1, false);
    expect(offline()).toBe(2);
    const mark = readMeta(archive.sql, 'published_sequence');
    check(1, true);
    expect(offline()).toBeUndefined();
    expect(readMeta(archive.sql, 'published_sequence')).not.toBe(mark);
  });
});
