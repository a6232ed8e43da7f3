import { expect, test } from 'vitest';
import { configEnvironment, gitEnvironment, remoteConfig } from '../../../src/adapters/git/git-env.ts';
import { parseRemoteUrl } from '../../../src/adapters/git/remote-url.ts';

test('hands on what a person needs to get in, and neither our secrets nor another repo', () => {
  const env = gitEnvironment({
    PATH: '/bin',
    HOME: '/home/a',
    SSH_AUTH_SOCK: '/run/agent',
    GIT_SSH_COMMAND: 'ssh -i key',
    GIT_DIR: '/elsewhere',
    GIT_INDEX_FILE: '/elsewhere/index',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_PARAMETERS: "'core.sshCommand=id'",
    GIT_TRACE_CURL: '1',
    GIT_ALLOW_PROTOCOL: 'ext',
    LC_ALL: 'de_DE.UTF-8',
    TFG_GITEA_TOKEN: 's3cret',
    ARGOCD_AUTH_TOKEN: 's3cret',
    GONE: undefined,
  });
  expect(env).toEqual({
    PATH: '/bin',
    HOME: '/home/a',
    SSH_AUTH_SOCK: '/run/agent',
    GIT_SSH_COMMAND: 'ssh -i key',
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    SSH_ASKPASS_REQUIRE: 'never',
  });
});

const basic = (text: string) => `Authorization: Basic ${Buffer.from(text).toString('base64')}`;

test.each([
  ['https://host.example/o/r', 't0ken', basic('x-access-token:t0ken')],
  ['https://bot@host.example/o/r', 't0ken', basic('bot:t0ken')],
  ['https://bot:pw@host.example/o/r', 't0ken', basic('bot:pw')],
  ['https://pw@host.example/o/r', undefined, basic('pw:')],
  ['https://host.example/o/r', undefined, undefined],
  ['ssh://git@host.example/o/r', 't0ken', undefined],
  ['/srv/r', 't0ken', undefined],
])('for %s with token %s', (url, token, header) => {
  const config = new Map(remoteConfig(parseRemoteUrl(url), token));
  expect(config.get('http.https://host.example/.extraHeader')).toBe(header);
  // A credential never goes where the server points to.
  expect(config.get('http.followRedirects')).toBe(header === undefined ? undefined : 'false');
});

test('config goes by environment', () => {
  expect(configEnvironment([['a.b', '1']])).toEqual({
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'a.b',
    GIT_CONFIG_VALUE_0: '1',
  });
});
