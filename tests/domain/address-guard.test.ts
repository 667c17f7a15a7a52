import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressPolicy, refuseAddress } from '../../src/domain/address-guard.ts';
import { givenUrl } from '../support/given.ts';

const strict: AddressPolicy = { privateHosts: [], ownHosts: ['tributary.example.org'] };

const spell = (address: number): string[] => {
  const parts = [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255];
  return [
    String(address),
    `0x${address.toString(16)}`,
    `0${address.toString(8)}`,
    parts.map((part) => `0x${part.toString(16)}`).join('.'),
    parts.map((part) => `0${part.toString(8)}`).join('.'),
    `${parts[0]}.${address & 0xffffff}`,
    `${parts.join('.')}.`,
    `[::ffff:${parts.join('.')}]`,
    `[::${parts.join('.')}]`,
    `[64:ff9b::${parts.join('.')}]`,
    `[2002:${(address >>> 16).toString(16)}:${(address & 0xffff).toString(16)}::1]`,
  ];
};
const inRange = (first: number, bits: number): fc.Arbitrary<number> =>
  fc.nat(2 ** (32 - bits) - 1).map((offset) => first + offset);

describe('refuseAddress', () => {
  it.each([
    ['http://127.0.0.1/'],
    ['http://127.1/'],
    ['http://2130706433/'],
    ['http://0x7f000001/'],
    ['http://0x7f.0.0.1/'],
    ['http://0177.0.0.1/'],
    ['http://017700000001/'],
    ['http://127.0.0.1./'],
    ['http://127.255.255.255:8080/'],
    ['http://１２７.０.０.１/'],
    ['http://%31%32%37.0.0.1/'],
    ['http://0/'],
    ['http://0.0.0.0/'],
    ['http://0.255.255.255/'],
    ['http://10.0.0.0/'],
    ['http://10.255.255.255/'],
    ['http://100.64.0.0/'],
    ['http://100.127.255.255/'],
    ['http://169.254.0.1/'],
    ['http://169.254.169.254/latest/meta-data/'],
    ['http://2852039166/'],
    ['http://168.63.129.16/'],
    ['http://100.100.100.200/'],
    ['http://172.16.0.0/'],
    ['http://172.31.255.255/'],
    ['http://192.0.0.1/'],
    ['http://192.0.2.1/'],
    ['http://192.88.99.1/'],
    ['http://192.168.0.1/'],
    ['http://198.18.0.1/'],
    ['http://198.19.255.255/'],
    ['http://198.51.100.7/'],
    ['http://203.0.113.7/'],
    ['http://224.0.0.1/'],
    ['http://239.255.255.255/'],
    ['http://240.0.0.1/'],
    ['http://255.255.255.255/'],
    ['http://[::]/'],
    ['http://[::1]/'],
    ['http://[0:0:0:0:0:0:0:1]/'],
    ['http://[::ffff:127.0.0.1]/'],
    ['http://[::ffff:7f00:1]/'],
    ['http://[::ffff:8.8.8.8]/'],
    ['http://[::127.0.0.1]/'],
    ['http://[::ffff:0:127.0.0.1]/'],
    ['http://[64:ff9b::127.0.0.1]/'],
    ['http://[64:ff9b:1::1]/'],
    ['http://[100::1]/'],
    ['http://[2001::1]/'],
    ['http://[2001:1ff:ffff::1]/'],
    ['http://[2001:db8::1]/'],
    ['http://[2002:7f00:1::]/'],
    ['http://[3fff::1]/'],
    ['http://[4000::1]/'],
    ['http://[fc00::1]/'],
    ['http://[fd00:ec2::254]/'],
    ['http://[fdff::1]/'],
    ['http://[fe80::1]/'],
    ['http://[febf::1]/'],
    ['http://[fec0::1]/'],
    ['http://[ff02::1]/'],
    ['http://localhost/'],
    ['http://LOCALHOST./'],
    ['http://localhost../'],
    ['http://a.localhost/'],
    ['http://printer.local/'],
    ['http://metadata.google.internal/'],
    ['http://metadata.google.internal./'],
    ['http://router.home.arpa/'],
    ['http://intranet/'],
    ['http://wiki.corp/'],
    ['http://127.0.0.1.nip.io/'],
    ['http://nip.io/'],
    ['http://localtest.me/'],
    ['http://app.localtest.me/'],
    ['http://home.arpa/'],
    ['http://fritz.box/'],
    ['http://redis.default.svc/'],
    ['http://10-0-0-1.sslip.io/'],
    ['http://7f000001.c0a80001.rbndr.us/'],
    ['http://user@example.org/'],
    ['http://:secret@example.org/'],
    ['http://example.org:25/'],
    ['https://example.org:6667/'],
    ['https://tributary.example.org/rss.xml'],
    ['http://TRIBUTARY.example.org.:8080/rss.xml'],
  ])('refuses %s', (url) => {
    expect(refuseAddress(givenUrl(url), strict)).toMatch(/\w+ \w+/);
  });

  it.each([
    ['https://example.org/feed.xml'],
    ['https://mynip.io/feed.xml'],
    ['https://svc.example.org/feed.xml'],
    ['https://notfritz.box/feed.xml'],
    ['http://example.org:8080/feed.xml'],
    ['http://8.8.8.8/'],
    ['http://9.255.255.255/'],
    ['http://11.0.0.0/'],
    ['http://100.63.255.255/'],
    ['http://100.128.0.0/'],
    ['http://126.255.255.255/'],
    ['http://128.0.0.0/'],
    ['http://169.253.255.255/'],
    ['http://169.255.0.0/'],
    ['http://172.15.255.255/'],
    ['http://172.32.0.0/'],
    ['http://192.0.1.0/'],
    ['http://192.167.255.255/'],
    ['http://192.169.0.0/'],
    ['http://198.17.255.255/'],
    ['http://198.20.0.0/'],
    ['http://223.255.255.255/'],
    ['http://[2606:4700::1111]/'],
    ['http://[2001:200::1]/'],
    ['http://[2003::1]/'],
    ['https://müller.de/'],
    ['https://localhost.example.org/'],
    ['https://notlocal.org/'],
    ['https://mylocal.org/'],
    ['https://other.tributary.example.org/'],
  ])('lets %s through', (url) => {
    expect(refuseAddress(givenUrl(url), strict)).toBeUndefined();
  });

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:9000/', true],
    ['127.0.0.1:9000', 'http://127.0.0.1:9000/', true],
    ['127.0.0.1:9000', 'http://127.0.0.1:9001/', false],
    ['127.0.0.1:80', 'http://127.0.0.1/', true],
    ['127.0.0.1:443', 'https://127.0.0.1/', true],
    ['127.0.0.1:443', 'http://127.0.0.1/', false],
    [' LocalHost:9000 ', 'http://localhost.:9000/', true],
    ['[::1]:9000', 'http://[::1]:9000/', true],
    ['::1', 'http://[::1]:9000/', true],
    ['127.0.0.1', 'http://127.0.0.2/', false],
    ['wiki.corp', 'http://a.wiki.corp/', false],
    ['127.0.0.1:25', 'http://127.0.0.1:25/', true],
    ['', 'http://127.0.0.1/', false],
    ['not a host', 'http://127.0.0.1/', false],
  ])('with PRIVATE_HOSTS=%j asks %s: %s', (allowed, url, isAsked) => {
    expect(refuseAddress(givenUrl(url), { privateHosts: [allowed], ownHosts: [] }) === undefined).toBe(isAsked);
  });

  it.each([
    ['http://127.0.0.1:8787/rss.xml'],
    ['http://localhost:8787/rss.xml'],
    ['http://a.localhost:8787/'],
    ['http://[::1]:8787/'],
    ['http://0:8787/'],
  ])('refuses %s as ourselves though the host is let through', (url) => {
    const policy = {
      privateHosts: ['127.0.0.1', 'localhost', 'a.localhost', '::1', '0.0.0.0'],
      ownHosts: ['127.0.0.1:8787'],
    };
    expect(refuseAddress(givenUrl(url), policy)).toContain('this installation itself');
  });

  it('refuses credentials even on a host that is let through', () => {
    expect(
      refuseAddress(givenUrl('http://a:b@127.0.0.1/'), { privateHosts: ['127.0.0.1'], ownHosts: [] }),
    ).toBeDefined();
  });

  it('refuses every private IPv4 address in every spelling', () => {
    const privateAddress = fc.oneof(
      inRange(0x7f000000, 8),
      inRange(0x0a000000, 8),
      inRange(0xc0a80000, 16),
      inRange(0xa9fe0000, 16),
    );
    fc.assert(
      fc.property(privateAddress, (address) => {
        for (const host of spell(address)) expect(refuseAddress(givenUrl(`http://${host}/`), strict)).toBeDefined();
      }),
    );
  });
});
