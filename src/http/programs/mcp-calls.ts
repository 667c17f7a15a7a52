/**
 * Answers the methods of the Model Context Protocol, in its revisions with a handshake (2025) and without (2026-07-28).
 *
 * The few methods are written here instead of using the SDK, whose server is 314 KB; this folder is 13 KB (ADR 20).
 * @see https://modelcontextprotocol.io/specification/2026-07-28 and
 * https://modelcontextprotocol.io/specification/2025-11-25
 */
import { isRecord, type RpcAnswer, type RpcCall, rpcCodes, toRpcError } from './json-rpc.ts';
import { tools } from './tool-list.ts';
import { callTool, type ToolPorts } from './tools.ts';

/** Revisions whose clients begin with `initialize`, newest first. */
export const handshakeVersions: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

/** Revisions in which every request names its revision. */
export const statelessVersions: readonly string[] = ['2026-07-28'];

const allVersions = [...statelessVersions, ...handshakeVersions];

/** The member in which a request of a stateless revision names it. */
const versionKey = 'io.modelcontextprotocol/protocolVersion';
const serverKey = 'io.modelcontextprotocol/serverInfo';

/** How long clients may keep the list of tools: it changes with a deploy. Milliseconds. */
const toolListMs = 3_600_000;

/** The revision that a call names; `undefined` when a handshake has decided it. */
export function versionOf({ params }: RpcCall): string | undefined {
  const meta = params['_meta'];
  const version = isRecord(meta) ? meta[versionKey] : undefined;
  return typeof version === 'string' ? version : undefined;
}

/** Answers a call. */
export async function answerCall(
  call: RpcCall & { readonly id: string | number },
  ports: ToolPorts & { readonly version: string },
): Promise<RpcAnswer> {
  const version = versionOf(call);
  if (version !== undefined && !statelessVersions.includes(version)) {
    const data = { supported: allVersions, requested: version.slice(0, 40) };
    return toRpcError(call.id, { code: rpcCodes.unsupportedVersion, message: 'Unsupported protocol version', data });
  }
  const isStateless = version !== undefined;
  const { siteTitle, siteDescription } = ports.sources.config;
  const serverInfo = { name: 'tributary', title: siteTitle, version: ports.version };
  const about = { capabilities: { tools: {} }, instructions: `${siteTitle}: ${siteDescription}` };
  const toResult = (result: object): RpcAnswer => ({
    jsonrpc: '2.0',
    id: call.id,
    result: isStateless ? { resultType: 'complete', ...result, _meta: { [serverKey]: serverInfo } } : result,
  });
  const kept = isStateless ? { ttlMs: toolListMs, cacheScope: 'public' } : {};
  const unknown = toRpcError(call.id, {
    code: rpcCodes.unknownMethod,
    message: `Unknown method ${call.method.slice(0, 80)}`,
  });
  switch (call.method) {
    case 'initialize': {
      if (isStateless) return unknown;
      const wanted = call.params['protocolVersion'];
      const agreed = handshakeVersions.find((one) => one === wanted) ?? handshakeVersions[0];
      return toResult({ protocolVersion: agreed, serverInfo, ...about });
    }
    case 'ping':
      return isStateless ? unknown : toResult({});
    case 'server/discover':
      return toResult({ supportedVersions: allVersions, ...about, ...kept });
    case 'tools/list':
      return toResult({ tools, ...kept });
    case 'tools/call':
      return await answerToolCall(call, ports, toResult);
    default:
      return unknown;
  }
}

async function answerToolCall(
  { id, params }: RpcCall & { readonly id: string | number },
  ports: ToolPorts,
  toResult: (result: object) => RpcAnswer,
): Promise<RpcAnswer> {
  const { name, arguments: given = {} } = params;
  if (typeof name !== 'string' || !isRecord(given)) {
    return toRpcError(id, { code: rpcCodes.wrongParams, message: 'Give a name and, as an object, arguments.' });
  }
  const answer = await callTool(ports, name, given);
  if (answer !== undefined) return toResult(answer);
  const names = tools.map((tool) => tool.name).join(', ');
  return toRpcError(id, { code: rpcCodes.wrongParams, message: `Unknown tool. There are ${names}.` });
}
