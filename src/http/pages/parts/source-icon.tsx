/**
 * Draws a source's icon: its first letter on a colour that is always the same for one source.
 */
import { type Markup, renderMarkup } from '../../../page/markup.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { takeInventory } from '../lists/inventory.ts';

const weekSeconds = 7 * 86_400;

/** The icon beside a source's name. */
export function SourceIcon({ id }: { readonly id: string }): Markup {
  return <img class="icon" src={`/sources/${id}/icon`} alt="" width="16" height="16" loading="lazy" />;
}

/** The response for the icon of the source called `id`; `undefined` when there is no such source. */
export async function toSourceIcon(sources: FeedSources, id: string): Promise<Response | undefined> {
  const { totals } = await takeInventory(sources);
  const source = totals.sources.find((each) => each.id === id);
  if (source === undefined) return undefined;
  return new Response(drawLetter(source.title, hueOf(id)), {
    headers: {
      'Content-Type': 'image/svg+xml',
      'Cache-Control': `public, max-age=${weekSeconds}`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'",
    },
  });
}

/** One of twelve hues, by the characters of the id. */
function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum += character.charCodeAt(0);
  return (sum % 12) * 30;
}

function drawLetter(title: string, hue: number): string {
  const letter = /[\p{L}\p{N}]/u.exec(title)?.[0]?.toUpperCase() ?? '·';
  return renderMarkup(
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
      <rect width="32" height="32" rx="7" fill={`hsl(${hue} 42% 38%)`} />
      <text
        x="16"
        y="23"
        fill="#fff"
        font-family="system-ui,sans-serif"
        font-size="20"
        font-weight="600"
        text-anchor="middle"
      >
        {letter}
      </text>
    </svg>,
  );
}
