/**
 * Where an entry came from (RFC 4287 section 4.2.11): its own `atom:source` is kept; ours has the id and the date of its feed.
 */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { consumeJobs } from '../../src/platform/consume-jobs.ts';
import { givenUrl } from '../support/given.ts';
import { ask, bindings, own, publish } from '../support/given-owner.ts';
import { noTopics } from '../support/no-topics.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const address = givenUrl('https://delta.river.org/atom.xml');
const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:delta.river.org,2026:feed</id><title>Delta</title>
  <updated>2026-11-20T10:00:00Z</updated><link href="https://delta.river.org/"/>
  <entry><id>tag:delta.river.org,2026:1</id><title>Own words</title><updated>2026-11-01T00:00:00Z</updated>
    <link href="https://delta.river.org/1"/></entry>
  <entry><id>tag:delta.river.org,2026:2</id><title>From elsewhere</title><updated>2026-11-02T00:00:00Z</updated>
    <link href="https://delta.river.org/2"/>
    <source><id>tag:spring.river.org,2026:feed</id><title>Spring</title><updated>2026-10-30T00:00:00Z</updated>
      <rights>Spring water</rights><link rel="self" href="https://spring.river.org/atom.xml"/></source></entry>
  </feed>`;

let sourceId = '';

beforeAll(async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(
    async () => new Response(atom, { headers: { 'Content-Type': 'application/atom+xml' } }),
  );
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const answer = await own('POST', '/admin/api/sources', { url: address });
  sourceId = String(answer.json['id']);
  await own('POST', `/admin/api/sources/${sourceId}/refresh?force=1`);
  const messages = [
    { body: { jobs: [{ kind: 'source', sourceId }] }, attempts: 1, ack: () => undefined, retry: () => undefined },
  ];
  await consumeJobs({ queue: 'tributary-jobs', messages } as unknown as MessageBatch, bindings, noTopics);
  await publish();
});

function sourceOf(text: string, title: string): string {
  const entry = text.split('<entry').find((part) => part.includes(`<title>${title}</title>`)) ?? '';
  expect(entry.match(/<source>/g)).toHaveLength(1);
  return /<source>[\s\S]*<\/source>/.exec(entry)?.[0] ?? '';
}

describe('the source of an entry', () => {
  it('has the id and the date that the feed gives itself', async () => {
    const { text } = await ask('GET', `/atom.xml?source=${sourceId}`);
    const source = sourceOf(text, 'Own words');
    expect(source).toContain('<id>tag:delta.river.org,2026:feed</id>');
    expect(source).toContain('<updated>2026-11-20T10:00:00Z</updated>');
    expect(source).toContain(`<link rel="self" href="${address}"/>`);
  });

  it('is its own where it has one', async () => {
    const { text } = await ask('GET', `/atom.xml?source=${sourceId}`);
    const source = sourceOf(text, 'From elsewhere');
    expect(source).toContain('<id>tag:spring.river.org,2026:feed</id>');
    expect(source).toContain('<updated>2026-10-30T00:00:00Z</updated>');
    expect(source).toContain('<rights>Spring water</rights>');
    expect(source).not.toContain('Delta');
  });

  it('is named in JSON Feed, too', async () => {
    const { json } = await ask('GET', `/feed.json?source=${sourceId}`);
    expect(json['items']).toMatchObject([
      { _atom: { source: { id: 'tag:spring.river.org,2026:feed', title: 'Spring' } } },
      { _tributary: { source: { id: 'tag:delta.river.org,2026:feed', updated: '2026-11-20T10:00:00Z' } } },
    ]);
  });
});
