import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../../src/domain/source.ts';
import { OfflineNote } from '../../../src/http/pages/lists/list-parts.tsx';
import { PlaceHeading } from '../../../src/http/pages/river/place-heading.tsx';
import { renderMarkup } from '../../../src/page/markup.ts';
import { everything } from '../../../src/query/language/query.ts';
import type { ArchiveTotals, SourceTotal } from '../../../src/window/window.ts';
import { givenInstant, givenUrl } from '../../support/given.ts';

const now = givenInstant('2026-11-27T12:00:00Z');

function headingOf(changes: Partial<SourceTotal>): string {
  const source: SourceTotal = {
    id: 'abcdefghij01' as SourceId,
    title: 'Rivers',
    feedUrl: givenUrl('https://rivers.example/feed'),
    count: 3,
    updated: now,
    ...changes,
  };
  const totals: ArchiveTotals = { entries: 3, sequence: 1, updated: now, tags: [], sources: [source] };
  return renderMarkup(
    <PlaceHeading
      context={{ config: { siteDescription: '' } as never, origin: 'https://feeds.example' }}
      place={{ kind: 'source', name: source.id }}
      query={everything}
      totals={totals}
      narrowing={undefined}
      instants={[]}
      now={now}
    />,
  );
}

describe('the page of a source', () => {
  it('shows what its feed says about itself, made safe', () => {
    const html = headingOf({
      channel: { description: 'About <rivers>', language: 'en', image: givenUrl('https://rivers.example/cover.png') },
    });
    expect(html).toContain('About &lt;rivers&gt;');
    expect(html).toContain('src="https://rivers.example/cover.png"');
  });

  it('says how its feed is', () => {
    expect(headingOf({})).toContain('Feed is well');
    expect(headingOf({ trouble: 'failing' })).toContain('has not been readable for a day');
    expect(headingOf({ trouble: 'gone' })).toContain('is gone');
  });
});

it('a machine that is offline is said once', () => {
  expect(renderMarkup(<OfflineNote totals={{ offline: 13 }} />)).toContain('offline: 13 of 13 sources could not');
  expect(renderMarkup(<OfflineNote totals={{}} />)).toBe('');
});
