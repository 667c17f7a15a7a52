/**
 * What the Archive tells its owner about rules, and about why a view is as it is.
 */
import type { EntryId } from '../domain/entry.ts';
import type { Instant } from '../domain/instant.ts';
import type { SourceId } from '../domain/source.ts';
import type { Rule } from '../rules/rule.ts';

/** Rules by who made them. */
export interface RuleBook {
  /** By seeds/tags.json. */
  readonly declared: readonly Rule[];
  /** By the owner, through the API. */
  readonly rules: readonly Rule[];
  /** Whether some entries still follow former rules. */
  readonly isRetagging: boolean;
}

/** What saving rules would change among the newest entries; lists are bounded, `counts` are not. */
export interface RulesPreview {
  /** Hidden now, and shown again. */
  readonly shown: readonly Pick<NamedEntry, 'id' | 'title'>[];
  /** Shown now, and hidden. */
  readonly hidden: readonly Pick<NamedEntry, 'id' | 'title'>[];
  /** Shown before and after, with other tags: labels that come, and labels that go. */
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
  /** All that rules hide. */
  readonly total: number;
}

/** Why an answer is as it is, and what it cost. */
export interface Explanation {
  /** In canonical form. */
  readonly query: string;
  /** Each with the rules that gave it tags. */
  readonly kept: readonly KeptEntry[];
  readonly more: boolean;
  /** Of the newest entries, those that are not selected, each with the terms or the rule that drop it. */
  readonly dropped: readonly (NamedEntry & { readonly terms: readonly string[]; readonly rule?: Rule })[];
  /** How many of the newest entries `dropped` speaks of. */
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

/** An entry as a list names it. */
export interface NamedEntry {
  readonly id: EntryId;
  readonly title: string;
  readonly sortAt: Instant;
}
