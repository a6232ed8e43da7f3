import type { RemoteUrl } from './remote-url.ts';

export type Env = Readonly<Record<string, string | undefined>>;
export type ConfigEntry = readonly [key: string, value: string];

/** The one remote of our scratch repos: a name that no one's own git config speaks of. */
export const REMOTE = 'toolforge-gitops';

/** What of git's environment is a person's way in (ssh, askpass, certificates, proxies), not a place to work on. */
const KEPT =
  /^GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|SSL_\w+|PROXY_\w+|HTTP_PROXY_AUTHMETHOD|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)|EXEC_PATH)$/;
/** Our own secrets: a local remote's hooks inherit the environment. */
const SECRET = /^(?:TFG_|ARGOCD_)/;

/**
 * The environment of every git process. A person's own git config stays in force, for credential helpers, proxies and
 * certificates live there; what could run a program or change what we read is overruled.
 */
export function gitEnvironment(env: Env): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !SECRET.test(entry[0]) &&
      (!entry[0].startsWith('GIT_') || KEPT.test(entry[0])),
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    SSH_ASKPASS_REQUIRE: 'never',
  };
}

const ALWAYS: readonly ConfigEntry[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['protocol.version', '2'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  ['pack.useSparse', 'true'],
  ['push.gpgSign', 'false'],
  ['fetch.writeCommitGraph', 'false'],
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '30'],
];

/** Settings for talking to the remote. They go by environment: an argument list is for all to see. */
export function remoteConfig(remote: RemoteUrl, token: string | undefined): readonly ConfigEntry[] {
  const entries: ConfigEntry[] = [...ALWAYS, [`remote.${REMOTE}.url`, remote.url]];
  const authorization = basicAuthorization(remote, token);
  if (authorization === undefined) return entries;
  const { origin } = new URL(remote.url);
  return [
    ...entries,
    [`http.${origin}/.extraHeader`, `Authorization: ${authorization}`],
    // Otherwise git would carry the header to wherever the server points, and ask helpers once it is refused.
    ['http.followRedirects', 'false'],
    ['credential.helper', ''],
  ];
}

/** User and password of the URL; else the token, which Gitea, GitHub and GitLab take as a password. */
export function basicAuthorization(
  { kind, user, password }: RemoteUrl,
  token: string | undefined,
): string | undefined {
  const secret = password ?? token;
  if (kind !== 'http' || (secret === undefined && user === undefined)) return undefined;
  return `Basic ${Buffer.from(`${user ?? 'x-access-token'}:${secret ?? ''}`).toString('base64')}`;
}

/** Config as git reads it from its environment (2.31 and newer). */
export function configEnvironment(entries: readonly ConfigEntry[]): Record<string, string> {
  const env: Record<string, string> = { GIT_CONFIG_COUNT: String(entries.length) };
  for (const [index, [key, value]] of entries.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return env;
}
