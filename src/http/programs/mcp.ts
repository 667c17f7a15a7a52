/**
 * Serves `/mcp`: the Model Context Protocol over streamable HTTP, without sessions and streams.
 *
 * Each POST is answered alone, with JSON. Loaded with its first request.
 */
import { toPrintableJson } from '../../domain/printable.ts';
import type { FeedSources } from '../answer.ts';
import { toProblemResponse } from '../problem.ts';
import { createFindView } from '../saved-views.ts';
import { parseRpcMessage, type RpcAnswer, type RpcCall, rpcCodes, toRpcError } from './json-rpc.ts';
import { answerCall, handshakeVersions, statelessVersions, versionOf } from './mcp-calls.ts';

/** Largest request. Bytes. */
const maxBodyBytes = 64_000;

/** Most messages in one batch; each may ask the Archive. */
const maxBatch = 16;

/** The only revision with batches; it is also assumed when no header names one. */
const batchVersion = '2025-03-26';

/** Creates the handler. */
export function createMcp(sources: FeedSources, version: string): (request: Request) => Promise<Response> {
  const findView = createFindView(sources);
  return async (request) => {
    const refusal = refuseRequest(request, sources.config.siteUrl);
    if (refusal !== undefined) return refusal;
    const text = await readBody(request);
    if (text === undefined) return toHttpError(413, rpcCodes.notACall, `Send at most ${maxBodyBytes} bytes.`);
    const body = parseJson(text);
    if (body === undefined) return toHttpError(400, rpcCodes.notJson, 'The body is no JSON.');
    const ports = { sources, findView, request, version };
    if (Array.isArray(body)) return await answerBatch(request, body, ports);
    const message = parseRpcMessage(body);
    if (message === 'answer') return accepted();
    if ('jsonrpc' in message) return toJson(message, 400);
    const mismatch = checkHeaders(request, message);
    if (mismatch !== undefined) return toJson(mismatch, 400);
    if (message.id === undefined) return accepted();
    const answer = await answerSafely({ ...message, id: message.id }, ports);
    return toJson(answer, statusOf(answer, message));
  };
}

type Ports = Parameters<typeof answerCall>[1];

async function answerBatch(request: Request, messages: readonly unknown[], ports: Ports): Promise<Response> {
  const named = request.headers.get('MCP-Protocol-Version') ?? batchVersion;
  if (named !== batchVersion) return toHttpError(400, rpcCodes.notACall, `Revision ${named} has no batches.`);
  if (messages.length === 0 || messages.length > maxBatch) {
    return toHttpError(400, rpcCodes.notACall, `A batch has 1 to ${maxBatch} messages.`);
  }
  const answers: RpcAnswer[] = [];
  // One after the other: a batch must not get around the limits.
  for (const each of messages) {
    const message = parseRpcMessage(each);
    if (message === 'answer') continue;
    if ('jsonrpc' in message) answers.push(message);
    else if (message.id !== undefined) answers.push(await answerOfBatch({ ...message, id: message.id }, ports));
  }
  return answers.length === 0 ? accepted() : toJson(answers, 200);
}

async function answerOfBatch(call: RpcCall & { readonly id: string | number }, ports: Ports): Promise<RpcAnswer> {
  if (call.method !== 'initialize') return await answerSafely(call, ports);
  return toRpcError(call.id, { code: rpcCodes.notACall, message: 'initialize comes alone, not in a batch.' });
}

async function answerSafely(call: RpcCall & { readonly id: string | number }, ports: Ports): Promise<RpcAnswer> {
  try {
    return await answerCall(call, ports);
  } catch (error) {
    const line = { event: 'mcp-call-failed', error: String(error), method: call.method.slice(0, 80) };
    console.error(toPrintableJson(line));
    return toRpcError(call.id, {
      code: rpcCodes.internal,
      message: 'This cannot be answered now. Try again in some minutes.',
    });
  }
}

/** Why a request is refused. A page of another site must not use its visitor's browser to send requests. */
function refuseRequest(request: Request, siteUrl: string | undefined): Response | undefined {
  const origin = request.headers.get('Origin');
  const own = [request.url, siteUrl].filter((url) => url !== undefined).map((url) => new URL(url).host);
  if (origin !== null && !(URL.canParse(origin) && own.includes(new URL(origin).host))) {
    return toHttpError(403, rpcCodes.notACall, 'Pages of other sites may not ask here.');
  }
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow: 'POST, OPTIONS' } });
  if (request.method !== 'POST') {
    const detail = 'Programs POST messages of the Model Context Protocol here. There is no stream to GET.';
    return toProblemResponse({ status: 405, title: 'Method not allowed', detail }, { Allow: 'POST, OPTIONS' });
  }
  const named = request.headers.get('MCP-Protocol-Version');
  const versions = [...statelessVersions, ...handshakeVersions];
  if (named !== null && !versions.includes(named)) {
    const data = { supported: versions, requested: named.slice(0, 40) };
    const error = { code: rpcCodes.unsupportedVersion, message: 'Unsupported protocol version', data };
    return toJson(toRpcError(undefined, error), 400);
  }
  const type = request.headers.get('Content-Type') ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type)) {
    return toHttpError(415, rpcCodes.notACall, 'Send Content-Type: application/json.');
  }
  const accept = request.headers.get('Accept') ?? '*/*';
  if (/application\/(?:json|\*)|\*\/\*/i.test(accept)) return undefined;
  return toHttpError(406, rpcCodes.notACall, 'Answers are application/json: accept that.');
}

/** Checks what a stateless revision sends twice: in the message, and in headers for proxies. */
function checkHeaders({ headers }: Request, call: RpcCall): RpcAnswer | undefined {
  const version = versionOf(call);
  const named = headers.get('MCP-Protocol-Version');
  const mismatch = (header: string): RpcAnswer =>
    toRpcError(call.id, { code: rpcCodes.headerMismatch, message: `The header ${header} and the message differ.` });
  if (version === undefined) {
    return named !== null && statelessVersions.includes(named) ? mismatch('MCP-Protocol-Version') : undefined;
  }
  if (call.id === undefined) return undefined;
  if (named !== version) return mismatch('MCP-Protocol-Version');
  if (headers.get('Mcp-Method') !== call.method) return mismatch('Mcp-Method');
  if (call.method !== 'tools/call' || headers.get('Mcp-Name') === call.params['name']) return undefined;
  return mismatch('Mcp-Name');
}

/** In stateless revisions, errors of the protocol have an HTTP status. */
function statusOf(answer: RpcAnswer, call: RpcCall): number {
  if (!('error' in answer) || versionOf(call) === undefined) return 200;
  if (answer.error.code === rpcCodes.unknownMethod) return 404;
  return answer.error.code === rpcCodes.internal ? 500 : 400;
}

async function readBody(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('Content-Length') ?? 0) > maxBodyBytes) return undefined;
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function accepted(): Response {
  return new Response(null, { status: 202 });
}

function toHttpError(status: number, code: number, message: string): Response {
  return toJson(toRpcError(undefined, { code, message }), status);
}

function toJson(answer: RpcAnswer | readonly RpcAnswer[], status: number): Response {
  return new Response(JSON.stringify(answer), {
    status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
