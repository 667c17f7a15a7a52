/**
 * Checks values by schemas, and renders schemas as JSON Schema. Only this file imports zod.
 */
import * as z from 'zod';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { FieldProblem } from '../admin-problem.ts';

export { z };

/** Checks a value; every problem is named with its member, or `body` when it is about the whole. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Result<z.output<Schema>, readonly FieldProblem[]> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return fail(parsed.error.issues.flatMap(toProblems));
}

/** A schema as JSON Schema (draft 2020-12), which OpenAPI 3.1 takes as it is. */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, reused: 'inline', unrepresentable: 'any' });
  return json;
}

/** The name a schema has among the components of the OpenAPI document. */
export function nameOf(schema: z.ZodType): string {
  return schema.meta()?.title ?? '';
}

/** A schema made with this file. */
export type Schema = z.ZodType;

function toProblems(issue: z.core.$ZodIssue): readonly FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), detail: 'is not known here' }));
  }
  return [{ field: issue.path.length === 0 ? 'body' : issue.path.join('.'), detail: issue.message }];
}

/** The message for a value that is no JSON object. */
export function objectProblem(issue: { readonly code: string }): string | undefined {
  return issue.code === 'invalid_type' ? 'must be a JSON object' : undefined;
}
