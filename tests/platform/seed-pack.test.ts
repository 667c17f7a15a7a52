import { describe, expect, it } from 'vitest';
import { decodeSeedManifest, decodeSeedPack } from '../../src/platform/seed-pack.ts';

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
const manifest = {
  digest: 'd',
  sources: [source],
  rules: [{ tag: 't', any: ['k'] }],
  packs: [{ name: '0a1b', entries: 1 }],
};

describe('decodeSeedManifest', () => {
  it('takes back what was made', () => {
    expect(decodeSeedManifest(JSON.stringify(manifest))).toEqual(manifest);
  });

  it.each([
    ['null', 'digest'],
    [JSON.stringify({ ...manifest, digest: 1 }), 'digest'],
    [JSON.stringify({ ...manifest, packs: {} }), 'no list of packs'],
    [JSON.stringify({ ...manifest, sources: [source, { ...source, kind: 'x' }] }), 'sources[1]'],
    [JSON.stringify({ ...manifest, rules: [{ tag: 't' }] }), 'rules[0]'],
    [JSON.stringify({ ...manifest, packs: [{ name: '../x', entries: 1 }] }), 'packs[0]'],
  ])('refuses %.60s, naming what is wrong', (json, reason) => {
    expect(() => decodeSeedManifest(json)).toThrow(reason);
  });
});

describe('decodeSeedPack', () => {
  it('takes back what was packed', () => {
    expect(decodeSeedPack(JSON.stringify([entry]))).toEqual([entry]);
  });

  it.each([
    ['{}', 'no list'],
    [JSON.stringify([{ ...entry, archivedAt: 'x' }]), 'entries[0]'],
    [JSON.stringify([entry, { ...entry, tags: [{ slug: '' }] }]), 'entries[1]'],
    [JSON.stringify([{ ...entry, entry: { ...entry.entry, content: {} } }]), 'entries[0]'],
  ])('refuses %.60s, naming what is wrong', (json, reason) => {
    expect(() => decodeSeedPack(json)).toThrow(reason);
  });
});
