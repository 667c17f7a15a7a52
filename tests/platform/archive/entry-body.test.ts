import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreSafeHtml } from '../../../src/domain/html.ts';
import { readEntryBody, toEntryBody } from '../../../src/platform/archive/entries/entry-body.ts';
import { givenEntry } from '../../support/given-entries.ts';
import { anyText } from '../../support/given-entries-arbitrary.ts';

describe('an entry in two columns', () => {
  it('comes back as it was, whatever its content is', () => {
    fc.assert(
      fc.property(fc.option(anyText, { nil: undefined }), (text) => {
        const { content: _, ...bare } = givenEntry();
        const entry = text === undefined ? bare : { ...bare, content: restoreSafeHtml(text) };
        expect(readEntryBody(toEntryBody(entry))).toEqual(entry);
      }),
      { numRuns: 500 },
    );
  });

  it('has ordinary content as bytes, beside the rest', () => {
    const { body, content } = toEntryBody(givenEntry({ content: restoreSafeHtml('<p>Köln, 東京</p>') }));
    expect(body).not.toContain('Köln');
    expect(new TextDecoder().decode(content ?? undefined)).toBe('<p>Köln, 東京</p>');
  });

  it.each([[''], [' \n'], ['a]]>b'], ['a\rb'], ['a\0b'], ['a\ud800b'], ['a\ufffeb']])(
    'keeps %j, which cannot be copied into a feed as it is, in JSON',
    (text) => {
      const { body, content } = toEntryBody(givenEntry({ content: restoreSafeHtml(text) }));
      expect(content).toBeNull();
      expect(JSON.parse(body)).toHaveProperty('content', text);
    },
  );

  it('is nothing where only a tombstone is left', () => {
    expect(readEntryBody({ body: 'null', content: null })).toBeNull();
    expect(toEntryBody(null)).toEqual({ body: 'null', content: null });
  });
});
