/**
 * Keeps the icons of sources, and says which address is to be asked next. A site is asked only when a page shows its source,
 * and each address at most once a month.
 */
import type { Channel } from '../../../domain/channel.ts';
import { dayMs } from '../../../domain/duration.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { type IconAnswer, iconAddresses, type SourceIcon } from '../../../domain/source-icon.ts';

/** An icon that is older is asked for again; meanwhile it is shown. Milliseconds. */
const freshMs = 30 * dayMs;

/** An address that was asked this long ago and brought nothing has no icon. Milliseconds. */
const answerWithinMs = 5 * 60_000;

interface IconRow extends Record<string, SqlStorageValue> {
  asked_at: number;
  type: string | null;
  body: ArrayBuffer | null;
}

/** The icon of a source that everybody may see, and the address to ask, which counts as asked from now on. */
export function findIcon(sql: SqlStorage, sourceId: string, now: Instant): IconAnswer {
  for (const url of addressesOf(sql, sourceId)) {
    const held = sql.exec<IconRow>('SELECT asked_at, type, body FROM icon WHERE url = ?', url).toArray()[0];
    const icon = toIcon(held);
    if (held === undefined || held.asked_at + freshMs <= now) {
      claim(sql, url, now);
      return { wanted: url, ...(icon === undefined ? { isAwaited: true } : { icon }) };
    }
    if (icon !== undefined) return { icon };
    if (held.asked_at + answerWithinMs > now) return { isAwaited: true };
  }
  return {};
}

/** Keeps what an address brought; without a picture the former one goes. */
export function keepIcon(sql: SqlStorage, url: HttpUrl, icon: SourceIcon | undefined): void {
  sql.exec('UPDATE icon SET type = ?, body = ? WHERE url = ?', icon?.type ?? null, icon?.bytes ?? null, url);
}

/** None for a source that is private, secret or paused, or that never answered. */
function addressesOf(sql: SqlStorage, sourceId: string): readonly HttpUrl[] {
  const source = sql
    .exec<{ site: string; channel: string }>(
      `SELECT COALESCE(site_url, url) AS site, channel FROM source WHERE id = ? AND enabled = 1 AND is_private = 0
        AND is_secret = 0 AND kind IN ('feed', 'page') AND channel IS NOT NULL`,
      sourceId,
    )
    .toArray()[0];
  if (source === undefined) return [];
  return iconAddresses(JSON.parse(source.channel) as Channel, source.site as HttpUrl);
}

/** Icons that no page has shown for a month longer than they are fresh go. */
function claim(sql: SqlStorage, url: HttpUrl, now: Instant): void {
  sql.exec('DELETE FROM icon WHERE asked_at < ? AND url <> ?', now - 2 * freshMs, url);
  sql.exec(
    'INSERT INTO icon (url, asked_at) VALUES (?, ?) ON CONFLICT (url) DO UPDATE SET asked_at = excluded.asked_at',
    url,
    now,
  );
}

function toIcon(row: IconRow | undefined): SourceIcon | undefined {
  if (row?.type == null || row.body === null) return undefined;
  return { type: row.type, bytes: new Uint8Array(row.body) };
}
