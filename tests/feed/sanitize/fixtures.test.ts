import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sanitizeHtml } from '../../../src/feed/sanitize/sanitize-html.ts';
import { givenUrl } from '../../support/given.ts';

/** One behaviour: a comment that describes it, the markup, the mark, what becomes of it. */
const layout = /^<!--\nDescription: (.+)\nSpec: (.+)\n-->\n([^]*)\n<!-- Expect -->\n([^]*)\n$/;

const root = new URL('../../fixtures/sanitize/', import.meta.url).pathname;
const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
const base = givenUrl('https://example.org/posts/1');

describe('fixtures of the sanitizer', () => {
  it('are all there', () => {
    expect(names.length).toBeGreaterThan(55);
  });

  it.each(names.sort())('%s holds', (name) => {
    const [, description, , markup = '', expected = ''] = layout.exec(readFileSync(join(root, name), 'utf8')) ?? [];
    expect(description).toBeDefined();
    const safe = sanitizeHtml({ markup, base });
    expect(safe).toBe(expected);
    expect(sanitizeHtml({ markup: safe })).toBe(safe);
  });
});
