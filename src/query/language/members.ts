/**
 * Reads the members of each facet into their one spelling, or says why a text cannot be one.
 *
 * Checks the form only: the Archive or the window knows which tags and sources exist.
 */
import { fail, ok, type Result } from '../../domain/result.ts';
import { toSlug } from '../../domain/tag.ts';
import type { ByFacet } from './facets.ts';
import { foldText } from './fold.ts';
import { maxMemberLength } from './query-limits.ts';

const sourceId = /^[0-9a-v]{12}$/;

/** BCP 47 subtags (RFC 5646 section 2.1); a range may stop after any of them (RFC 4647 section 3.3.1). */
const languageRange = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/;

/** By facet: reads the member that a text names. */
export const memberReaders: ByFacet<(text: string) => Result<string, string>> = {
  tags: toTagMember,
  sources: toSourceMember,
  authors: toAuthorMember,
  languages: toLanguageMember,
};

/** A tag's slug from a slug or a label: `World News` is `world-news`. Slugs are not changed by it. */
function toTagMember(text: string): Result<string, string> {
  const slug = toSlug(text);
  return slug === '' ? fail('A tag needs at least one letter or number.') : ok(slug);
}

/** A source's id. */
function toSourceMember(text: string): Result<string, string> {
  const id = text.toLowerCase();
  return sourceId.test(id)
    ? ok(id)
    : fail('A source is named by its id: 12 characters of 0-9 and a-v, as in /sources.');
}

/** An author's whole name, folded. */
function toAuthorMember(text: string): Result<string, string> {
  const name = foldText(text);
  return name === '' ? fail('An author needs a name.') : bounded(name);
}

/** A language range in lower case with hyphens; `und` stands for entries whose language nobody knows. */
function toLanguageMember(text: string): Result<string, string> {
  const range = text.toLowerCase().replaceAll('_', '-');
  return languageRange.test(range)
    ? bounded(range)
    : fail('A language is a BCP 47 tag such as zh, pt-BR or zh-Hans; und means unknown.');
}

function bounded(text: string): Result<string, string> {
  return text.length <= maxMemberLength ? ok(text) : fail(`At most ${maxMemberLength} characters each.`);
}
