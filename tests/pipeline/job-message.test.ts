import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HandedOut, jobsPerMessage, readJobMessage, toMessages } from '../../src/pipeline/job-message.ts';
import type { RefreshJob } from '../../src/pipeline/recording.ts';

function job(id: string): RefreshJob {
  return JSON.parse(JSON.stringify({ kind: 'source', sourceId: id }));
}

describe('jobs in messages', () => {
  const handedOut = fc
    .array(fc.nat(30))
    .map((hosts) => hosts.map((host, place): HandedOut => ({ job: job(String(place)), host: `host-${host}` })));

  it('are all there once, at most ten in one, and one a host', () => {
    fc.assert(
      fc.property(handedOut, (given) => {
        const messages = toMessages(given);
        const hostOf = new Map(given.map((one) => [JSON.stringify(one.job), one.host]));
        const all = messages.flatMap(({ jobs }) => jobs).map((one) => JSON.stringify(one));
        expect(all.toSorted()).toEqual([...hostOf.keys()].toSorted());
        for (const { jobs } of messages) {
          const hosts = jobs.map((one) => hostOf.get(JSON.stringify(one)));
          expect(jobs.length).toBeLessThanOrEqual(jobsPerMessage);
          expect(new Set(hosts).size).toBe(jobs.length);
        }
      }),
    );
  });

  it('need a tenth of the messages when their hosts differ', () => {
    const hundred = Array.from({ length: 100 }, (_, place) => ({ job: job(String(place)), host: `host-${place}` }));
    expect(toMessages(hundred)).toHaveLength(10);
  });
});

describe('a delivered message', () => {
  it('is what was sent', () => {
    expect(readJobMessage({ jobs: [job('a'), job('b')] })).toEqual({ jobs: [job('a'), job('b')] });
    expect(readJobMessage({ jobs: [job('a')], isRetry: true })).toEqual({ jobs: [job('a')], isRetry: true });
  });

  it('is understood when a former version sent it', () => {
    expect(readJobMessage(job('a'))).toEqual({ jobs: [job('a')] });
    expect(readJobMessage({ kind: 'article', entryId: 'e' })).toEqual({ jobs: [{ kind: 'article', entryId: 'e' }] });
  });

  it.each([
    null,
    'text',
    {},
    { jobs: [] },
    { jobs: [{ kind: 'other' }] },
    { jobs: 'all' },
    { jobs: Array(11).fill(job('a')) },
  ])('is unknown when it is %j', (body) => {
    expect(readJobMessage(body)).toBeUndefined();
  });
});
