/**
 * Takes the Archive's settings from the configuration. Unusable settings take their defaults here, because the Archive
 * must go on recording; requests are answered with the problems.
 */
import type { PlacedSite } from '../../../domain/site.ts';
import type { Config } from '../../../pipeline/config.ts';
import type { HostManners } from '../../../pipeline/host-pause.ts';
import { writesPerDay } from '../../../pipeline/publish-pace.ts';

/** The Archive's settings. */
export interface ArchiveSettings {
  /** KV writes a day; infinite when there is no bound. */
  readonly writesPerDay: number;
  /** How long the text of entries is kept. Days; 0 = for ever. */
  readonly retentionDays: number;
  /** Whether copies of one article from several sources are shown once. */
  readonly isDeduplicating: boolean;
  /** The site, when the settings have its address. */
  readonly site?: PlacedSite;
  /** Pause and concurrency of hosts. */
  readonly manners: HostManners;
  /** The longest time of one request, reading and recording included. Milliseconds. */
  readonly requestMs: number;
}

const defaults = { kvWritesPerDay: 0, retentionDays: 0, hostPauseMs: 1000, hostConcurrency: 1, fetchTimeoutMs: 20_000 };

/** Makes the settings. @param config absent when the settings are unusable */
export function toArchiveSettings(config: Config | undefined): ArchiveSettings {
  const { kvWritesPerDay, retentionDays, hostPauseMs, hostConcurrency, fetchTimeoutMs } = config ?? defaults;
  return {
    writesPerDay: writesPerDay(kvWritesPerDay),
    retentionDays,
    isDeduplicating: config?.isDeduplicating ?? true,
    ...(config?.siteUrl === undefined ? {} : { site: toPlacedSite(config, config.siteUrl) }),
    manners: { pauseMs: hostPauseMs, concurrency: hostConcurrency },
    // All hops and the body of one request take at most twice the time-out; then come reading and recording.
    requestMs: 2 * fetchTimeoutMs + 5000,
  };
}

function toPlacedSite(config: Config, origin: PlacedSite['origin']): PlacedSite {
  const { siteTitle, siteDescription, siteLanguage, hubUrl } = config;
  return { siteTitle, siteDescription, siteLanguage, origin, ...(hubUrl === undefined ? {} : { hubUrl }) };
}
