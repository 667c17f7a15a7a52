/**
 * The app on a port of this machine, over faked ports, for a browser to look at: no workerd, no build.
 *
 * Pictures are drawn here: every path that ends in `.svg` and is not ours is one.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

/** A page of nothing but words: what showing them costs any page. */
export const barePath = '/bare';

/** A server that is running. */
export interface PageServer {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Starts it; `toApp` gets the origin first, so that entries can refer to it. */
export async function startPageServer(
  toApp: (origin: string) => { readonly fetch: (request: Request) => Response | Promise<Response> },
  bareText = '',
  port = 0,
): Promise<PageServer> {
  let app: ReturnType<typeof toApp> | undefined;
  const server = createServer((incoming, outgoing) => {
    const answer = async (): Promise<void> => {
      const url = `http://${incoming.headers.host}${incoming.url}`;
      const drawing = /^\/(\d+|dam)\.svg$/.exec(incoming.url ?? '');
      const headers = new Headers();
      for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
      const isBare = incoming.url === barePath;
      const response = isBare
        ? new Response(bareText, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
        : drawing === null
          ? await app?.fetch(new Request(url, { method: incoming.method ?? 'GET', headers }))
          : draw(Number(drawing[1]) || 3);
      outgoing.writeHead(response?.status ?? 503, Object.fromEntries(response?.headers ?? []));
      if (response?.body) Readable.fromWeb(response.body as never).pipe(outgoing);
      else outgoing.end();
    };
    answer().catch((error: unknown) => {
      outgoing.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = toApp(origin);
  return {
    origin,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function draw(seed: number): Response {
  const hue = (seed * 47) % 360;
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540"><rect width="960" height="540" fill="hsl(${hue} 40% 70%)"/><path d="M0 ${300 + (seed % 5) * 20}C300 200 500 480 960 ${220 + (seed % 7) * 20}V540H0Z" fill="hsl(${hue + 30} 45% 45%)"/><circle cx="${120 + ((seed * 90) % 700)}" cy="120" r="60" fill="hsl(${hue + 60} 70% 85%)"/></svg>`;
  return new Response(body, { headers: { 'Content-Type': 'image/svg+xml' } });
}
