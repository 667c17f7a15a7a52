/**
 * Remembers used one-time login links until they expire.
 *
 * Only links with a valid signature get here, and a link lives for half an hour: the list stays short.
 */
import type { Instant } from '../../../domain/instant.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';

/** The value in `meta`: the random number of each used link, and when the link expires. */
type UsedLinks = Readonly<Record<string, number>>;

/** Marks a link as used; `false` when it was used before. */
export function useLoginLink(sql: SqlStorage, nonce: string, expiresAt: Instant, now: Instant): boolean {
  const used: UsedLinks = JSON.parse(readMeta(sql, 'used_login_links') ?? '{}');
  if (Object.hasOwn(used, nonce)) return false;
  const valid = Object.entries(used).filter(([, until]) => until > now);
  writeMeta(sql, 'used_login_links', JSON.stringify(Object.fromEntries([...valid, [nonce, expiresAt]])));
  return true;
}
