import type { Json } from '../model/json.ts';
import type { RunSpec } from './toolforge-schema.ts';

/**
 * What stands in for a value of `run` whose form is wrong, so that the rules look at the rest: right in every rule and
 * the least against a quota. Null is the same as absent.
 */
const PLACEHOLDERS: { readonly [Key in keyof Required<RunSpec>]: Json | ((value: Json) => Json) } = {
  command: 'web',
  cpu: null,
  memory: null,
  emails: null,
  filelog: true,
  filelog_stdout: 'out',
  filelog_stderr: 'err',
  mount: 'all',
  env: envWithoutMistakes,
  port: 8000,
  port_protocol: 'tcp',
  publish: (value) => (isPublished(value) ? '/' : null),
  replicas: 1,
  health_check_script: 'true',
  health_check_http: '/',
  schedule: '@daily',
  retry: 0,
  timeout: 0,
  on_deploy: null,
};

/** The stand-in for what is written at a key of `run`; null for a key that is not known. */
export function placeholderOf(key: string, written: Json): Json {
  const placeholder = isRunKey(key) ? PLACEHOLDERS[key] : null;
  return typeof placeholder === 'function' ? placeholder(written) : placeholder;
}

export function isRunKey(key: string): key is keyof RunSpec {
  return Object.hasOwn(PLACEHOLDERS, key);
}

/** `publish: /api` and `publish: true` want the web to lead here; `publish: no` and `publish: 8000` something else. */
function isPublished(value: Json): boolean {
  return value === true || (typeof value === 'string' && !/^(?:false|no|none|off|\d*)$/i.test(value.trim()));
}

/** Names are looked at by themselves; any value will do. */
function envWithoutMistakes(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.keys(value).map((name) => [name, '']));
}
