/**
 * Applies rules to an entry: which tags they give it, and which rule hides it.
 *
 * Rules that hide go before rules that keep. When several rules keep entries of one source, one match is enough. `category:`
 * sees the tags of the publisher, the source and the folder, not those of other rules, so the order of rules does not matter.
 */
import type { Entry } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { SourceId } from '../domain/source.ts';
import type { Tag } from '../domain/tag.ts';
import { toTag } from '../feed/tag/tag-entry.ts';
import { parseQuery } from '../query/language/parse-query.ts';
import { matchesText, type SearchedEntry } from '../query/match/text-matches.ts';
import { foldKeyword, holdsAny, type KeywordText, toKeywordText } from './keywords.ts';
import { actionOf, type Rule } from './rule.ts';
import { toSearchedEntry } from './searched-entry.ts';

/** The parts of an entry that rules see. */
export interface RuledEntry {
  readonly entry: Entry<SafeHtml>;
  readonly sourceId: SourceId;
  /** Its tags, without those that rules give. */
  readonly tags: readonly Tag[];
}

/** The result of all rules for one entry. */
export interface Decision {
  /** In the order of the rules, each slug once. */
  readonly tagged: readonly { readonly tag: Tag; readonly rule: Rule }[];
  /** The rule that hides the entry; absent when it may be shown. */
  readonly hiddenBy?: Rule;
}

/** Rules prepared for many entries. */
export type CompiledRules = (entry: RuledEntry) => Decision;

/** An entry prepared for the two kinds of rules, each when its first rule runs. */
interface Views {
  readonly searched: () => SearchedEntry;
  readonly keywords: () => KeywordText;
}

type Matcher = (views: Views) => boolean;

interface Prepared {
  readonly rule: Rule;
  readonly matches: Matcher;
}

const nothing: Decision = { tagged: [] };

/** Prepares rules. A rule that cannot be used matches nothing; one that keeps and cannot be used hides nothing. */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  const of = (action: string): readonly Prepared[] =>
    rules.flatMap((rule) => {
      const matches = actionOf(rule) === action ? toMatcher(rule) : undefined;
      return matches === undefined ? [] : [{ rule, matches }];
    });
  const [tagging, hiding, keeping] = [of('tag'), of('hide'), of('keep')];
  if (tagging.length + hiding.length + keeping.length === 0) return () => nothing;
  return ({ entry, sourceId, tags }) => {
    const views: Views = {
      searched: once(() => toSearchedEntry(entry, tags)),
      keywords: once(() => toKeywordText(entry)),
    };
    const concerns = ({ rule }: Prepared): boolean => rule.source === undefined || rule.source === sourceId;
    const holds = (one: Prepared): boolean => concerns(one) && one.matches(views);
    const keepers = keeping.filter(concerns);
    const isKept = keepers.length === 0 || keepers.some(holds);
    const hiddenBy = hiding.find(holds)?.rule ?? (isKept ? undefined : keepers[0]?.rule);
    const tagged = new Map<string, Decision['tagged'][number]>();
    for (const one of tagging) {
      const tag = toTag(one.rule.tag ?? '');
      if (tag !== undefined && !tagged.has(tag.slug) && holds(one)) tagged.set(tag.slug, { tag, rule: one.rule });
    }
    return { tagged: [...tagged.values()], ...(hiddenBy !== undefined && { hiddenBy }) };
  };
}

function toMatcher(rule: Rule): Matcher | undefined {
  if ('query' in rule) {
    const parsed = parseQuery([['q', rule.query]]);
    const text = parsed.ok ? parsed.value.text : undefined;
    return text === undefined ? undefined : ({ searched }) => matchesText(text, searched());
  }
  const keywords = rule.any.map(foldKeyword).filter((keyword) => keyword !== '');
  if (keywords.length === 0) return undefined;
  return (views) => holdsAny(views.keywords(), keywords, rule.in ?? 'both');
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
