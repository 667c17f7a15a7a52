/**
 * Renders `/openapi.json`: all calls for machines, with the schemas that check their requests.
 *
 * @see https://spec.openapis.org/oas/v3.1.0
 */
import type { Content, Operation } from './operation.ts';
import { operations } from './operations.ts';
import { publicOperations } from './public-operations.ts';
import { problem } from './schema.ts';
import { nameOf, type Schema, toJsonSchema } from './zod.ts';

/** The OpenAPI 3.1 document. */
export function renderOpenApi(facts: {
  readonly title: string;
  readonly version: string;
  readonly origin: string;
}): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of [...operations, ...publicOperations]) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: toOperation(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: facts.title,
      version: facts.version,
      description:
        'What programs can ask: feeds and lists without a token, the rest (sources, archived articles, views, rules, backups) with it.',
    },
    servers: [{ url: facts.origin }],
    security: [{ adminToken: [] }],
    paths,
    components: {
      securitySchemes: { adminToken: { type: 'http', scheme: 'bearer', description: 'The secret ADMIN_TOKEN.' } },
      schemas: componentSchemas(),
    },
  };
}

function toOperation(operation: Operation): object {
  const { id, summary, takes, status, gives, problems = [], isPublic = false } = operation;
  const codes = isPublic ? problems : [401, 403, ...problems];
  const failures = codes.map((code) => [String(code), { description: reason(code), content: problemContent }] as const);
  return {
    operationId: id,
    summary,
    ...(isPublic ? { security: [] } : {}),
    ...parametersOf(operation),
    ...(takes === undefined ? {} : { requestBody: { required: true, content: toContent(takes) } }),
    responses: {
      [status]: { description: summary, ...(gives.length === 0 ? {} : { content: toContent(gives) }) },
      ...Object.fromEntries(failures),
    },
  };
}

function parametersOf({ path, query = [] }: Operation): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = query.map(({ name, description, isRequired = false }) => ({
    name,
    in: 'query',
    required: isRequired,
    description,
    schema: { type: 'string' },
  }));
  const parameters = [...inPath, ...inQuery];
  return parameters.length === 0 ? {} : { parameters };
}

function toContent(contents: readonly Content[]): object {
  return Object.fromEntries(
    contents.map(({ type, schema, isList = false }) => {
      const one = schema === undefined ? { type: 'string' } : reference(schema);
      return [type, { schema: isList ? { type: 'array', items: one } : one }];
    }),
  );
}

const problemContent = { 'application/problem+json': { schema: reference(problem) } };

function componentSchemas(): object {
  const components: Record<string, object> = { [nameOf(problem)]: toJsonSchema(problem, 'output') };
  for (const { takes = [], gives } of operations) {
    for (const { schema } of takes)
      if (schema !== undefined) components[nameOf(schema)] = toJsonSchema(schema, 'input');
    for (const { schema } of gives)
      if (schema !== undefined) components[nameOf(schema)] = toJsonSchema(schema, 'output');
  }
  return components;
}

function reference(schema: Schema): object {
  return { $ref: `#/components/schemas/${nameOf(schema)}` };
}

function reason(status: number): string {
  const reasons: Readonly<Record<number, string>> = {
    400: 'The request cannot be used; every problem is named with its field',
    401: 'No token, or not the right one',
    406: 'The client does not take the media type of the answer',
    429: 'Too many requests: wait a minute',
    403: 'The admin API is off (no ADMIN_TOKEN is set), or a page of another site asks',
    404: 'There is nothing of this name',
    405: 'Another method is meant',
    409: 'It is known already, or its state does not allow this',
    413: 'The body is too large',
    415: 'The body has another media type than these',
    422: 'It was understood and cannot be done; the answer says why',
  };
  return reasons[status] ?? 'A problem';
}
