/**
 * Starts the product for tests in a browser, with few seeds or those of a folder of the repository.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

/** Builds and starts it with these settings. */
export async function startProduct(
  settings: Readonly<Record<string, string>>,
  seedsDir: string = fewSeeds,
): Promise<Product> {
  const persistTo = await mkdtemp(join(tmpdir(), 'tributary-state-'));
  const { origin, fireCron, kill } = await start({ persistTo, seedsDir: join(root, seedsDir), vars: settings });
  const close = async (): Promise<void> => {
    await kill();
    await rm(persistTo, { recursive: true, force: true });
  };
  return { origin, fireCron, close };
}
