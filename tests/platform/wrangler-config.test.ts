/**
 * wrangler inherits no bindings, so an environment that forgets one deploys a Worker that fails at its first use of it.
 */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';

const config = resolve(import.meta.dirname, '../../wrangler.toml');

/** The names of all bindings, and how often the queues are read; not what they are bound to. */
function shapeOf(env?: string) {
  const read = readConfig({ config, ...(env !== undefined && { env }) }) as unknown as Record<string, unknown>;
  return JSON.parse(
    JSON.stringify({
      vars: Object.keys(read['vars'] ?? {}),
      objects: read['durable_objects'],
      migrations: read['migrations'],
      kv: read['kv_namespaces'],
      queues: read['queues'],
      limits: read['ratelimits'],
    }).replaceAll('tributary-preview', 'tributary'),
  );
}

describe('the preview of wrangler.toml', () => {
  it('has every binding of production', () => {
    expect(shapeOf('preview')).toEqual(shapeOf());
  });

  it('shares no queue with production', () => {
    const preview = JSON.stringify(readConfig({ config, env: 'preview' }).queues);
    expect(preview).toContain('tributary-preview-jobs');
    expect(preview).not.toContain('"tributary-jobs"');
  });
});
