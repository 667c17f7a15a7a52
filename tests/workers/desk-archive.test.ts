/**
 * What the desk asks of the Archive: alerts, the owner's log, pages of ten thousand sources.
 */
import { runInDurableObject } from 'cloudflare:test';
import { expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { type SourceState, toInitialState } from '../../src/domain/source-state.ts';
import type { SourceQuestion } from '../../src/pipeline/source-table.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { writeRecording } from '../../src/platform/archive/jobs/record-jobs.ts';
import { removeSource } from '../../src/platform/archive/owner/change-source.ts';
import { listActions, listUse, noteAction, noteUse } from '../../src/platform/archive/owner/owner-log.ts';
import { readSourceDetails, tabulateSources } from '../../src/platform/archive/owner/report-sources.ts';
import { countOpenAlerts, listAlerts, notePublishing } from '../../src/platform/archive/rows/alert-rows.ts';
import { writeSource, writeState } from '../../src/platform/archive/rows/source-rows.ts';
import { givenSource } from '../support/archive-objects.ts';
import { bindings } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 60_000 });

const start = 1_795_000_000_000;
const hourMs = 3_600_000;

const at = (minute: number): Instant => (start + minute * 60_000) as Instant;

const failed: Partial<SourceState> = {
  lastOutcome: 'failed',
  lastFailure: { kind: 'http-status', status: 503, host: 'a.example' },
  consecutiveFailures: 1,
};

it('a source that fails for a day, is gone and comes back is told of, each once', async () => {
  const told = await runInDurableObject(bindings.ARCHIVE.getByName('alerts'), (_, { storage }) => {
    const archive = wakeArchive(storage);
    const source = givenSource('alerts.example');
    writeSource(storage.sql, source);
    const check = (hour: number, state: Partial<SourceState>): void => {
      const now = (start + hour * hourMs) as Instant;
      const next = { ...toInitialState(now), lastCheckedAt: now, ...state };
      writeRecording(archive, { kind: 'source', sourceId: source.id, state: next, entries: [] }, now);
    };
    check(0, { lastOutcome: 'not-modified' });
    for (let hour = 1; hour <= 40; hour += 3) check(hour, failed);
    const open = countOpenAlerts(storage.sql);
    check(44, { ...failed, stopped: true, lastFailure: { kind: 'gone' } });
    check(45, { lastOutcome: 'not-modified' });
    check(46, { lastOutcome: 'not-modified' });
    return {
      open,
      stillOpen: countOpenAlerts(storage.sql),
      kinds: listAlerts(storage.sql, 10).map(({ kind, source: about }) => [kind, about?.title]),
    };
  });
  const title = givenSource('alerts.example').title;
  expect(told).toEqual({
    open: 1,
    stillOpen: 0,
    kinds: [
      ['recovered', title],
      ['gone', title],
      ['failing', title],
    ],
  });
});

it('a source that is removed has no open alert', async () => {
  const open = await runInDurableObject(bindings.ARCHIVE.getByName('removed'), (_, { storage }) => {
    const archive = wakeArchive(storage);
    const source = givenSource('removed.example');
    writeSource(storage.sql, source);
    const now = start as Instant;
    const state = { ...toInitialState(now), ...failed, lastCheckedAt: now, stopped: true };
    writeRecording(archive, { kind: 'source', sourceId: source.id, state, entries: [] }, now);
    const before = countOpenAlerts(storage.sql);
    removeSource(archive, source.id, now);
    return [before, countOpenAlerts(storage.sql)];
  });
  expect(open).toEqual([1, 0]);
});

it('publishing that fails is told of once, and once when it works again', async () => {
  const told = await runInDurableObject(bindings.ARCHIVE.getByName('publishing'), (_, { storage }) => {
    wakeArchive(storage);
    const { sql } = storage;
    notePublishing(sql, undefined, at(0));
    for (const minute of [1, 2, 3]) notePublishing(sql, 'KV refuses the value.', at(minute));
    const open = countOpenAlerts(sql);
    for (const minute of [4, 5]) notePublishing(sql, undefined, at(minute));
    return { open, after: countOpenAlerts(sql), kinds: listAlerts(sql, 9).map(({ kind }) => kind) };
  });
  expect(told).toEqual({ open: 1, after: 0, kinds: ['publishing-works', 'publishing-fails'] });
});

it('the owner’s log counts what is repeated, and work goes into its hour', async () => {
  const log = await runInDurableObject(bindings.ARCHIVE.getByName('log'), (_, { storage }) => {
    wakeArchive(storage);
    for (let minute = 0; minute < 5; minute += 1) noteAction(storage.sql, 'recordArticles', '', at(minute));
    noteAction(storage.sql, 'saveView', 'mine', at(6));
    noteUse(storage.sql, { rounds: 1, jobs: 7 }, at(0));
    noteUse(storage.sql, { publishes: 1, kvWrites: 6 }, at(1));
    return {
      actions: listActions(storage.sql, 10).map(({ action, times }) => [action, times]),
      use: listUse(storage.sql, at(5)).map(({ hour: _hour, ...rest }) => rest),
      later: listUse(storage.sql, at(60 * 30)),
    };
  });
  expect(log.actions).toEqual([
    ['saveView', 1],
    ['recordArticles', 5],
  ]);
  expect(log.use).toEqual([{ rounds: 1, jobs: 7, publishes: 1, kvWrites: 6 }]);
  expect(log.later).toEqual([]);
});

it('ten thousand sources with faults and history are a page of the list', async () => {
  const question: SourceQuestion = {
    words: 'river',
    filter: 'all',
    order: 'title',
    isReversed: false,
    from: 100,
    limit: 100,
  };
  const page = await runInDurableObject(bindings.ARCHIVE.getByName('many'), (_, { storage }) => {
    const archive = wakeArchive(storage);
    const now = start as Instant;
    const defects = Array.from({ length: 20 }, (_, line) => ({ kind: 'entity', detail: 'A name is unknown.', line }));
    const history = Array.from({ length: 30 }, (_, at) => `${(1_700_000 + at).toString(36)}=`).join(' ');
    storage.transactionSync(() => {
      for (let at = 0; at < 10_000; at += 1) {
        const source = { ...givenSource(`s${at}.example`), title: `River ${at}` };
        writeSource(storage.sql, { ...source, id: toSourceId(source.url) });
        const state = { ...toInitialState(now), lastOutcome: 'updated' as const, lastCheckedAt: now, defects, history };
        writeState(storage.sql, toSourceId(source.url), at % 100 === 0 ? { ...state, ...failed } : state);
      }
    });
    const table = tabulateSources(archive, question, now);
    readSourceDetails(storage.sql, toSourceId(givenSource('s1.example').url), now);
    return {
      found: table.found,
      troubled: [table.troubledCount, table.troubled.length],
      first: table.reports[0]?.source.title,
      rows: table.reports.length,
      length: JSON.stringify(table).length,
    };
  });
  expect(page).toMatchObject({ found: 10_000, troubled: [100, 3], first: 'River 100', rows: 100 });
  expect(page.length).toBeLessThan(500_000);
});
