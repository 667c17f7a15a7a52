import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Validators } from '../../../src/domain/document.ts';
import type { RetrieveFailure } from '../../../src/domain/failure.ts';
import type { Result } from '../../../src/domain/result.ts';
import type { Retrieved } from '../../../src/pipeline/retrieval.ts';
import { startUpstream, type Upstream } from '../../support/upstream.ts';
import { faultLimits, faultPath, serveFaults } from '../../support/upstream-fault.ts';
import { upstreamFaults } from '../../support/upstream-faults.ts';
import { validatorFaults } from '../../support/upstream-faults-validators.ts';
import { startWorkerd, type Workerd } from '../../support/workerd.ts';

// A Worker around the retriever: the question comes as JSON, the outcome goes back as JSON.
const worker = `
import { createRetriever } from '../../../src/platform/retrieve/retrieve-upstream.ts';
export default {
  async fetch(request) {
    const { options, question } = await request.json();
    const retrieve = createRetriever({
      ...options,
      fetch,
      now: () => Date.now(),
      userAgent: 'Tributary/test',
      ownHosts: ['127.0.0.1:1'],
      places: { enterHost: async () => 0, leaveHost: async () => undefined, pause: async () => undefined },
    });
    return Response.json(await retrieve(question));
  },
};`;

let upstream: Upstream;
let workerd: Workerd;

beforeAll(async () => {
  upstream = await startUpstream();
  serveFaults(upstream, upstreamFaults);
  workerd = await startWorkerd(worker, import.meta.dirname);
}, 60_000);

afterAll(async () => {
  await workerd.close();
  await upstream.close();
});

async function retrieve(name: string, validators: Validators = {}): Promise<Retrieved | RetrieveFailure> {
  const response = await fetch(workerd.origin, {
    method: 'POST',
    body: JSON.stringify({
      options: { ...faultLimits, privateHosts: [upstream.host] },
      question: { url: upstream.url(faultPath(name)), validators, accept: 'feed' },
    }),
  });
  const result = await response.json<Result<Retrieved, RetrieveFailure>>();
  return result.ok ? result.value : result.failure;
}

describe('in the real runtime, a site that', () => {
  it.each(upstreamFaults.map((fault) => [fault.name, fault] as const))('%s ends as documented', async (name, fault) => {
    const { retrieved, retrievedInWorkerd = retrieved, evidence } = fault;
    const startedAt = Date.now();
    expect(await retrieve(name)).toMatchObject({ kind: retrievedInWorkerd, ...evidence });
    expect(Date.now() - startedAt).toBeLessThan(3 * faultLimits.timeoutMs);
  });
});

describe('in the real runtime, a request', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('asks for compression, and %s is decoded', async (encoding, compress) => {
    const body = `<rss version="2.0"><channel><title>${encoding}</title></channel></rss>`;
    upstream.serve(`/compressed-${encoding}`, ({ response }) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(compress(body));
    });
    const request = { url: upstream.url(`/compressed-${encoding}`), validators: {}, accept: 'feed' };
    const response = await fetch(workerd.origin, {
      method: 'POST',
      body: JSON.stringify({ options: { ...faultLimits, privateHosts: [upstream.host] }, question: request }),
    });
    const result = await response.json<Result<Retrieved, RetrieveFailure>>();
    const sizeBytes =
      result.ok && result.value.kind === 'document' ? Object.keys(result.value.document.bytes).length : 0;
    expect(sizeBytes).toBe(body.length);
    expect(upstream.requests.at(-1)?.headers['accept-encoding']).toBe('gzip, br');
  });
});

describe('in the real runtime, a site asked again that', () => {
  it.each(validatorFaults.map((fault) => [fault.name, fault] as const))('has %s', async (name, fault) => {
    const first = await retrieve(name);
    const validators = 'validators' in first ? first.validators : {};
    const { again, againInWorkerd = again } = fault;
    expect((await retrieve(name, validators)).kind).toBe(againInWorkerd);
  });
});
