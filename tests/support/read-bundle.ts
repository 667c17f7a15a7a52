/**
 * Bundles a seeds directory and unpacks it again, as the Archive does.
 */
import { type BundledSeeds, type BundleOptions, bundleSeeds } from '../../scripts/bundle-seeds.ts';
import { type BundledEntry, decodeSeedPack } from '../../src/platform/seed-pack.ts';

/** What was made of the seeds, and the entries that its packs hold, by id. */
export interface ReadBundle extends BundledSeeds {
  readonly sources: BundledSeeds['manifest']['sources'];
  readonly rules: BundledSeeds['manifest']['rules'];
  readonly entries: readonly BundledEntry[];
}

/** Bundles and unpacks. */
export async function readBundle(options: BundleOptions): Promise<ReadBundle> {
  const seeds = await bundleSeeds(options);
  const entries = seeds.packs.flatMap(({ text }) => decodeSeedPack(text));
  const { sources, rules } = seeds.manifest;
  return { ...seeds, sources, rules, entries: entries.toSorted((a, b) => (a.entry.id < b.entry.id ? -1 : 1)) };
}
