import { describe, expect, it } from 'vitest';
import { type SourceState, toInitialState } from '../../src/domain/source-state.ts';
import { judgeCheck, type RecordedAlert } from '../../src/pipeline/alerts.ts';
import { deliverAlerts } from '../../src/pipeline/deliver-alerts.ts';
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

const alert = (id: number): RecordedAlert => ({ id, at: now, kind: 'failing', detail: 'It could not be read.' });

describe('the webhook', () => {
  it('gets each alert once, in order, and after a failure the rest at the next round', async () => {
    const open = [alert(1), alert(2), alert(3)];
    const posted: number[] = [];
    let isUp = true;
    const deliver = (): Promise<number> =>
      deliverAlerts({
        undelivered: async () => [...open],
        noteDelivered: async (id) =>
          void open.splice(
            open.findIndex((one) => one.id === id),
            1,
          ),
        post: async (body) => {
          if (isUp) posted.push(JSON.parse(body).id);
          const taken = isUp;
          isUp = posted.length !== 2;
          return taken;
        },
        now: () => now,
      });
    expect(await deliver()).toBe(2);
    isUp = true;
    expect(await deliver()).toBe(1);
    expect(posted).toEqual([1, 2, 3]);
    expect(await deliver()).toBe(0);
  });
});
