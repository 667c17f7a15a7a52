/**
 * Recognises the entries of a document: which the archive has, which are new, and which it has under another id.
 *
 * An entry is recognised by its id, which is made of its guid. With an unknown id it may still be an old entry: its guid
 * or link is spelled differently (http and https, `www.`, a slash), its publisher gave old entries new guids, or the
 * whole site moved. Such an entry keeps its id and its published guid.
 */
import { addressKey, isSameAddress, spellingsOf } from '../../../domain/address-key.ts';
import { isOtherReading } from '../../../domain/content-hash.ts';
import { type EntryId, toEntryId } from '../../../domain/entry.ts';
import type { Source, SourceId } from '../../../domain/source.ts';
import type { EntryCandidate, UnknownEntry } from '../../../pipeline/ports.ts';
import { noteAlias, resolveAlias } from '../entries/entry-rows.ts';
import type { ArchiveState } from '../ground/state.ts';
import { mergedInto } from '../rows/merged-sources.ts';
import { findSource } from '../rows/source-rows.ts';

/** The columns of an entry's row that recognition needs. */
interface HeldEntry extends Record<string, SqlStorageValue> {
  id: string;
  guid: string;
  url: string | null;
  title: string;
  sort_at: number;
  content_hash: string;
  retired_why: string | null;
}

const heldColumns = 'id, guid, url, title, sort_at, content_hash, retired_why';

/** Fewest entries of a reissue: one entry with a new guid and a known link may be another entry. */
const leastOfFlood = 2;

/** Entries of a source that are compared when its site seems to have moved: more than a document lists. */
const comparedEntries = 500;

/** The new and changed entries of a document. */
export function unknownEntries(
  { sql }: ArchiveState,
  sourceId: SourceId,
  candidates: readonly EntryCandidate[],
): readonly UnknownEntry[] {
  const source = findSource(sql, sourceId);
  const result: UnknownEntry[] = [];
  const strangers: EntryCandidate[] = [];
  for (const candidate of candidates) {
    const held = findHeld(sql, sourceId, candidate);
    if (held === undefined) strangers.push(candidate);
    else if (!isHeldSo(sql, held, candidate, source?.fullText === true)) result.push(named(candidate, held));
  }
  if (strangers.length === 0) return result;
  if (sql.exec('SELECT 1 FROM entry WHERE source_id = ? LIMIT 1', sourceId).toArray().length === 0) {
    return strangers.map(({ id }) => ({ id }));
  }
  result.push(...recognise(sql, sourceId, source, strangers, candidates));
  // Next time its text may have changed, and then only its guid and link can identify it.
  for (const { id, as } of result) if (as !== undefined) noteAlias(sql, id, as.id);
  return result;
}

/** The entry of the candidate's id, or of the id that it had at a source that was merged into this one. */
function findHeld(sql: SqlStorage, sourceId: SourceId, { id, guid }: EntryCandidate): HeldEntry | undefined {
  const own = findById(sql, id);
  if (own !== undefined && own.retired_why !== 'merged') return own;
  const alias = resolveAlias(sql, id);
  if (alias !== undefined) return findById(sql, alias) ?? own;
  if (own !== undefined) return own;
  for (const former of mergedInto(sql, sourceId)) {
    const held = findById(sql, toEntryId(former, guid));
    if (held !== undefined && held.retired_why !== 'merged') return held;
  }
  return undefined;
}

function findById(sql: SqlStorage, id: EntryId): HeldEntry | undefined {
  return sql.exec<HeldEntry>(`SELECT ${heldColumns} FROM entry WHERE id = ?`, id).toArray()[0];
}

/**
 * Whether the archive has exactly this entry. Where pages give the text, an entry that only a newer reader reads
 * differently gets its new hash here, so that a release asks for no page again.
 */
function isHeldSo(
  sql: SqlStorage,
  held: HeldEntry,
  { title, contentHash }: EntryCandidate,
  hasPageText: boolean,
): boolean {
  if (held.content_hash === contentHash || held.retired_why === 'retention' || held.retired_why === 'merged')
    return true;
  if (!hasPageText || held.title !== title || !isOtherReading(held.content_hash, contentHash)) return false;
  sql.exec('UPDATE entry SET content_hash = ? WHERE id = ?', contentHash, held.id);
  return true;
}

