/**
 * Shows tags as links.
 */
import type { Tag } from '../../../domain/tag.ts';
import { type Markup, nothing } from '../../../page/markup.ts';
import { group } from '../../../page/plural.ts';

/** The address of a tag's page. */
export function tagPath(slug: string): string {
  return `/tags/${encodeURIComponent(slug)}`;
}

/** A row of tags; a count is shown where there is one. Nothing when there are none. */
export function TagLinks({ tags }: { readonly tags: readonly (Tag & { readonly count?: number })[] }): Markup {
  if (tags.length === 0) return nothing;
  return (
    <ul class="tags">
      {tags.map(({ slug, label, count }) => (
        <li>
          <a href={tagPath(slug)}>
            <bdi>{label}</bdi>
            {count !== undefined && <span class="count">{group(count)}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
