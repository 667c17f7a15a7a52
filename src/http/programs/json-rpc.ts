/**
 * Reads and answers JSON-RPC 2.0 messages as the Model Context Protocol uses them.
 *
 * @see https://www.jsonrpc.org/specification
 */

/** A call that wants an answer, or a notification (without `id`). */
export interface RpcCall {
  readonly id?: string | number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Error codes of JSON-RPC, and those that MCP adds. */
export const rpcCodes = {
  notJson: -32_700,
  notACall: -32_600,
  unknownMethod: -32_601,
  wrongParams: -32_602,
  internal: -32_603,
  headerMismatch: -32_020,
  unsupportedVersion: -32_022,
} as const;

/** The reason why a call has no result. */
export interface RpcProblem {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** A whole answer. */
export type RpcAnswer = { readonly jsonrpc: '2.0'; readonly id: string | number | null } & (
  | { readonly result: object }
  | { readonly error: RpcProblem }
);

/** An error answer. */
export function toRpcError(id: string | number | undefined, error: RpcProblem): RpcAnswer {
  return { jsonrpc: '2.0', id: id ?? null, error };
}

/**
 * Reads one message: a call; `answer` for an answer to a call, which we never make; or the error that says what is wrong.
 */
export function parseRpcMessage(message: unknown): RpcCall | 'answer' | RpcAnswer {
  if (!isRecord(message) || message['jsonrpc'] !== '2.0') {
    return toRpcError(undefined, {
      code: rpcCodes.notACall,
      message: 'Send a JSON-RPC 2.0 message: {"jsonrpc": "2.0", ...}.',
    });
  }
  const { id, method, params } = message;
  const isId = (typeof id === 'string' && id.length <= maxIdLength) || (typeof id === 'number' && Number.isFinite(id));
  if (id !== undefined && !isId) {
    return toRpcError(undefined, { code: rpcCodes.notACall, message: 'An id is a text or a number.' });
  }
  const known = isId ? { id } : {};
  if (method === undefined && (message['result'] !== undefined || message['error'] !== undefined)) return 'answer';
  if (typeof method !== 'string') {
    return toRpcError(known.id, { code: rpcCodes.notACall, message: 'Name a method.' });
  }
  if (params !== undefined && !isRecord(params)) {
    return toRpcError(known.id, { code: rpcCodes.wrongParams, message: 'Give params as an object.' });
  }
  return { ...known, method, params: params ?? {} };
}

/** An id is sent back as it came. UTF-16 units. */
const maxIdLength = 1000;

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
