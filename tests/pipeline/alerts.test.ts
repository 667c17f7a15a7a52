import { describe, expect, it } from 'vitest';
import { renderRfc3339 } from '../../src/domain/instant.ts';
import { type SourceState, toInitialState } from '../../src/domain/source-state.ts';
import { judgeCheck, type RecordedAlert, renderAlert } from '../../src/pipeline/alerts.ts';
import { givenInstant } from '../support/given.ts';
import { givenCheck } from '../support/given-reports.ts';

const now = givenInstant('2026-11-22T10:30:00Z');
const hourMs = 3_600_000;

/** A state whose checks ended so, the last one now: `=` well, `x` failed; `hours` lie between two. */
function given(checks: string, hours: number, more: Partial<SourceState> = {}): SourceState {
  const history = Array.from(checks, (how, at) =>
    givenCheck(now - (checks.length - 1 - at) * hours * hourMs, how === '=' ? '=' : '-503'),
  );
  return {
    ...toInitialState(now),
    history: history.join(' '),
    lastOutcome: checks.endsWith('=') ? 'not-modified' : 'failed',
    ...more,
  };
}

describe('a source in trouble', () => {
  it('is told of after it has failed for a day, and once', () => {
    expect(judgeCheck(given('=xxx', 6), undefined, now)).toBeUndefined();
    expect(judgeCheck(given('=xxxxx', 6), undefined, now)?.kind).toBe('failing');
    expect(judgeCheck(given('=xxxxx', 6), 'failing', now)).toBeUndefined();
    expect(judgeCheck(given('=xxxxxxxx', 2), undefined, now)).toBeUndefined();
  });

  it('counts its failures from the last check that went well', () => {
    expect(judgeCheck(given('xxxxx=xx', 6), undefined, now)).toBeUndefined();
  });

  it('is told of when it is gone, also after it was failing, and when it is back', () => {
    const gone = { stopped: true, lastFailure: { kind: 'gone' } } as const;
    expect(judgeCheck(given('=x', 1, gone), undefined, now)?.kind).toBe('gone');
    expect(judgeCheck(given('=x', 1, gone), 'failing', now)?.kind).toBe('gone');
    expect(judgeCheck(given('=x', 1, gone), 'gone', now)).toBeUndefined();
    expect(judgeCheck(given('xx=', 1), 'failing', now)?.kind).toBe('recovered');
    expect(judgeCheck(given('xx=', 1), undefined, now)).toBeUndefined();
  });
});

it('tells an alert as JSON', () => {
  const alert: RecordedAlert = { id: 3, at: now, kind: 'publishing-fails', detail: 'KV is full.' };
  expect(JSON.parse(renderAlert(alert))).toEqual({
    id: 3,
    at: renderRfc3339(now),
    kind: 'publishing-fails',
    source: null,
    detail: 'KV is full.',
  });
});
