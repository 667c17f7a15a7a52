/**
 * Names what an owner decided about a source, for subscription lists: only what differs from a source that was just added.
 */
import type { Source } from './source.ts';

/** Attributes of a line in a list, in the words of the API. */
export interface SourceFlags {
  readonly enabled?: boolean;
  readonly private?: boolean;
  readonly secret?: boolean;
  readonly deduplicate?: boolean;
  readonly fullText?: boolean;
  readonly maxEntries?: number;
}

/** The parts of a source that flags tell. */
type FlaggedSource = Pick<Source, 'enabled' | 'fullText' | 'maxEntries' | 'isPrivate' | 'isSecret' | 'keepsDuplicates'>;

/** The flags of a source. */
export function toFlags(source: FlaggedSource): SourceFlags {
  const { enabled, fullText, maxEntries, isPrivate, isSecret, keepsDuplicates } = source;
  return {
    ...(!enabled && { enabled }),
    ...(isPrivate === true && { private: true }),
    ...(isSecret === true && { secret: true }),
    ...(keepsDuplicates === true && { deduplicate: false }),
    ...(fullText && { fullText }),
    ...(maxEntries > 0 && { maxEntries }),
  };
}

/** Reads the attributes of a line, whose names are lower case; what says nothing that is known counts as usual. */
export function readFlags(attributes: ReadonlyMap<string, string>): FlaggedSource {
  const says = (name: string, value: string): boolean => attributes.get(name)?.toLowerCase() === value;
  const maxEntries = Number(attributes.get('maxentries') ?? 0);
  return {
    enabled: !says('enabled', 'false'),
    fullText: says('fulltext', 'true'),
    maxEntries: Number.isSafeInteger(maxEntries) && maxEntries >= 0 && maxEntries <= 100_000 ? maxEntries : 0,
    ...(says('private', 'true') && { isPrivate: true }),
    ...(says('secret', 'true') && { isSecret: true }),
    ...(says('deduplicate', 'false') && { keepsDuplicates: true }),
  };
}
