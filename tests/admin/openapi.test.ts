import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operations } from '../../src/admin/api/contract/operations.ts';
import { newSource, source } from '../../src/admin/api/contract/schema.ts';
import { check } from '../../src/admin/api/contract/zod.ts';
import { feedFileNames } from '../../src/domain/view.ts';
import { parameterNames } from '../../src/query/language/parse-query.ts';
import { givenAdmin } from '../support/given-admin.ts';

function routesOf(file: string): string {
  return readFileSync(new URL(`../../src/${file}`, import.meta.url).pathname, 'utf8');
}

interface OpenApi {
  readonly paths: Record<string, Record<string, { responses: object; requestBody?: { content: object } }>>;
  readonly components: { readonly schemas: Record<string, { properties: object; required?: string[] }> };
}

async function read(): Promise<OpenApi> {
  const response = await givenAdmin().ask('GET', '/openapi.json', { headers: { Authorization: 'none' } });
  expect(response.status).toBe(200);
  return await response.json<OpenApi>();
}

describe('the OpenAPI document', () => {
  it('is public and has every call', async () => {
    const { paths } = await read();
    for (const { method, path, status } of operations) {
      expect(Object.keys(paths[path]?.[method]?.responses ?? {})).toContain(String(status));
    }
  });

  it('has every route, and no other', async () => {
    const { paths } = await read();
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path.replaceAll(/\{\w+\}/g, '*')}`),
    );
    const admin = [...routesOf('admin/admin-app.ts').matchAll(/\bapp\.(get|post|put|patch|delete)\('([^']+)'/g)].map(
      ([, method, path = '']) => `${method} ${path.replaceAll(/:\w+/g, '*')}`,
    );
    expect(admin.length).toBeGreaterThan(25);
    const alerts = ['xml', 'atom', 'json'].map((end) => `get /admin/alerts.${end}`);
    const files = Object.values(feedFileNames);
    const feeds = ['', '/tags/*', '/sources/*', '/views/*', '/archive/*'].flatMap((place) =>
      files.map((file) => `get ${place}/${file}`),
    );
    const asked = ['post /mcp', 'post /hub', 'get /websub/*/*', 'post /websub/*/*', 'get /entries/*'];
    const lists = ['/tags.json', '/health', '/opml.xml', '/llms.txt'].map((path) => `get ${path}`);
    expect(described.toSorted()).toEqual([...admin, ...alerts, ...feeds, ...asked, ...lists].toSorted());
    // A route of the public side that is new has to be described, or named here as none for programs.
    const known = [
      '/archive/:month/:file',
      '/tags.json',
      '/health',
      '/opml.xml',
      '/llms.txt',
      '/media/*',
      '/mcp',
      '/hub',
    ];
    const owned = ['/admin', '/admin/*', '/metrics', '/openapi.json', '/websub/*'];
    const [text] = routesOf('http/app.ts').split('app.notFound');
    const served = [...(text ?? '').matchAll(/'(\/[\w:*./-]*)'/g)].map(([, path]) => path);
    expect(new Set(served)).toEqual(new Set([...known, ...owned]));
  });

  it('names every parameter of feeds', async () => {
    const { paths } = await read();
    const text = JSON.stringify(paths['/feed.json']);
    for (const name of parameterNames) expect(text).toContain(`"name":"${name}"`);
  });

  it('names a schema for every reference', async () => {
    const document = await read();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(references.length).toBeGreaterThan(20);
    for (const [, name] of references) expect(Object.keys(document.components.schemas)).toContain(name);
    expect(JSON.stringify(document)).not.toContain('$defs');
  });

  it('is made of the schemas that check requests', async () => {
    const { components } = await read();
    expect(components.schemas['ViewToSave']?.required).toEqual(['title', 'query']);
    expect(Object.keys(components.schemas['NewSource']?.properties ?? {})).toEqual(Object.keys(newSource.shape));
  });

  it('describes a source as the API gives it', async () => {
    const rss =
      '<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>1</title></item></channel></rss>';
    const admin = givenAdmin({ pages: { 'https://a.test/feed': { body: rss } } });
    const init = { body: '{"url":"https://a.test/feed"}', headers: { 'Content-Type': 'application/json' } };
    const given = await (await admin.ask('POST', '/admin/api/sources', init)).json();
    const checked = check(source, given);
    expect(checked).toEqual({ ok: true, value: given });
  });
});
