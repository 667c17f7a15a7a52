import { describe, expect, it } from 'vitest';
import { sanitizeHtml } from '../../../src/feed/sanitize/sanitize-html.ts';
import { givenUrl } from '../../support/given.ts';

const base = givenUrl('https://example.org/');

describe('attributes that grow while they are cleaned', () => {
  it.each([
    ['an address of signs to encode', `<a href="${'<'.repeat(6_000)}">text</a>`],
    ['an address of letters to encode', `<img src="/${'ü'.repeat(6_000)}" alt="a">text`],
    ['a mail address', `<a href="mailto:a@example.org?subject=${'ü'.repeat(1_900)}">text</a>`],
    [
      'a long srcset',
      `<img src="a" srcset="${Array.from({ length: 40 }, (_, i) => `/${'ü'.repeat(300)} ${i + 1}w`).join(', ')}">text`,
    ],
  ])('are the same when sanitized again: %s', (_, markup) => {
    const once = sanitizeHtml({ markup, base });
    expect(sanitizeHtml({ markup: once, base })).toBe(once);
    expect(once).toContain('text');
  });
});
