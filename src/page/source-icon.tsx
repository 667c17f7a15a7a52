/**
 * Draws the icon of a source beside its name; the address is answered by src/http/pages/parts/source-icon.tsx.
 */
import type { Markup } from './markup.ts';

/** The icon. A private source has none. */
export function SourceIcon({ id }: { readonly id: string }): Markup {
  return <img class="icon" src={`/sources/${id}/icon`} alt="" width="16" height="16" loading="lazy" />;
}
