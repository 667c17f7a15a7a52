/**
 * Reads the clock, for the Archive's doors only: they pass the time to all code behind them.
 */
import type { Instant } from '../../../domain/instant.ts';

/** The time now. */
export function now(): Instant {
  return Date.now() as Instant;
}
