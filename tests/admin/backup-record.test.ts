import { assert, constantFrom, dictionary, jsonValue, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBackupRecord } from '../../src/admin/api/backup/backup-record.ts';
import { givenAdmin } from '../support/given-admin.ts';

const entry = {
  kind: 'entry',
  id: 'e1',
  sourceId: 's1',
  entry: {
    id: 'e1',
    guid: 'g',
    url: 'https://a.test/1',
    title: 'T',
    summary: 'S',
    content: '<p>Text</p>',
    authors: [],
    categories: [],
    enclosures: [],
  },
  guid: 'g',
  tags: [{ slug: 'a', label: 'A' }],
  sortAt: 1,
  firstSeen: 1,
  modified: 1,
  sequence: 1,
  revision: 1,
  contentHash: 'h',
  revisions: [{ revision: 1, contentHash: 'h', recordedAt: 1 }],
};

describe('a record of a backup', () => {
  it('comes through as it is', () => {
    expect(readBackupRecord(entry)).toEqual({ ok: true, value: entry });
  });

  it('is made safe where it carries HTML', () => {
    const tampered = { ...entry, entry: { ...entry.entry, content: '<p onclick="x()">Text<script>y()</script></p>' } };
    expect(readBackupRecord(tampered)).toEqual({ ok: true, value: entry });
  });

  it.each([
    ['a link that runs', { entry: { ...entry.entry, url: 'javascript:alert(1)' } }],
    ['an enclosure that runs', { entry: { ...entry.entry, enclosures: [{ url: 'javascript:alert(1)' }] } }],
    ['an entry under another id', { entry: { ...entry.entry, id: 'e2' } }],
    ['a moment outside of time', { sortAt: 9e15 }],
    ['no text and no reason', { entry: null }],
    ['tags that are none', { tags: ['a'] }],
    ['a fraction of a revision', { revision: 1.5 }],
  ])('with %s is refused', (_, change) => {
    expect(readBackupRecord({ ...entry, ...change }).ok).toBe(false);
  });

  it.each([
    ['sequence', 'abc'],
    ['sequence', '-1'],
    ['own_rules', 'not json'],
    ['own_rules', '{"tag":"x"}'],
    ['rules', '[{"any":["x"]}]'],
    ['rules', '[{"action":"hide","query":"lang:!"}]'],
    ['declared_sources', '[1]'],
    ['closed_month', '2026-13'],
  ])('with a value of %s that the Archive could not read (%s) is refused', (key, value) => {
    expect(readBackupRecord({ kind: 'meta', key, value }).ok).toBe(false);
  });

  it('with rules that cannot be used is refused in words', () => {
    const value = '[{"action":"hide","query":"title:x"},{"action":"hide","query":"lang:!"}]';
    const read = readBackupRecord({ kind: 'meta', key: 'own_rules', value });
    expect(read.ok ? '' : read.failure).toMatch(/its rules: 1\.query cannot be understood: After lang:/);
  });

  it.each([
    ['sequence', '12'],
    ['own_rules', '[{"tag":"x","any":["y"]}]'],
    ['own_rules', '[{"action":"keep","query":"title:x","source":"abcdefghij01"}]'],
    ['declared_sources', '["a"]'],
    ['closed_month', '2026-03'],
    ['of-a-later-version', 'x'],
  ])('with a value of %s that it can read passes', (key, value) => {
    expect(readBackupRecord({ kind: 'meta', key, value }).ok).toBe(true);
  });

  it('never throws, whatever it is', () => {
    const kinds = constantFrom('entry', 'source', 'meta', 'tag', 'other');
    assert(
      property(dictionary(string(), jsonValue()), kinds, jsonValue(), (members, kind, value) => {
        expect(typeof readBackupRecord({ ...members, kind }).ok).toBe('boolean');
        expect(typeof readBackupRecord(value).ok).toBe('boolean');
      }),
    );
  });
});

describe('an import', () => {
  it('restores lines in any chunks, passes over kinds it does not know, and tells the end', async () => {
    const lines = [
      { kind: 'tributary-backup', format: 1 },
      { kind: 'of-a-later-version', name: 'x' },
      entry,
      { kind: 'end', records: 2 },
    ];
    const bytes = new TextEncoder().encode(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    for (const size of [1, 7, 1000]) {
      const admin = givenAdmin();
      const body = streamOf(bytes, size);
      const response = await admin.ask('POST', '/admin/api/import', { body, duplex: 'half' } as RequestInit);
      expect(await response.json()).toEqual({ restored: 1, unchanged: 0, rejected: [], complete: true });
      expect(admin.restored).toEqual([entry]);
    }
  });

  it('of one endless line is refused at once, in time that grows with its length only', async () => {
    let sent = 0;
    const chunk = new Uint8Array(64 * 1024).fill(48);
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.length;
        if (sent > 70_000_000) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const response = await givenAdmin().ask('POST', '/admin/api/import', { body, duplex: 'half' } as RequestInit);
    expect(response.status).toBe(422);
    expect(sent).toBeLessThan(10_000_000);
  });

  it('of a newer format is refused', async () => {
    const body = `${JSON.stringify({ kind: 'tributary-backup', format: 2 })}\n`;
    const response = await givenAdmin().ask('POST', '/admin/api/import', {
      body,
      headers: { 'Content-Type': 'application/x-ndjson' },
    });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('Update Tributary');
  });
});

function streamOf(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
}