/** The new entries among candidates with unknown ids. Recognised, unchanged entries are left out. */
function recognise(
  sql: SqlStorage,
  sourceId: SourceId,
  source: Source | undefined,
  strangers: readonly EntryCandidate[],
  candidates: readonly EntryCandidate[],
): readonly UnknownEntry[] {
  const listed = new Set<string>(candidates.map(({ id }) => id));
  const result: UnknownEntry[] = [];
  const byLinkAlone: (readonly [EntryCandidate, HeldEntry])[] = [];
  const rest: EntryCandidate[] = [];
  const uses = countLinks(candidates);
  for (const candidate of strangers) {
    const twins = findByLink(sql, sourceId, candidate).filter((held) => !listed.has(held.id));
    const sameGuid = twins.find((held) => isSameAddress(held.guid, candidate.guid));
    const [onlyTwin] = twins;
    const reissue = twins.find((held) => isReissue(held, candidate));
    if (reissue !== undefined) {
      noteAlias(sql, candidate.id, reissue.id as EntryId);
      continue;
    }
    if (sameGuid !== undefined) result.push(named(candidate, sameGuid, true));
    else if (onlyTwin !== undefined && twins.length === 1 && isOwnLink(candidate, uses, source)) {
      byLinkAlone.push([candidate, onlyTwin]);
    } else rest.push(candidate);
  }
  const isFlood = byLinkAlone.length >= leastOfFlood;
  for (const [candidate, held] of byLinkAlone) {
    if (isFlood) result.push(named(candidate, held, true));
    else rest.push(candidate);
  }
  const moved = findMoved(sql, sourceId, rest, candidates);
  for (const candidate of rest) {
    const held = moved.get(candidate);
    result.push(held === undefined ? { id: candidate.id } : named(candidate, held, true));
  }
  return result;
}

function named({ id }: EntryCandidate, held: HeldEntry, isMoved = false): UnknownEntry {
  return held.id === id ? { id } : { id, as: { id: held.id as EntryId, guid: held.guid }, ...(isMoved && { isMoved }) };
}

function findByLink(sql: SqlStorage, sourceId: SourceId, { url }: EntryCandidate): readonly HeldEntry[] {
  if (url === undefined) return [];
  const spellings = spellingsOf(url);
  const places = spellings.map(() => '?').join(', ');
  return sql
    .exec<HeldEntry>(
      `SELECT ${heldColumns} FROM entry WHERE source_id = ? AND url IN (${places})
        AND COALESCE(retired_why, '') <> 'merged'`,
      sourceId,
      ...spellings,
    )
    .toArray();
}

/** The same entry under another guid: same link, same text. For another reading, the same title is enough. */
function isReissue(held: HeldEntry, { url, title, contentHash }: EntryCandidate): boolean {
  if (held.url !== url) return false;
  return held.content_hash === contentHash || (held.title === title && isOtherReading(held.content_hash, contentHash));
}

function countLinks(candidates: readonly EntryCandidate[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { url } of candidates) {
    if (url !== undefined) uses.set(addressKey(url), (uses.get(addressKey(url)) ?? 0) + 1);
  }
  return uses;
}

/** Whether only this item has the link, and it is not the address of the site itself. */
function isOwnLink({ url }: EntryCandidate, uses: ReadonlyMap<string, number>, source: Source | undefined): boolean {
  const key = addressKey(url ?? '');
  const isHome = !key.slice(2).includes('/') && !key.includes('?');
  const isSite = source?.siteUrl !== undefined && addressKey(source.siteUrl) === key;
  return uses.get(key) === 1 && !isHome && !isSite;
}

/**
 * The entries of a site that moved: scheme or host of all links changed, and title and date identify each, when they are
 * unique.
 */
function findMoved(
  sql: SqlStorage,
  sourceId: SourceId,
  strangers: readonly EntryCandidate[],
  candidates: readonly EntryCandidate[],
): ReadonlyMap<EntryCandidate, HeldEntry> {
  if (strangers.length < leastOfFlood) return new Map();
  const held = sql
    .exec<HeldEntry>(
      `SELECT ${heldColumns} FROM entry WHERE source_id = ? AND COALESCE(retired_why, '') NOT IN ('merged', 'retention')
        ORDER BY sort_at DESC LIMIT ${comparedEntries}`,
      sourceId,
    )
    .toArray();
  const heldByWords = uniqueBy(held, (entry) => wordsOf(entry.title, entry.sort_at));
  const strangerByWords = uniqueBy(strangers, ({ title, published }) => wordsOf(title, published));
  const pairs = [...strangerByWords].flatMap(([words, candidate]) => {
    const twin = heldByWords.get(words);
    return twin === undefined ? [] : [[candidate, twin] as const];
  });
  const originsNow = new Set(candidates.map(({ url }) => originOf(url)));
  const hasMoved = pairs.every(([, twin]) => !originsNow.has(originOf(twin.url ?? undefined)));
  return new Map(pairs.length >= leastOfFlood && hasMoved ? pairs : []);
}

function wordsOf(title: string, at: number | undefined): string | undefined {
  return title === '' || at === undefined ? undefined : `${title}\n${at}`;
}

function originOf(url: string | undefined): string {
  return url === undefined ? '' : new URL(url).origin;
}

/** The items whose name no other item has. */
function uniqueBy<T>(list: readonly T[], nameOf: (one: T) => string | undefined): ReadonlyMap<string, T> {
  const named = new Map<string, T | undefined>();
  for (const one of list) {
    const name = nameOf(one);
    if (name !== undefined) named.set(name, named.has(name) ? undefined : one);
  }
  return new Map([...named].flatMap(([name, one]) => (one === undefined ? [] : [[name, one] as const])));
}
