/**
 * The seeds this Worker carries: parsed when it was built (scripts/build.ts), unpacked only when they must be loaded.
 */
import seedDigestText from 'virtual:seed-digest';
import type { SeedBundle } from './seed-bundle.ts';

/** Names the content of the bundle. */
export const seedDigest: string = seedDigestText;

/** Unpacks the bundle. A bundle that does not fit this code is a broken build and throws. */
export async function loadSeedBundle(): Promise<SeedBundle> {
  const [{ default: json }, { decodeSeedBundle }] = await Promise.all([
    import('virtual:seed-bundle'),
    import('./seed-bundle.ts'),
  ]);
  return decodeSeedBundle(json);
}
