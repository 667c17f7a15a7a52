/**
 * Marks sources whose secret address a former release did not recognise.
 */
import { isSecretAddress } from '../../../domain/secret-address.ts';
import { isAsked } from '../../../domain/source.ts';
import { settleLater } from '../follow/settle-source.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';
import { listSources, writeSource } from '../rows/source-rows.ts';

/** Does it once. */
export function markSecretSources(sql: SqlStorage): void {
  if (readMeta(sql, 'secrets_marked') !== undefined) return;
  for (const source of listSources(sql)) {
    if (!isAsked(source) || !isSecretAddress(source.url)) continue;
    writeSource(sql, { ...source, isSecret: true });
    // What entries say of the address was recorded and published.
    settleLater(sql, source);
  }
  writeMeta(sql, 'secrets_marked', '1');
}
