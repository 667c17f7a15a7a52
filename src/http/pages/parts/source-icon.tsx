/**
 * Serves the icon of a source from our own origin: its site's picture, else the first letter of its title on a colour
 * that is always the same for one source.
 */

import type { IconAnswer } from '../../../domain/source-icon.ts';
import { renderMarkup } from '../../../page/markup.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { takeInventory } from '../lists/inventory.ts';

const daySeconds = 86_400;
const weekSeconds = 7 * daySeconds;

/** The response for the icon of the source called `id`: its site's, else a letter; `undefined` when there is no such source. */
export async function toSourceIcon(sources: FeedSources, id: string): Promise<Response | undefined> {
  const { totals } = await takeInventory(sources);
  const source = totals.sources.find((each) => each.id === id);
  if (source === undefined) return undefined;
  const { icon, isAwaited } = await sources.archive.icon(id).catch((): IconAnswer => ({ isAwaited: true }));
  if (icon !== undefined) return toResponse(icon.bytes, icon.type, weekSeconds);
  return toResponse(drawLetter(source.title, hueOf(id)), 'image/svg+xml', isAwaited === true ? 60 : daySeconds);
}

/** A site may send something else than a picture: when a browser opens it alone, it runs nothing and guesses no type. */
function toResponse(body: string | Uint8Array, type: string, maxAgeSeconds: number): Response {
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Cache-Control': `public, max-age=${maxAgeSeconds}`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
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
