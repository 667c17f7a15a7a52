/**
 * The seeds this Worker carries: parsed when it was built (scripts/build.ts), unpacked only when they must be loaded.
 */
import seedDigestText from 'virtual:seed-digest';
import type { SeedBundle } from './seed-bundle.ts';

/** Names the content of the bundle. */
export const seedDigest: string = seedDigestText;

/** Unpacks the bundle. A bundle that does not fit this code is a broken build and throws. */
export async function loadSeedBundle(): Promise<SeedBundle> {
  const [{ default: packed }, { decodeSeedBundle }] = await Promise.all([
    import('virtual:seed-bundle'),
    import('./seed-bundle.ts'),
  ]);
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return decodeSeedBundle(await new Response(unpacked).text());
}
