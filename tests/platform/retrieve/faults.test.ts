import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRetriever } from '../../../src/platform/retrieve/retrieve-upstream.ts';
import { freePlaces } from '../../support/free-places.ts';
import { givenInstant } from '../../support/given.ts';
import { startUpstream, type Upstream } from '../../support/upstream.ts';
import { faultLimits, faultPath, serveFaults } from '../../support/upstream-fault.ts';
import { upstreamFaults } from '../../support/upstream-faults.ts';
import { validatorFaults } from '../../support/upstream-faults-validators.ts';

let upstream: Upstream;

beforeAll(async () => {
  upstream = await startUpstream();
  serveFaults(upstream, upstreamFaults);
});

afterAll(async () => upstream.close());

function retriever() {
  return createRetriever({
    places: freePlaces,
    ...faultLimits,
    fetch: globalThis.fetch,
    now: () => givenInstant(Date.now()),
    userAgent: 'Tributary/test',
    privateHosts: [upstream.host],
    ownHosts: ['127.0.0.1:1'],
  });
}

describe('a site that', () => {
  it('has at least 40 faults, each with a name of its own', () => {
    expect(new Set(upstreamFaults.map((fault) => fault.name)).size).toBe(upstreamFaults.length);
    expect(upstreamFaults.length).toBeGreaterThanOrEqual(40);
  });

  it.each(upstreamFaults.map((fault) => [fault.name, fault] as const))('%s ends as documented', async (name, fault) => {
    const startedAt = Date.now();
    const result = await retriever()({ url: upstream.url(faultPath(name)), validators: {}, accept: 'feed' });
    expect(result.ok ? result.value : result.failure).toMatchObject({ kind: fault.retrieved, ...fault.evidence });
    expect(Date.now() - startedAt).toBeLessThan(3 * faultLimits.timeoutMs);
  });
});

describe('a site asked again that', () => {
  it.each(validatorFaults.map((fault) => [fault.name, fault] as const))('has %s', async (name, fault) => {
    const url = upstream.url(faultPath(name));
    const first = await retriever()({ url, validators: {}, accept: 'feed' });
    const validators = first.ok ? first.value.validators : {};
    const second = await retriever()({ url, validators, accept: 'feed' });
    expect(second.ok ? second.value.kind : second.failure).toBe(fault.again);
  });
});
