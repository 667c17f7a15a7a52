/**
 * Every call of the admin API in one table: what it takes and gives. /openapi.json is made of it.
 */
import type { Content, Operation } from './operation.ts';
import { preview } from './preview-schema.ts';
import {
  articlesOutcome,
  enqueued,
  importOutcome,
  newSource,
  opmlImport,
  opmlOutcome,
  source,
  sourceChange,
} from './schema.ts';
import { viewOperations } from './view-operations.ts';
import type { Schema } from './zod.ts';

const json = (schema: Schema): Content => ({ type: 'application/json', schema });
const pickedFeed = { name: 'feed', description: 'The address of one of the feeds that a 300 listed.' };
const force = { name: 'force', description: '1 asks now, whatever the next check is; one request per host at a time.' };

/** All calls, in the order of the documentation. */
export const operations: readonly Operation[] = [
  {
    method: 'get',
    path: '/admin/api/sources',
    id: 'listSources',
    summary: 'All sources with their state',
    status: 200,
    gives: [{ type: 'application/json', schema: source, isList: true }],
  },
  {
    method: 'post',
    path: '/admin/api/sources',
    id: 'addSource',
    summary:
      'Adds a source; the URL of a page is discovered to its feed. 300 lists the feeds to choose from, 422 says why none can be read',
    query: [pickedFeed],
    takes: [json(newSource)],
    status: 201,
    gives: [json(source)],
    problems: [300, 400, 409, 413, 415, 422],
  },
  {
    method: 'get',
    path: '/admin/api/sources/{id}',
    id: 'showSource',
    summary: 'One source',
    status: 200,
    gives: [json(source)],
    problems: [404],
  },
  {
    method: 'patch',
    path: '/admin/api/sources/{id}',
    id: 'changeSource',
    summary:
      'Changes a source; one that seeds/sources.opml declared is yours from then on. A new URL is read first; a source that is there already is merged in',
    query: [pickedFeed],
    takes: [json(sourceChange)],
    status: 200,
    gives: [json(source)],
    problems: [300, 400, 404, 409, 413, 415, 422],
  },
  {
    method: 'delete',
    path: '/admin/api/sources/{id}',
    id: 'removeSource',
    summary: 'Removes a source. Its entries are kept, not shown; adding it again shows them again',
    status: 204,
    gives: [],
    problems: [404, 409],
  },
  {
    method: 'post',
    path: '/admin/api/sources/{id}/refresh',
    id: 'refreshSource',
    summary: 'Asks one source now, if it is due',
    query: [force],
    status: 202,
    gives: [json(enqueued)],
    problems: [400, 404, 409],
  },
  {
    method: 'post',
    path: '/admin/api/refresh',
    id: 'refreshAll',
    summary: 'Asks all sources that are due',
    query: [force],
    status: 202,
    gives: [json(enqueued)],
    problems: [400],
  },
  {
    method: 'post',
    path: '/admin/api/opml',
    id: 'importSubscriptions',
    summary: 'Imports a subscription list; tags are added to known sources, never taken away',
    takes: [{ type: 'text/x-opml' }, { type: 'application/xml' }, { type: 'multipart/form-data' }, json(opmlImport)],
    status: 200,
    gives: [json(opmlOutcome)],
    problems: [400, 413, 415, 422],
  },
  {
    method: 'get',
    path: '/admin/api/opml',
    id: 'exportSubscriptions',
    summary: 'All followed feeds as OPML 2.0',
    status: 200,
    gives: [{ type: 'text/x-opml' }],
  },
  {
    method: 'post',
    path: '/admin/api/entries',
    id: 'recordArticles',
    summary: 'Records archived articles: one as the body, or many as parts of a form; folders in file names are tags',
    query: [{ name: 'path', description: 'File name of a single article, with its folders: world/china/x.md' }],
    takes: [{ type: 'text/markdown' }, { type: 'text/html' }, { type: 'text/plain' }, { type: 'multipart/form-data' }],
    status: 200,
    gives: [json(articlesOutcome)],
    problems: [400, 413, 415],
  },
  {
    method: 'get',
    path: '/admin/api/preview',
    id: 'previewSource',
    summary: 'What reading a URL would give, with its defects; records nothing',
    query: [
      { name: 'url', description: 'A feed, or a page that has one or lists entries.', isRequired: true },
      { name: 'page', description: 'Selectors that read the page, as JSON; without it some are proposed.' },
    ],
    status: 200,
    gives: [json(preview)],
    problems: [300, 400, 422],
  },
  ...viewOperations,
  {
    method: 'get',
    path: '/admin/api/export',
    id: 'backUp',
    summary: 'Everything, as NDJSON: a backup that restores',
    status: 200,
    gives: [{ type: 'application/x-ndjson' }],
  },
  {
    method: 'post',
    path: '/admin/api/import',
    id: 'restore',
    summary: 'Restores a backup; what it does not name stays, the same backup again changes nothing',
    takes: [{ type: 'application/x-ndjson' }],
    status: 200,
    gives: [json(importOutcome)],
    problems: [415, 422],
  },
  {
    method: 'get',
    path: '/metrics',
    id: 'showMetrics',
    summary: 'OpenMetrics',
    status: 200,
    gives: [{ type: 'application/openmetrics-text' }],
  },
  {
    method: 'get',
    path: '/openapi.json',
    id: 'showOpenApi',
    summary: 'This document',
    status: 200,
    gives: [{ type: 'application/json' }],
    isPublic: true,
  },
];
