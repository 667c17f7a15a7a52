import { describe, expect, it } from 'vitest';
import { sanitizeHtml } from '../../../src/feed/sanitize/sanitize-html.ts';
import { givenUrl } from '../../support/given.ts';

const base = givenUrl('https://example.org/');

describe('tables in tables, deeper than the limit', () => {
  it.each(
    ['', '<div>', '<div><div>'].flatMap((before) =>
      ['', 'text', '<p>text', '</td>text', '</table>text<i>more</i>'].map((after) => [before, after] as const),
    ),
  )('stay as they are when sanitized again, between "%s" and "%s"', (before, after) => {
    const once = sanitizeHtml({ markup: before + '<table><tr><td>'.repeat(100) + after, base });
    expect(sanitizeHtml({ markup: once, base })).toBe(once);
    expect(once.includes('text')).toBe(after.includes('text'));
  });
});
