/**
 * What the settings say to the Archive. Settings that cannot be used are reported where requests are answered; here they
 * take their defaults, because the Archive must go on recording.
 */
import type { PlacedSite } from '../../../domain/site.ts';
import { parseConfig } from '../../../pipeline/config.ts';
import { writesPerDay } from '../../../pipeline/publish-pace.ts';
import type { ArchiveBindings } from '../../archive-bindings.ts';

/** KV writes a day; infinite when nothing bounds them. */
export function dailyWrites(env: ArchiveBindings): number {
  const config = parseConfig(env);
  return writesPerDay(config.ok ? config.value.kvWritesPerDay : 0);
}

/** How long the text of entries is kept. Days; 0 = for ever. */
export function retentionDays(env: ArchiveBindings): number {
  const config = parseConfig(env);
  return config.ok ? config.value.retentionDays : 0;
}

/** The site, when the settings say where it is. */
export function placedSite(env: ArchiveBindings): PlacedSite | undefined {
  const config = parseConfig(env);
  if (!config.ok || config.value.siteUrl === undefined) return undefined;
  const { siteTitle, siteDescription, siteLanguage, siteUrl } = config.value;
  return { siteTitle, siteDescription, siteLanguage, origin: siteUrl };
}
