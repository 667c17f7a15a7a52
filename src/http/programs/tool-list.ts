/**
 * Lists the tools for MCP clients: names, descriptions for language models, JSON Schemas of their arguments.
 */

/** A tool as `tools/list` shows it. */
export interface Tool {
  readonly name: ToolName;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, object>>;
    readonly required?: readonly string[];
    readonly additionalProperties: false;
  };
  readonly annotations: object;
}

/** All tools. */
export type ToolName = 'search' | 'latest' | 'list_tags' | 'get_entry';

/** Entries in an answer by default: a language model reads all of them. */
export const defaultToolLimit = 20;

/** Tags in an answer, by default and at most. */
export const defaultTagLimit = 200;
export const maxTagLimit = 2000;

const list = (description: string): object => ({
  description: `${description} "a,b" is a or b; several texts in an array must all hold; "-a" is not a.`,
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
});

/** The parameters of every feed, in words for a model. */
const selection: Readonly<Record<string, object>> = {
  tag: list('Tags (slugs of list_tags).'),
  source: list('Ids of sources.'),
  author: list('Names of authors.'),
  lang: list('Languages, as BCP 47 tags.'),
  since: { type: 'string', description: 'Not before: an ISO 8601 date or instant, or an age such as 36h or 7d.' },
  until: { type: 'string', description: 'Not after, in the same spelling.' },
  limit: {
    type: 'integer',
    minimum: 1,
    maximum: 200,
    description: `Entries at most; ${defaultToolLimit} unless given.`,
  },
  content: {
    type: 'string',
    enum: ['full', 'summary', 'none'],
    description:
      'How much of each text: summary unless given. With full, texts come as Markdown until the answer is full.',
  },
  before: { type: 'string', description: 'The "next" of a former answer: goes on from there.' },
};

const access: Readonly<Record<string, object>> = {
  view: { type: 'string', description: 'Name of a saved view: looks only there.' },
  key: { type: 'string', description: 'Key of a private view.' },
};

const q: object = {
  type: 'string',
  description:
    'Words that must all occur; "a phrase" in double quotes; -word must not occur; a|b is a or b; title:word and ' +
    'text:word look only there. Any script; case does not count.',
};

const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

/** In the order that clients show. */
export const tools: readonly Tool[] = [
  {
    name: 'search',
    title: 'Search entries',
    description: 'Finds entries by words, newest first, with their ids, addresses, dates and summaries.',
    inputSchema: toSchema({ q, ...selection, ...access }, ['q']),
    annotations,
  },
  {
    name: 'latest',
    title: 'Latest entries',
    description:
      'Lists the newest entries, of everything or of some tags, sources, authors, languages or a saved view.',
    inputSchema: toSchema({ ...selection, ...access }),
    annotations,
  },
  {
    name: 'list_tags',
    title: 'List tags',
    description: 'Lists tags with the number of their entries, most used first.',
    inputSchema: toSchema({
      contains: { type: 'string', description: 'Only tags whose name has this text in it.' },
      limit: {
        type: 'integer',
        minimum: 1,
        maximum: maxTagLimit,
        description: `Tags at most; ${defaultTagLimit} unless given.`,
      },
    }),
    annotations,
  },
  {
    name: 'get_entry',
    title: 'Get one entry',
    description: 'Gives the whole text of one entry as Markdown, with its facts.',
    inputSchema: toSchema({ id: { type: 'string', description: 'The id that search or latest gave.' }, ...access }, [
      'id',
    ]),
    annotations,
  },
];

function toSchema(properties: Readonly<Record<string, object>>, required?: readonly string[]): Tool['inputSchema'] {
  return {
    type: 'object',
    properties,
    ...(required === undefined ? {} : { required }),
    additionalProperties: false,
  };
}
