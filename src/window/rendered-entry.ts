/**
 * One entry in every fragment format: what a publish writes and what the Archive answers with.
 */

import type { RecordedEntry } from '../domain/entry.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { SafeHtml } from '../domain/html.ts';
import { renderCard } from '../feed/render/card.ts';
import { renderEntry } from '../feed/render/render-entry.ts';
import { foldText } from '../query/language/fold.ts';
import type { FragmentFormat, WindowEntry } from './window.ts';

/** A window entry with its bytes. */
export interface RenderedEntry {
  readonly facts: WindowEntry;
  readonly fragments: Readonly<Record<FragmentFormat, Uint8Array>>;
}

const encoder = new TextEncoder();

/** Renders an entry into all formats and tells what can be asked of it. Deterministic. */
export function renderForWindow(entry: RecordedEntry<SafeHtml>): RenderedEntry {
  const texts = {
    rss: renderEntry('rss', entry, 'full'),
    atom: renderEntry('atom', entry, 'full'),
    json: renderEntry('json', entry, 'full'),
    card: renderCard(entry),
  };
  return {
    facts: toFacts(entry, fingerprint(`${texts.rss}\n${texts.atom}\n${texts.json}\n${texts.card}`)),
    fragments: {
      rss: encoder.encode(texts.rss),
      atom: encoder.encode(texts.atom),
      json: encoder.encode(texts.json),
      card: encoder.encode(texts.card),
    },
  };
}

function toFacts(entry: RecordedEntry<SafeHtml>, fragmentDigest: string): WindowEntry {
  return {
    id: entry.id,
    sortAt: entry.sortAt,
    modified: entry.modified,
    sequence: entry.sequence,
    digest: fragmentDigest,
    tags: entry.tags.map((tag) => tag.slug),
    source: entry.origin.sourceId,
    authors: entry.authors.map((author) => foldText(author.name)),
    ...(entry.language === undefined ? {} : { language: entry.language }),
  };
}
