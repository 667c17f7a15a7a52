/**
 * The proxy that the Worker's requests go through under `npm start` (src/platform/retrieve/outbound-fetch.ts).
 *
 * Cloudflare's edge refuses private addresses itself; the local runtime would connect to them. Here the address is checked when
 * a name is looked up, and that very address is connected to. Bytes and header fields are passed on as they are.
 */
import { randomBytes } from 'node:crypto';
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { kindOfIpv4, kindOfIpv6 } from '../../src/domain/ip-address.ts';
import { type OutboundReason, outboundHeaders } from '../../src/platform/retrieve/outbound-fetch.ts';
import { codeOf } from './state-lock.ts';

/**
 * Header fields that belong to one connection, and those that the local runtime or we add. The length is one of them: a site
 * that lies about it would put bytes of its own where the Worker reads the answer to its next question.
 */
const notForwarded =
  /^(?:connection|content-length|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|mf-.*|cf-.*|tributary-target|tributary-failure)$/i;

/** Characters that Node and workerd pass on in names and values of header fields. */
const fieldName = /^[\w!#$%&'*+.^`|~-]+$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Header fields of an answer, as Cloudflare takes them. Node's own bound is 16 KB, which honest sites exceed. */
const maxHeaderBytes = 128 * 1024;

const publicOnly = {
  http: new http.Agent({ keepAlive: true, lookup: lookupPublic }),
  https: new https.Agent({ keepAlive: true, lookup: lookupPublic }),
};

/** Starts it on this machine only; returns its address. `privateHosts` may be asked although they are private. */
export async function startOutbound(privateHosts: readonly string[]): Promise<string> {
  const allowed = new Set(privateHosts.map((host) => URL.parse(`http://${host.trim()}/`)?.hostname));
  // The path is a secret of this run, so that no other program of this machine can use the proxy.
  const path = `/${randomBytes(16).toString('hex')}`;
  const server = http.createServer((request, response) => {
    const target = URL.parse(request.headersDistinct[outboundHeaders.target]?.[0] ?? '');
    if (request.url === path && target !== null) passOn(target, allowed.has(target.hostname), request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  // It must not keep the process alive.
  server.unref();
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}${path}`;
}

function passOn(url: URL, isAllowed: boolean, request: IncomingMessage, response: ServerResponse): void {
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const headers = Object.entries(request.headersDistinct).filter(([name]) => !notForwarded.test(name));
  const sent = (scheme === 'https' ? https : http).request(url.href, {
    method: request.method ?? 'GET',
    headers: Object.fromEntries([...headers, ['host', url.host]]),
    // Odd bytes in header fields are no reason to refuse an answer.
    insecureHTTPParser: true,
    maxHeaderSize: maxHeaderBytes,
    ...(isAllowed ? {} : { agent: publicOnly[scheme] }),
  });
  const fail = ([reason, words]: readonly [OutboundReason, string]): void => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { [outboundHeaders.failure]: `${reason}: ${words}` }).end();
  };
  sent.on('response', (answer) => {
    const status = answer.statusCode ?? 0;
    answer.on('error', () => response.destroy());
    if (status < 200 || status > 999) {
      fail(['lost', `the answer has the status ${status}, which HTTP does not know`]);
      sent.destroy();
      return;
    }
    response.writeHead(status, forwardedFields(answer.rawHeaders));
    // These have no body by definition; bytes that come all the same make no error of the answer.
    if (status === 204 || status === 304) response.end();
    else answer.pipe(response);
  });
  sent.on('upgrade', (_, socket) => {
    fail(['lost', 'the server wants to speak another protocol than HTTP']);
    socket.destroy();
  });
  sent.on('error', (error) => fail(explainNetworkError(error)));
  response.on('close', () => sent.destroy());
  request.pipe(sent);
}

/** Why a request got no answer, and the words for it. */
function explainNetworkError(error: Error): readonly [OutboundReason, string] {
  const code = codeOf(error) ?? '';
  if (code === 'EPRIVATE') return ['private', error.message];
  if (code === 'ENOTFOUND') return ['lookup', 'the host name is unknown'];
  if (code === 'EAI_AGAIN' || code === 'EAI_FAIL') return ['lookup', 'the host name could not be looked up'];
  if (code === 'ECONNREFUSED') return ['refused', 'the server refused the connection'];
  if (code === 'ETIMEDOUT') return ['unreachable', 'the server did not accept the connection in time'];
  if (/^E(?:NET|HOST)(?:UNREACH|DOWN)$|^EADDRNOTAVAIL$/.test(code))
    return ['unreachable', 'there is no way to the server'];
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
    return ['certificate', `the certificate is not trusted (${code})`];
  if (/^(?:ERR_SSL|ERR_TLS|EPROTO)/.test(code))
    return ['certificate', `no encrypted connection could be made (${code})`];
  if (code === 'ECONNRESET' || code === 'EPIPE') return ['lost', 'the server closed the connection without an answer'];
  if (code === 'HPE_HEADER_OVERFLOW') return ['lost', 'the header fields of the answer are longer than 128 KB'];
  if (code.startsWith('HPE_')) return ['lost', 'the answer is no HTTP'];
  return ['lost', error.message.replaceAll(/[^ -~]/g, '?').slice(0, 100)];
}

/** Looks a name up; fails when one of its addresses is not public. */
function lookupPublic(
  name: string,
  options: LookupOptions,
  done: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
): void {
  lookup(name, { ...options, all: true }, (error, addresses) => {
    const inside = addresses?.find(({ address }) => !isPublic(address));
    if (error !== null) done(error, []);
    else if (inside !== undefined) {
      const refused = new Error(`${name} resolves to ${inside.address}, which is not a public address`);
      done(Object.assign(refused, { code: 'EPRIVATE' }), []);
    } else if (options.all === true) done(null, addresses);
    else done(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4);
  });
}

function isPublic(address: string): boolean {
  return (address.includes(':') ? kindOfIpv6(`[${address}]`) : kindOfIpv4(address)) === 'public';
}

function forwardedFields(raw: readonly string[]): string[] {
  return raw.flatMap((name, position) => {
    const value = raw[position + 1] ?? '';
    const isForwarded =
      position % 2 === 0 && !notForwarded.test(name) && fieldName.test(name) && fieldValue.test(value);
    return isForwarded ? [name, value] : [];
  });
}
