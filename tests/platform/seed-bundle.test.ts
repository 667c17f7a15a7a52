import { describe, expect, it } from 'vitest';
import { decodeSeedBundle } from '../../src/platform/seed-bundle.ts';

const source = {
  id: 's',
  kind: 'site',
  url: 'https://a.example/',
  title: 'a.example',
  tags: [],
  enabled: true,
  fullText: false,
  maxEntries: 0,
  declaredBy: 'seeds',
};
const entry = {
  entry: {
    id: 'e',
    guid: 'g',
    title: '',
    summary: '',
    content: '<p>x</p>',
    authors: [],
    categories: [],
    enclosures: [],
  },
  sourceId: 's',
  tags: [{ slug: 'a', label: 'A' }],
  archivedAt: 1,
  contentHash: 'h',
};
const bundle = {
  digest: 'd',
  sources: [source],
  rules: [{ tag: 't', any: ['k'] }],
  entries: [entry],
  reports: [{ file: 'articles/x.md', line: 1, reason: 'r' }],
};

describe('decodeSeedBundle', () => {
  it('takes back what was bundled', () => {
    expect(decodeSeedBundle(JSON.stringify(bundle))).toEqual(bundle);
  });

  it.each([
    ['null', 'digest'],
    [JSON.stringify({ ...bundle, digest: 1 }), 'digest'],
    [JSON.stringify({ ...bundle, entries: {} }), 'no list of entries'],
    [JSON.stringify({ ...bundle, sources: [source, { ...source, kind: 'x' }] }), 'sources[1]'],
    [JSON.stringify({ ...bundle, rules: [{ tag: 't' }] }), 'rules[0]'],
    [JSON.stringify({ ...bundle, entries: [{ ...entry, archivedAt: 'x' }] }), 'entries[0]'],
    [JSON.stringify({ ...bundle, entries: [{ ...entry, tags: [{ slug: '' }] }] }), 'entries[0]'],
    [JSON.stringify({ ...bundle, entries: [{ ...entry, entry: { ...entry.entry, content: {} } }] }), 'entries[0]'],
    [JSON.stringify({ ...bundle, reports: [null] }), 'reports[0]'],
  ])('refuses %.60s, naming what is wrong', (json, reason) => {
    expect(() => decodeSeedBundle(json)).toThrow(reason);
  });
});
