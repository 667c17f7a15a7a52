import { assert, oneof, property, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckCounts, keptChecks, noteCheck, readChecks } from '../../src/domain/check-history.ts';
import type { Failure } from '../../src/domain/failure.ts';
import { type SourceState, toInitialState } from '../../src/domain/source-state.ts';
import { givenInstant } from '../support/given.ts';

const start = givenInstant('2026-11-22T10:30:00Z');
const at = (minutes: number): number => start + minutes * 60_000;
const nothing: CheckCounts = { found: 0, added: 0, revised: 0 };

/** A state as a check leaves it, so many minutes after the first. */
function checked(minutes: number, changes: Partial<SourceState> = {}): SourceState {
  const lastCheckedAt = givenInstant(at(minutes));
  return { ...toInitialState(lastCheckedAt), lastCheckedAt, lastOutcome: 'not-modified', ...changes };
}

const failed = (lastFailure: Failure): Partial<SourceState> => ({ lastOutcome: 'failed', lastFailure });

describe('the history of checks', () => {
  it('tells of each check when it was, how it ended, and what it brought', () => {
    const states: readonly (readonly [SourceState, CheckCounts])[] = [
      [checked(0, { lastOutcome: 'updated' }), { found: 20, added: 3, revised: 1 }],
      [checked(60), nothing],
      [checked(120, failed({ kind: 'http-status', status: 404 })), nothing],
      [checked(180, failed({ kind: 'html-instead-of-feed', feeds: [] })), nothing],
    ];
    let held: SourceState | undefined;
    for (const [state, counts] of states) held = noteCheck(held, state, counts);
    expect(readChecks(held ?? {})).toEqual([
      { outcome: 'updated', at: at(0), found: 20, added: 3, revised: 1 },
      { outcome: 'not-modified', at: at(60) },
      { outcome: 'failed', at: at(120), failure: 'http-status', status: 404 },
      { outcome: 'failed', at: at(180), failure: 'html-instead-of-feed' },
    ]);
  });

  it('notes a check once, however often it is recorded, and nothing that was no check', () => {
    const once = noteCheck(undefined, checked(0), nothing);
    expect(noteCheck(once, { ...checked(0) }, nothing).history).toBe(once.history);
    expect(noteCheck(once, { ...toInitialState(start) }, nothing).history).toBe(once.history);
    expect(noteCheck(undefined, toInitialState(start), nothing)).not.toHaveProperty('history');
  });

  it('keeps the last thirty in a kilobyte, whatever they were', () => {
    let held: SourceState | undefined;
    for (let round = 0; round < 100; round += 1)
      held = noteCheck(held, checked(round, failed({ kind: 'html-instead-of-feed', feeds: [] })), nothing);
    const checks = readChecks(held ?? {});
    expect(checks).toHaveLength(keptChecks);
    expect(checks[0]?.at).toBe(start + 70 * 60_000);
    expect(held?.history?.length).toBeLessThan(1024);
  });

  it('reads any text without throwing, and leaves out what says nothing', () => {
    expect(readChecks({ history: 'zzzzzzzzz= x y+1 -404 rx3k20= ' })).toHaveLength(1);
    assert(
      property(oneof(string(), stringMatching(/^[0-9a-z=+,\- ]{0,80}$/)), (history) => {
        for (const { at } of readChecks({ history })) new Date(at).toISOString();
      }),
    );
  });
});
