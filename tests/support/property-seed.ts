/**
 * Where property tests begin: at the same place in every run, so that a commit is green or red and never both.
 *
 * `PROPERTY_SEED=<integer>` looks elsewhere; a counterexample found there becomes a test by name.
 */
import * as fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** 32-bit integer. */
    readonly propertySeed: number;
  }
}

fc.configureGlobal({ seed: inject('propertySeed') });
