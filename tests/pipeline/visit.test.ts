import { expect, it } from 'vitest';
import type { RetrieveFailure } from '../../src/domain/failure.ts';
import { fail, type Result } from '../../src/domain/result.ts';
import type { HostEntry } from '../../src/pipeline/ports.ts';
import type { HostPause, Retrieved, RetrieveRequest } from '../../src/pipeline/retrieval.ts';
import { createVisit } from '../../src/pipeline/visit.ts';
import { givenUrl } from '../support/given.ts';

const request: RetrieveRequest = { url: givenUrl('https://a.test:8443/page'), validators: {}, accept: 'page' };

function given(waitMs: HostEntry, answer: () => Result<Retrieved, RetrieveFailure>) {
  const events: string[] = [];
  const visit = createVisit({
    archive: {
      enterHost: async (host) => {
        events.push(`enter ${host}`);
        return waitMs;
      },
      leaveHost: async (host, pauses: readonly HostPause[]) =>
        void events.push(`leave ${host} ${JSON.stringify(pauses)}`),
    },
    pause: async (ms) => void events.push(`pause ${ms}`),
    retrieve: async () => {
      events.push('ask');
      return answer();
    },
  });
  return { visit, events };
}

it('rests first, asks, and gives the place back with what the host asked for', async () => {
  const { visit, events } = given(300, () =>
    fail({ kind: 'http-status', status: 429, retryAfterMs: 60_000, host: 'a.test:8443' }),
  );
  expect((await visit(request)).ok).toBe(false);
  expect(events).toEqual([
    'enter a.test:8443',
    'pause 300',
    'ask',
    'leave a.test:8443 [{"host":"a.test:8443","ms":60000}]',
  ]);
});

it.each(['busy', 'resting'] as const)('does not ask a host that is %s', async (entry) => {
  const { visit, events } = given(entry, () => fail({ kind: 'gone' }));
  expect(await visit(request)).toMatchObject({ ok: false, failure: { kind: 'network' } });
  expect(events).toEqual(['enter a.test:8443']);
});

it('gives the place back when asking throws', async () => {
  const { visit, events } = given(0, () => {
    throw new Error('a bug of ours');
  });
  await expect(visit(request)).rejects.toThrow('a bug of ours');
  expect(events.at(-1)).toBe('leave a.test:8443 []');
});
