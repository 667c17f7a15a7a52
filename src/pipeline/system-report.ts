/**
 * Defines the report of the page "System": the work of the day, publishes, alerts, and what the owner did.
 */
import type { Instant } from '../domain/instant.ts';
import type { SourceId } from '../domain/source.ts';
import type { RecordedAlert } from './alerts.ts';

/** The work of one hour. */
export interface HourUse {
  /** When the hour began. */
  readonly hour: Instant;
  /** Rounds of the cron that found something to do. */
  readonly rounds: number;
  /** Refreshes that were put into the queue. */
  readonly jobs: number;
  readonly publishes: number;
  readonly kvWrites: number;
}

/** Something the owner did. */
export interface OwnerAction {
  readonly at: Instant;
  /** The call's name, as in /openapi.json. */
  readonly action: string;
  /** What the action was about; empty when it was about everything. */
  readonly subject: string;
  /** How often in a row. */
  readonly times: number;
}

/** A source that answers slowly. */
export interface SlowSource {
  readonly id: SourceId;
  readonly title: string;
  readonly tookMs: number;
}

/** The whole report. */
export interface SystemReport {
  readonly use: readonly HourUse[];
  readonly alerts: readonly RecordedAlert[];
  readonly actions: readonly OwnerAction[];
  readonly lastBackupAt?: Instant;
  readonly slow: readonly SlowSource[];
}
