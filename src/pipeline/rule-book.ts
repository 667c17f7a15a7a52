/**
 * Defines the Archive's reports about rules, and its explanation of a view.
 */
import type { EntryId } from '../domain/entry.ts';
import type { Instant } from '../domain/instant.ts';
import type { SourceId } from '../domain/source.ts';
import type { Rule } from '../rules/rule.ts';

/** The rules, by author. */
export interface RuleBook {
  /** By seeds/tags.json. */
  readonly declared: readonly Rule[];
  /** By the owner, through the API. */
  readonly rules: readonly Rule[];
  /** Whether some entries still follow former rules. */
  readonly isRetagging: boolean;
}

/** The changes that saving rules would make among the newest entries. Lists are bounded, `counts` are not. */
export interface RulesPreview {
  /** Hidden now; shown afterwards. */
  readonly shown: readonly Pick<NamedEntry, 'id' | 'title'>[];
  /** Shown now; hidden afterwards. */
  readonly hidden: readonly Pick<NamedEntry, 'id' | 'title'>[];
  /** Shown before and after, with other tags: the labels that are added, and those that are removed. */
  readonly tagged: readonly (Pick<NamedEntry, 'id' | 'title'> & {
    readonly added: readonly string[];
    readonly removed: readonly string[];
  })[];
  readonly counts: { readonly shown: number; readonly hidden: number; readonly tagged: number };
  /** Entries that were looked at. */
  readonly lookedAt: number;
}

/** Entries that rules hide. */
export interface HiddenEntries {
  /** The newest that were asked for, each with the rule that hides it. */
  readonly entries: readonly (Pick<NamedEntry, 'id' | 'title'> & {
    readonly url: string | null;
    readonly rule: Rule;
  })[];
  /** The number of all entries that rules hide. */
  readonly total: number;
}

/** Explains an answer, and what it cost. */
export interface Explanation {
  /** In canonical form. */
  readonly query: string;
  /** Each with the rules that gave it tags. */
  readonly kept: readonly KeptEntry[];
  readonly more: boolean;
  /** Of the newest entries, those that are not selected, each with the terms or the rule that exclude it. */
  readonly dropped: readonly (NamedEntry & { readonly terms: readonly string[]; readonly rule?: Rule })[];
  /** How many of the newest entries `dropped` covers. */
  readonly lookedAt: number;
  readonly cost: { readonly rowsRead: number; readonly rowsWritten: number };
  /** Set when older entries were not looked at, to bound the cost. */
  readonly horizon?: Instant;
}

/** An entry that is selected. */
export interface KeptEntry extends NamedEntry {
  readonly tagged?: readonly { readonly tag: string; readonly rule: Rule }[];
  /** Other sources that bring it, each with what makes it the same article. */
  readonly also?: readonly { readonly source: SourceId; readonly why: 'link' | 'guid' }[];
}

/** An entry in a list. */
export interface NamedEntry {
  readonly id: EntryId;
  readonly title: string;
  readonly sortAt: Instant;
}
