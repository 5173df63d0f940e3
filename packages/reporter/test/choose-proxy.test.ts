import { describe, expect, it } from 'vitest';
import { chooseProxy } from '../src/transport/choose-proxy.js';
import { proxySettings } from '../src/transport/proxy-settings.js';

function choose(url: string, env: Record<string, string>): string {
  const choice = chooseProxy(url, proxySettings(env));
  if (choice.kind !== 'proxy') return choice.kind === 'direct' ? 'direct' : choice.code;
  const token = choice.token === undefined ? '' : Buffer.from(choice.token.slice(6), 'base64').toString();
  return token === '' ? choice.uri : `${choice.uri} as ${token}`;
}

const secure = 'https://usage.example/v1/reports';
const plain = 'http://usage.internal/v1/reports';

describe('chooseProxy', () => {
  it.each<[string, Record<string, string>, string]>([
    ['none', {}, 'direct'],
    ['one for HTTPS', { HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128'],
    ['one without a scheme', { https_proxy: 'proxy.corp:3128' }, 'http://proxy.corp:3128'],
    ['one without scheme and port', { https_proxy: 'proxy.corp' }, 'http://proxy.corp'],
    ['one over TLS', { https_proxy: 'https://proxy:443/' }, 'https://proxy'],
    ['one for all', { ALL_PROXY: 'http://all:1' }, 'http://all:1'],
    [
      'one of its own beside one for all',
      { all_proxy: 'http://all:1', HTTPS_PROXY: 'http://own:2' },
      'http://own:2',
    ],
    ['one for plain HTTP only', { HTTP_PROXY: 'http://proxy:1' }, 'direct'],
    ['both spellings', { https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:2' }, 'http://lower:1'],
    ['none in lower case', { https_proxy: '', HTTPS_PROXY: 'http://upper:2' }, 'direct'],
    ['a password', { https_proxy: 'http://ann:pass@proxy:1' }, 'http://proxy:1 as ann:pass'],
    ['an escaped password', { https_proxy: 'http://ann:p%40ss%25@proxy:1' }, 'http://proxy:1 as ann:p@ss%'],
    ['a bare "%" in it', { https_proxy: 'http://ann:100%zz@proxy:1' }, 'http://proxy:1 as ann:100%zz'],
    [
      '"@", "#", ":" and "/" in it',
      { https_proxy: 'http://ann:a@b#c:d/e@proxy:1' },
      'http://proxy:1 as ann:a@b#c:d/e',
    ],
    ['a user without a password', { https_proxy: 'ann@proxy:1' }, 'http://proxy:1 as ann:'],
    ['SOCKS', { https_proxy: 'socks5://proxy:1080' }, 'ERR_PROXY_SOCKS'],
    ['SOCKS for all', { ALL_PROXY: 'socks5h://proxy:1080' }, 'ERR_PROXY_SOCKS'],
    ['another scheme', { https_proxy: 'ftp://proxy:21' }, 'ERR_PROXY_INVALID'],
    ['nonsense', { https_proxy: 'http://' }, 'ERR_PROXY_INVALID'],
    ['a port out of range', { https_proxy: 'proxy:99999' }, 'ERR_PROXY_INVALID'],
    ['an IPv6 address', { https_proxy: 'http://[2001:db8::1]:3128' }, 'http://[2001:db8::1]:3128'],
    ['white space around it', { https_proxy: ' http://proxy:1 ' }, 'http://proxy:1'],
  ])('reads %s', (_name, env, expected) => {
    expect(choose(secure, env)).toBe(expected);
  });

  it('takes the proxy for plain HTTP, or for all, to a relay over plain HTTP', () => {
    expect(choose(plain, { HTTP_PROXY: 'http://proxy:1', HTTPS_PROXY: 'http://other:2' })).toBe(
      'http://proxy:1',
    );
    expect(choose(plain, { HTTPS_PROXY: 'http://other:2' })).toBe('direct');
    expect(choose(plain, { ALL_PROXY: 'http://all:3' })).toBe('http://all:3');
  });

  it.each(['http://localhost:1/', 'http://127.0.0.1:1/', 'https://127.9.9.9/', 'http://[::1]:1/'])(
    'goes directly to %s',
    (url) => {
      expect(choose(url, { all_proxy: 'http://proxy:1' })).toBe('direct');
    },
  );

  it.each<[no: string, host: string, isDirect: boolean]>([
    ['usage.example', 'usage.example', true],
    ['USAGE.example', 'usage.example', true],
    ['example', 'usage.example', true],
    ['.example', 'usage.example', true],
    ['*.example', 'usage.example', true],
    ['xample', 'usage.example', false],
    ['sage.example', 'usage.example', false],
    ['usage.example.', 'usage.example', true],
    ['usage.example', 'usage.example.', true],
    ['usage.example:443', 'usage.example', true],
    ['usage.example:8443', 'usage.example', false],
    ['other.test, *', 'usage.example', true],
    ['other.test *', 'usage.example', true],
    ['a.test,b.test', 'usage.example', false],
    ['*', 'usage.example', true],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.0.0.0/33', '10.1.2.3', false],
    ['10.0.0.0/x', '10.1.2.3', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['0.1.2.3', '10.1.2.3', false],
    ['10.0.0.0/8', 'usage.example', false],
    ['2001:db8::/32', '[2001:db8::5]', true],
    ['2001:db8::/32', '[2001:db9::5]', false],
    ['[2001:db8::5]', '[2001:db8::5]', true],
    ['[2001:db8::5]:443', '[2001:db8::5]', true],
    ['2001:db8:0::5', '[2001:db8::5]', true],
    [' , ,', 'usage.example', false],
    ['', 'usage.example', false],
  ])('with NO_PROXY=%s asks %s directly: %s', (no, host, isDirect) => {
    const env = { HTTPS_PROXY: 'http://proxy:1', NO_PROXY: no };
    expect(choose(`https://${host}/`, env)).toBe(isDirect ? 'direct' : 'http://proxy:1');
  });
});
