/**
 * Tags as links.
 */
import type { Tag } from '../../../domain/tag.ts';
import { html, type Markup } from '../../../page/html.ts';
import { group } from '../../../page/plural.ts';

/** Where a tag's page is. */
export function tagPath(slug: string): string {
  return `/tags/${encodeURIComponent(slug)}`;
}

/** A row of tags; a count is shown where there is one. Nothing when there are none. */
export function renderTagLinks(tags: readonly (Tag & { readonly count?: number })[]): Markup {
  if (tags.length === 0) return html``;
  return html`<ul class="tags">${tags.map(
    ({ slug, label, count }) =>
      html`<li><a href="${tagPath(slug)}"><bdi>${label}</bdi>${count !== undefined && html`<span class="count">${group(count)}</span>`}</a></li>`,
  )}</ul>`;
}
