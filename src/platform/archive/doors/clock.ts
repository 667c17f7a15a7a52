/**
 * Reads the clock for the Archive's doors: what is behind them is told the time.
 */
import type { Instant } from '../../../domain/instant.ts';

/** The time now. */
export function now(): Instant {
  return Date.now() as Instant;
}
