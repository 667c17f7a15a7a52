/**
 * Shows the owner what rules do: what other rules would change, which entries the present rules hide, and which rule
 * hides each.
 */
import type { EntryId, RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import type { HiddenEntries, RulesPreview } from '../../../pipeline/rule-book.ts';
import type { Query } from '../../../query/language/query.ts';
import { matches } from '../../../query/match/matches.ts';
import { matchesText } from '../../../query/match/text-matches.ts';
import { compileRules, type Decision } from '../../../rules/compile-rules.ts';
import type { Rule } from '../../../rules/rule.ts';
import { toRecordedFacts } from '../../../rules/searched-entry.ts';
import { readEntryBody } from '../entries/entry-body.ts';
import { type EntryPlace, newestPlaces, readEntry } from '../entries/read-entries.ts';
import { createOwnTags, readRuledRows, toRuling } from '../entries/ruled-entries.ts';
import type { ArchiveState } from '../ground/state.ts';
import { readDeclaredRules, readOwnRules, readRules } from '../rows/rule-rows.ts';
import { listOrigins } from '../rows/source-origins.ts';

/** How many entries, the newest, one preview tests: a quarter of a second of work. */
const previewed = 500;

/** Entries that a list of a preview names. */
const maxNamed = 50;

/** Hidden entries that one search looks at, the newest. */
const searched = 2000;

/** The changes among the newest entries if these rules replaced the owner's. */
export function previewRules({ sql }: ArchiveState, own: readonly Rule[]): RulesPreview {
  const rules = compileRules([...readDeclaredRules(sql), ...own]);
  const ownTags = createOwnTags(sql);
  const shown: RulesPreview['shown'][number][] = [];
  const hidden: RulesPreview['hidden'][number][] = [];
  const tagged: RulesPreview['tagged'][number][] = [];
  const places = affectedPlaces(sql, own)
    .toSorted((a, b) => b.sort_at - a.sort_at)
    .slice(0, previewed);
  for (const { id } of places) {
    const [row] = readRuledRows(sql, 'WHERE e.id = ?', id);
    const entry = row === undefined ? null : readEntryBody(row);
    if (row === undefined || entry === null) continue;
    const next = toRuling(rules, { entry, sourceId: row.source_id as SourceId, tags: ownTags(entry, row) });
    const name = { id: row.id as EntryId, title: entry.title };
    const isHidden = row.retired_why === 'hidden';
    if (next.isHidden !== isHidden) (isHidden ? shown : hidden).push(name);
    if (next.isHidden || isHidden) continue;
    const held: readonly Tag[] = JSON.parse(row.tags);
    const [added, removed] = [labelsBeside(next.tags, held), labelsBeside(held, next.tags)];
    if (added.length + removed.length > 0) tagged.push({ ...name, added, removed });
  }
  return {
    shown: shown.slice(0, maxNamed),
    hidden: hidden.slice(0, maxNamed),
    tagged: tagged.slice(0, maxNamed),
    counts: { shown: shown.length, hidden: hidden.length, tagged: tagged.length },
    lookedAt: places.length,
  };
}

/** The newest entries, hidden ones included: of the sources alone that changed rules name, when each of them names one. */
function affectedPlaces(sql: SqlStorage, own: readonly Rule[]): readonly EntryPlace[] {
  const held = readOwnRules(sql);
  const changed = [...rulesBeside(own, held), ...rulesBeside(held, own)];
  const sources = new Set(changed.map(({ source }) => source));
  if (sources.size === 0 || sources.has(undefined))
    return [...newestPlaces(sql, previewed), ...hiddenPlaces(sql, previewed)];
  return [...sources].flatMap((source) => placesOfSource(sql, source ?? ''));
}

function rulesBeside(rules: readonly Rule[], others: readonly Rule[]): readonly Rule[] {
  const known = new Set(others.map((rule) => JSON.stringify(rule)));
  return rules.filter((rule) => !known.has(JSON.stringify(rule)));
}

function placesOfSource(sql: SqlStorage, source: string): readonly EntryPlace[] {
  return sql
    .exec<EntryPlace>(
      `SELECT rowid, id, sort_at, sequence, source_id FROM entry
        WHERE source_id = ? AND (retired_why IS NULL OR retired_why IN ('hidden', 'duplicate'))
        ORDER BY sort_at DESC, id DESC LIMIT ?`,
      source,
      previewed,
    )
    .toArray();
}

function labelsBeside(tags: readonly Tag[], others: readonly Tag[]): readonly string[] {
  return tags.filter(({ slug }) => !others.some((other) => other.slug === slug)).map(({ label }) => label);
}

/** Finds the newest entries that rules hide and a query selects. */
export function findHiddenEntries(archive: ArchiveState, query: Query, now: Instant): HiddenEntries {
  const found: HiddenEntries['entries'][number][] = [];
  for (const { entry, rule } of hiddenEntries(archive, searched)) {
    if (found.length === query.limit) break;
    const facts = toRecordedFacts(entry);
    if (!matches(query, facts, now) || (query.text !== undefined && !matchesText(query.text, facts))) continue;
    found.push({ id: entry.id, title: entry.title, url: entry.url ?? null, rule });
  }
  const { total } = archive.sql
    .exec<{ total: number }>(
      `SELECT COUNT(*) AS total FROM entry WHERE retired_why = 'hidden' AND retired_at IS NOT NULL`,
    )
    .one();
  return { entries: found, total };
}

/** The newest entries that rules hide, each with its rule. */
export function* hiddenEntries(
  { sql }: ArchiveState,
  limit: number,
): Generator<{ readonly entry: RecordedEntry<SafeHtml>; readonly rule: Rule }> {
  const places = hiddenPlaces(sql, limit);
  if (places.length === 0) return;
  const origins = listOrigins(sql);
  const decide = createDecider(sql);
  for (const { rowid } of places) {
    const entry = readEntry(sql, rowid, origins);
    const rule = entry === undefined ? undefined : decide(entry).hiddenBy;
    if (entry !== undefined && rule !== undefined) yield { entry, rule };
  }
}

/** Places of the newest entries that rules hide. */
function hiddenPlaces(sql: SqlStorage, limit: number): readonly EntryPlace[] {
  return sql
    .exec<EntryPlace>(
      `SELECT rowid, id, sort_at, sequence, source_id FROM entry
        WHERE retired_why = 'hidden' AND retired_at IS NOT NULL ORDER BY sort_at DESC, id DESC LIMIT ?`,
      limit,
    )
    .toArray();
}

/** Makes the function that applies the rules to a recorded entry. */
export function createDecider(sql: SqlStorage): (entry: RecordedEntry<SafeHtml>) => Decision {
  const rules = compileRules(readRules(sql));
  const ownTags = createOwnTags(sql);
  return (entry) => {
    const [row] = readRuledRows(sql, 'WHERE e.id = ?', entry.id);
    return rules({ entry, sourceId: entry.origin.sourceId, tags: row === undefined ? [] : ownTags(entry, row) });
  };
}
