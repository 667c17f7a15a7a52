/**
 * Finds a phrase among the few entries that have a seldom word of it, by reading their texts.
 *
 * FTS5 finds a phrase by its trigrams, which for each entry it looks at costs as much as reading the text does; and of a
 * hundred thousand entries it looks at thousands for a phrase that is in a hundred.
 */
import type { Instant } from '../../../domain/instant.ts';
import { canBe, type PhraseWord, wordsOfPhrase } from '../../../query/language/phrase-words.ts';
import type { Query, TextQuery, TextTerm } from '../../../query/language/query.ts';
import { matchesText } from '../../../query/match/text-matches.ts';
import { rarestGram, type ShareOf, trigramsOf } from '../../../query/sql/gram-shares.ts';
import type { ArchiveState } from '../ground/state.ts';
import { type EntryPlace, type FoundPlaces, placesOf, readEntries, toWhole } from '../rows/read-entries.ts';
import { toSearchedText } from '../rows/searched-text.ts';
import { affordableEntries } from './find-horizon.ts';
import { canSpell, wordsWith } from './spelling.ts';

/** Texts that one answer may read, at 0.1 ms for each 5 KB. */
const maxRead = 128;

/** Their length together: a hundred ordinary articles. Bytes, as far as content lies beside its entry. */
const maxLength = 1_000_000;

/** Texts read at once: a little more than a page. */
const readAtOnce = 60;

/** The whole answer; `undefined` where no word of the query says which few entries to read. `query` is spelled out. */
export function findAmongFew(archive: ArchiveState, query: Query, now: Instant): FoundPlaces | undefined {
  const { sql, totals } = archive;
  const { text } = query;
  const narrowed = text === undefined ? undefined : narrow(archive, query, text);
  if (text === undefined || narrowed === undefined) return undefined;
  // The walk itself must be one that stops when it has found so many, or else has few to pass.
  if (totals.entries() > affordableEntries(archive, narrowed)) return undefined;
  const few = placesOf(sql, { ...narrowed, limit: maxRead }, now, totals.countOf);
  if (few.length > maxRead || lengthOf(sql, few) > maxLength) return undefined;
  const found: EntryPlace[] = [];
  for (let at = 0; at < few.length && found.length <= query.limit; at += readAtOnce) {
    const read = few.slice(at, at + readAtOnce);
    const entries = readEntries(
      sql,
      read.map((place) => place.rowid),
      new Map(),
    );
    for (const place of read) {
      const held = entries.get(place.rowid);
      if (held !== undefined && matchesText(text, toSearchedText(toWhole(held)))) found.push(place);
    }
  }
  return { places: found.slice(0, query.limit), more: found.length > query.limit };
}

function lengthOf(sql: SqlStorage, places: readonly EntryPlace[]): number {
  return sql
    .exec<{ length: number }>(
      `SELECT COALESCE(SUM(length(body) + COALESCE(length(content), 0)), 0) AS length
        FROM json_each(?) asked JOIN entry ON rowid = asked.value`,
      JSON.stringify(places.map((place) => place.rowid)),
    )
    .one().length;
}

/** The query for one word instead of its text: it finds all that the query does, and more. */
function narrow(archive: ArchiveState, query: Query, text: TextQuery): Query | undefined {
  if (!canSpell(archive.sql)) return undefined;
  const { shareOf } = archive.searchSample();
  const seldom = text.flatMap((group) => ('anyOf' in group && group.anyOf.length === 1 ? group.anyOf : []));
  const known = seldom.flatMap((term) => wordsOfPhrase(term).map((word) => ({ term, word })));
  const [rarest] = known.toSorted((a, b) => shareOfWord(a.word, shareOf) - shareOfWord(b.word, shareOf));
  if (rarest === undefined) return undefined;
  const words = spellWord(archive.sql, rarest.word);
  if (words === undefined) return undefined;
  const term: TextTerm = { text: rarest.word.text, in: rarest.term.in, words };
  return { ...query, text: [{ anyOf: [term] }] };
}

function shareOfWord({ text }: PhraseWord, shareOf: ShareOf): number {
  return rarestGram(trigramsOf(text), shareOf).share;
}

/** The words of the archive that a word of a phrase can be; `undefined` when they are too many to tell. */
function spellWord(sql: SqlStorage, word: PhraseWord): readonly string[] | undefined {
  if (word.isBegun && word.isEnded) return [word.text];
  return wordsWith(sql, word.text)?.filter((found) => canBe(word, found));
}
