/**
 * Takes from the settings what the Archive needs. Settings that cannot be used are reported where requests are answered;
 * here they take their defaults, because the Archive must go on recording.
 */
import type { PlacedSite } from '../../../domain/site.ts';
import type { Config } from '../../../pipeline/config.ts';
import type { HostManners } from '../../../pipeline/host-pause.ts';
import { writesPerDay } from '../../../pipeline/publish-pace.ts';

/** What the settings say to the Archive. */
export interface ArchiveSettings {
  /** KV writes a day; infinite when nothing bounds them. */
  readonly writesPerDay: number;
  /** How long the text of entries is kept. Days; 0 = for ever. */
  readonly retentionDays: number;
  /** What several sources bring is shown once. */
  readonly isDeduplicating: boolean;
  /** The site, when the settings say where it is. */
  readonly site?: PlacedSite;
  /** How hosts are treated. */
  readonly manners: HostManners;
  /** All that one request can take, reading and recording included. Milliseconds. */
  readonly requestMs: number;
}

const defaults = { kvWritesPerDay: 0, retentionDays: 0, hostPauseMs: 1000, hostConcurrency: 1, fetchTimeoutMs: 20_000 };

/** The settings of the Archive. @param config absent when the settings cannot be used */
export function toArchiveSettings(config: Config | undefined): ArchiveSettings {
  const { kvWritesPerDay, retentionDays, hostPauseMs, hostConcurrency, fetchTimeoutMs } = config ?? defaults;
  return {
    writesPerDay: writesPerDay(kvWritesPerDay),
    retentionDays,
    isDeduplicating: config?.isDeduplicating ?? true,
    ...(config?.siteUrl === undefined ? {} : { site: toPlacedSite(config, config.siteUrl) }),
    manners: { pauseMs: hostPauseMs, concurrency: hostConcurrency },
    // All hops and the body of one request take at most twice the time-out; what follows is reading and recording.
    requestMs: 2 * fetchTimeoutMs + 5000,
  };
}

function toPlacedSite(config: Config, origin: PlacedSite['origin']): PlacedSite {
  const { siteTitle, siteDescription, siteLanguage, hubUrl } = config;
  return { siteTitle, siteDescription, siteLanguage, origin, ...(hubUrl === undefined ? {} : { hubUrl }) };
}
