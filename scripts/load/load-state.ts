/**
 * Remembers the files that an interrupted load has sent: in a hidden file in the directory, which is deleted once
 * everything was sent.
 *
 * It only saves time: the server recognises a file that is sent again and answers "unchanged".
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths sent to one installation. */
export interface LoadState {
  readonly sent: ReadonlySet<string>;
  readonly note: (paths: readonly string[]) => Promise<void>;
  /** Everything was sent. */
  readonly finish: () => Promise<void>;
}

const fileName = '.tributary-load.json';

/** Opens the state; that of another installation does not count, and neither does an unreadable one. */
export async function openLoadState(directory: string, to: URL, startOver: boolean): Promise<LoadState> {
  const path = join(directory, fileName);
  const sent = new Set(startOver ? [] : await readSent(path, to));
  let writing = Promise.resolve();
  return {
    sent,
    note: (paths) => {
      for (const one of paths) sent.add(one);
      writing = writing.then(async () => {
        // Whole or not at all, whenever the power goes.
        await writeFile(`${path}.new`, JSON.stringify({ to: to.origin, sent: [...sent] }));
        await rename(`${path}.new`, path);
      });
      return writing;
    },
    finish: async () => {
      await writing;
      await rm(path, { force: true });
    },
  };
}

async function readSent(path: string, to: URL): Promise<readonly string[]> {
  try {
    const { to: origin, sent } = JSON.parse(await readFile(path, 'utf8')) as { to: unknown; sent: unknown };
    return origin === to.origin && Array.isArray(sent) ? sent.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
