/**
 * Lists the calls about views, rules and alerts for the table of operations.
 */
import type { Operation } from './operation.ts';
import { hiddenEntries, ruleBook, rulesPreview, rulesToSave } from './rule-schema.ts';
import { alertAddresses, enqueued, savedView, viewToSave } from './schema.ts';
import { hubReport } from './webhook-schema.ts';

const json = 'application/json';

const alertFeeds = [
  ['alerts.xml', 'showAlertsRss', 'application/rss+xml'],
  ['alerts.atom', 'showAlertsAtom', 'application/atom+xml'],
  ['alerts.json', 'showAlertsJson', 'application/feed+json'],
] as const;

/** Saved views, rules and alerts. */
export const viewOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/admin/api/views',
    id: 'listViews',
    summary: 'All saved views',
    status: 200,
    gives: [{ type: json, schema: savedView, isList: true }],
  },
  {
    method: 'get',
    path: '/admin/api/views/{name}',
    id: 'showView',
    summary: 'One saved view',
    status: 200,
    gives: [{ type: json, schema: savedView }],
    problems: [404],
  },
  {
    method: 'put',
    path: '/admin/api/views/{name}',
    id: 'saveView',
    summary: 'Saves a view under this name (201 when it is new); the key of a private one is told in this answer only',
    takes: [{ type: json, schema: viewToSave }],
    status: 200,
    gives: [{ type: json, schema: savedView }],
    problems: [400, 409, 413, 415],
  },
  {
    method: 'delete',
    path: '/admin/api/views/{name}',
    id: 'removeView',
    summary: 'Removes a saved view',
    status: 204,
    gives: [],
    problems: [404],
  },
  {
    method: 'post',
    path: '/admin/api/views/{name}/webhook/test',
    id: 'testWebhook',
    summary: 'Sends a test to the webhook of a view; one that is paused goes on when it succeeds',
    status: 202,
    gives: [{ type: json, schema: enqueued }],
    problems: [404],
  },
  {
    method: 'get',
    path: '/admin/api/hub',
    id: 'showHub',
    summary: 'The subscribers of the WebSub hub, counted for each topic',
    status: 200,
    gives: [{ type: json, schema: hubReport }],
  },
  {
    method: 'post',
    path: '/hub',
    id: 'subscribe',
    summary:
      'The WebSub hub: subscribes a callback to a feed of this site, or ends that. The callback is asked later whether it wants it',
    takes: [{ type: 'application/x-www-form-urlencoded' }],
    status: 202,
    gives: [{ type: 'text/plain' }],
    problems: [400, 404, 413, 415, 429],
    isPublic: true,
  },
  {
    method: 'get',
    path: '/admin/api/explain',
    id: 'explainQuery',
    summary:
      'Which entries a query selects, which terms drop the others, what it costs; explain=1 at a feed is the same',
    query: [{ name: 'tag', description: 'And every other parameter of feeds: docs/query-language.md' }],
    status: 200,
    gives: [{ type: json }],
    problems: [400],
  },
  {
    method: 'get',
    path: '/admin/api/rules',
    id: 'showRules',
    summary: 'The rules: those of seeds/tags.json, and your own',
    status: 200,
    gives: [{ type: json, schema: ruleBook }],
  },
  {
    method: 'put',
    path: '/admin/api/rules',
    id: 'saveRules',
    summary: 'Replaces your own rules; entries that are there follow in the background',
    takes: [{ type: json, schema: rulesToSave }],
    status: 202,
    gives: [{ type: json, schema: ruleBook }],
    problems: [400, 413, 415],
  },
  {
    method: 'post',
    path: '/admin/api/rules/preview',
    id: 'previewRules',
    summary:
      'What saving these rules would show again, hide and tag otherwise, among the newest 500 entries; changes nothing',
    takes: [{ type: json, schema: rulesToSave }],
    changesNothing: true,
    status: 200,
    gives: [{ type: json, schema: rulesPreview }],
    problems: [400, 413, 415],
  },
  {
    method: 'get',
    path: '/admin/api/rules/hidden',
    id: 'findHidden',
    summary: 'The newest entries that rules hide, each with its rule; takes the parameters of a feed to find one',
    status: 200,
    gives: [{ type: json, schema: hiddenEntries }],
    problems: [400],
  },
  {
    method: 'get',
    path: '/admin/api/alerts',
    id: 'showAlerts',
    summary: 'The addresses of the feeds that tell of trouble, with their key',
    status: 200,
    gives: [{ type: json, schema: alertAddresses }],
  },
  ...alertFeeds.map(
    ([file, id, type]): Operation => ({
      method: 'get',
      path: `/admin/${file}`,
      id,
      summary: 'Alerts as a feed; opens with the key, or with the token',
      query: [{ name: 'key', description: 'As /admin/api/alerts tells it.' }],
      status: 200,
      gives: [{ type }],
    }),
  ),
];
