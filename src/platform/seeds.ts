/**
 * Gives access to this Worker's seeds: its manifest, made when it was built (scripts/build.ts), and its packs.
 *
 * Every isolate has the digest in memory; only the Archive loads the rest.
 */
import renderDigestText from 'virtual:render-digest';
import seedDigestText from 'virtual:seed-digest';
import type { BundledEntry, SeedManifest } from './seed-pack.ts';

/** Names the content of the seeds. */
export const seedDigest: string = seedDigestText;

/** Names the code that renders entries: fragments of another build are rendered again. */
export const renderDigest: string = renderDigestText;

/** Reads the manifest. Throws when it does not fit this code: the build is broken then. */
export async function loadSeedManifest(): Promise<SeedManifest> {
  const [{ default: json }, { decodeSeedManifest }] = await Promise.all([
    import('virtual:seed-manifest'),
    import('./seed-pack.ts'),
  ]);
  return decodeSeedManifest(json);
}

/** Fetches and unpacks one pack. Throws when it is not among the assets: it was not deployed with this script then. */
export async function loadSeedPack(assets: Fetcher, name: string): Promise<readonly BundledEntry[]> {
  const { decodeSeedPack, packPath } = await import('./seed-pack.ts');
  // The host does not matter: the binding serves this Worker's assets only.
  const response = await assets.fetch(`https://assets.invalid${packPath(name)}`);
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`the seed pack ${name} is not among the assets: ${response.status}`);
  }
  return decodeSeedPack(await new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).text());
}
