/**
 * Starts the product for tests in a browser, with few seeds or those of a folder of the repository.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startProduct as start } from '../../scripts/product/product.ts';

const root = resolve(import.meta.dirname, '../..');

/** A running product. */
export interface Product {
  readonly origin: string;
  /** What the cron does every quarter of an hour. */
  readonly fireCron: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Few and quick to load; what is published with the product is under `seeds`. */
const fewSeeds = 'tests/fixtures/seeds-live';

/** Name of the Archive's database in the state of the local runtime: it follows from the names of Worker and object. */
const archiveFile = 'v3/do/tributary-Archive/0ca7d85a0fb60829434fe2815bfcfede2e99c48e0733156b55b48728516c2be2.sqlite';

/**
 * Builds and starts it with these settings.
 * @param archive the database of an archive that is there already
 */
export async function startProduct(
  settings: Readonly<Record<string, string>>,
  seedsDir: string = fewSeeds,
  archive?: Uint8Array,
): Promise<Product> {
  const persistTo = await mkdtemp(join(tmpdir(), 'tributary-state-'));
  if (archive !== undefined) {
    const file = join(persistTo, archiveFile);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, archive);
  }
  const { origin, fireCron, kill } = await start({ persistTo, seedsDir: join(root, seedsDir), vars: settings });
  const close = async (): Promise<void> => {
    await kill();
    await rm(persistTo, { recursive: true, force: true });
  };
  return { origin, fireCron, close };
}
