import { GitopsError } from '../../errors.ts';
import type { DockerConfigFile } from './docker-config.ts';

export interface Credential {
  readonly user: string;
  readonly password: string;
}

export interface Credentials {
  /** What to log in with at a registry host; nothing means anonymously. */
  of(host: string): Credential | undefined;
  /** Whether the Docker config leaves this host to a credential helper, which is a program and is not run. */
  usesHelper(host: string): boolean;
}

export interface CredentialSources {
  /** TFG_REGISTRY_USER and TFG_REGISTRY_PASSWORD, which are for the platform's registry alone. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dockerConfig: DockerConfigFile | undefined;
  readonly platformHost: string;
}

interface DockerConfig {
  readonly logins: ReadonlyMap<string, Credential>;
  readonly helpers: ReadonlySet<string>;
  readonly helperForAll: boolean;
}

const DOCKER_HUB = 'docker.io';
const NOTHING: DockerConfig = { logins: new Map(), helpers: new Set(), helperForAll: false };

/** A host's login: from the environment for the platform's registry, else from the Docker config. */
export function readCredentials({ env, dockerConfig, platformHost }: CredentialSources): Credentials {
  const own = fromEnv(env);
  const config = dockerConfig === undefined ? NOTHING : readDockerConfig(dockerConfig);
  const ownHost = hostKey(platformHost);
  return {
    of: (host) => (own !== undefined && hostKey(host) === ownHost ? own : config.logins.get(hostKey(host))),
    usesHelper: (host) => config.helperForAll || config.helpers.has(hostKey(host)),
  };
}

function fromEnv(env: CredentialSources['env']): Credential | undefined {
  const user = env.TFG_REGISTRY_USER ?? '';
  const password = env.TFG_REGISTRY_PASSWORD ?? '';
  if (user === '' && password === '') return undefined;
  if (user !== '' && password !== '') return checked('TFG_REGISTRY_USER', { user, password });
  const missing = user === '' ? 'TFG_REGISTRY_USER' : 'TFG_REGISTRY_PASSWORD';
  throw new GitopsError('usage', `${missing} is not set, though its other half is`, {
    hint: 'set both, or neither to use the Docker config file',
  });
}

function readDockerConfig(file: DockerConfigFile): DockerConfig {
  const config = parseObject(file);
  const logins = new Map<string, Credential>();
  for (const [address, entry] of Object.entries(asObject(config.auths))) {
    const login = loginOf(asObject(entry));
    if (login !== undefined)
      logins.set(hostKey(address), checked(`the Docker config file ${file.path}`, login));
  }
  const helpers = new Set(Object.keys(asObject(config.credHelpers)).map(hostKey));
  return { logins, helpers, helperForAll: typeof config.credsStore === 'string' && config.credsStore !== '' };
}

/** Never repeats what it read: it holds passwords. */
function parseObject({ path, text }: DockerConfigFile): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text));
  } catch {
    throw new GitopsError('filesystem', `the Docker config file ${path} is not JSON`, {
      hint: 'mend it, or delete it and log in again with docker, podman or skopeo',
    });
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** `auth` is the base64 of `user:password`; the password may hold further colons. */
function loginOf({ auth, username, password }: Readonly<Record<string, unknown>>): Credential | undefined {
  if (typeof username === 'string' && typeof password === 'string') return { user: username, password };
  if (typeof auth !== 'string' || auth === '') return undefined;
  const decoded = Buffer.from(auth, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 1 ? undefined : { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** Basic authentication cannot carry a colon in a user's name (RFC 7617). */
function checked(where: string, login: Credential): Credential {
  if (login.user.includes(':')) throw new GitopsError('usage', `a user name in ${where} holds a colon`);
  return login;
}

/** `https://index.docker.io/v1/`, `https://host/v2/` and `HOST` are how configs name registries. */
function hostKey(address: string): string {
  const host = address
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
    .toLowerCase();
  return /^(?:index\.|registry-1\.)?docker\.io$/.test(host) ? DOCKER_HUB : host;
}
