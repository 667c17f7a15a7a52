/**
 * Shows tags as links.
 */
import type { Tag } from '../../../domain/tag.ts';
import { type Markup, nothing } from '../../../page/markup.ts';
import { group } from '../../../page/plural.ts';
import type { ArchiveTotals, TagTotal, Window } from '../../../window/window.ts';
import { languageName } from '../../query-words.ts';

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

/** Tags by what they are, each in the order that was given. */
export interface TagGroups {
  readonly topics: readonly TagTotal[];
  readonly sites: readonly TagTotal[];
  readonly languages: readonly TagTotal[];
}

/**
 * Divides tags by what they are. A tag is a site when it is a host or is called like a source; a language when it is a code
 * and all its published entries are in that language ("it" may be computers).
 */
export function groupTags(tags: readonly TagTotal[], totals: ArchiveTotals, window: Window | undefined): TagGroups {
  const titles = new Set(totals.sources.map(({ title }) => title.toLowerCase()));
  const isSite = ({ slug, label }: TagTotal): boolean =>
    /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u.test(slug) || titles.has(label.toLowerCase());
  const isLanguage = ({ slug }: TagTotal): boolean => {
    if (!/^[a-z]{2,3}(?:-[a-z]{2,8})?$/.test(slug) || languageName(slug) === slug) return false;
    const own = window?.entries.filter((entry) => entry.tags.includes(slug)) ?? [];
    return own.length > 0 && own.every(({ languages }) => languages[0]?.startsWith(slug.slice(0, 2)));
  };
  const sites = tags.filter(isSite);
  const languages = tags.filter((tag) => !isSite(tag) && isLanguage(tag));
  return { topics: tags.filter((tag) => !sites.includes(tag) && !languages.includes(tag)), sites, languages };
}
