import { describe, expect, it } from 'vitest';
import type { RecordedEntry } from '../../../src/domain/entry.ts';
import type { SafeHtml } from '../../../src/domain/html.ts';
import { feedFormats } from '../../../src/domain/view.ts';
import { renderFrame } from '../../../src/feed/render/frame.ts';
import { makeFrameTemplates } from '../../../src/feed/render/xml-frame-template.ts';
import { givenEntry, givenHead } from '../../support/given-entries.ts';
import { renderFeed } from '../../support/render-feed.ts';

describe('renderFeed', () => {
  const entries: RecordedEntry<SafeHtml>[] = [givenEntry(), givenEntry({ guid: 'https://example.org/two' })];

  it.each(feedFormats)('gives the same characters for the same %s feed', (format) => {
    const head = givenHead(format);
    expect(renderFeed(format, head, entries, 'full')).toBe(renderFeed(format, head, entries, 'full'));
  });

  it.each(feedFormats)('stands an empty %s frame around nothing', (format) => {
    const { prefix, suffix } = renderFrame(makeFrameTemplates(), format, givenHead(format));
    expect(renderFeed(format, givenHead(format), [], 'full')).toBe(prefix + suffix);
  });
});
