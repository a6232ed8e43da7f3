import * as z from 'zod';
import { Mistake, optional, type Reader, required } from './field.ts';
import { gitRef, url } from './git-readers.ts';
import { adviseOnEmails, adviseOnKind, adviseOnPublish, KINDS } from './meant-values.ts';
import { cpu, flag, imageRef, matching, memory, oneOf, text, wholeNumber } from './readers.ts';
import { kindOf } from './words.ts';

/** The whole v1beta1 format and this platform's extensions: types, checks, JSON Schema and docs derive from it. */

const build = z
  .object({
    repository: optional(url(['https', 'http', 'git'], 'a git repository'), {
      description: 'Git repository that the component is built from.',
      example: 'https://gitlab.wikimedia.org/toolforge-repos/hello.git',
      rule: 'http://, https:// or git://, without user name or password; needs `ref`',
    }),
    ref: optional(gitRef, {
      description: 'Branch, tag or commit that is built.',
      example: 'main',
      rule: 'required with `repository`',
    }),
    use_latest_versions: optional(flag, {
      description: 'Build with the newest builder and buildpacks.',
      otherwise: 'false',
      example: 'true',
      rule: 'only with `repository`',
    }),
    use_deprecated_versions: optional(flag, {
      description: 'Build with the previous builder and buildpacks.',
      otherwise: 'false',
      example: 'true',
      rule: 'only with `repository`',
    }),
    reuse_from: optional(text, {
      description: 'Run the image that another component builds.',
      example: 'web',
      rule: 'a component of this file that does not itself reuse',
    }),
    image: optional(imageRef, {
      description: 'Run a prebuilt container image instead of building one (extension).',
      example: 'registry.example.org/shared/nginx:1.29',
      rule: 'its host must be allowed by the platform',
    }),
    builder: optional(matching(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'the name of a builder'), {
      description: "Builder to use, of the platform's catalogue (extension).",
      otherwise: "the platform's default",
      example: 'heroku-24',
      rule: 'only with `repository`',
    }),
  })
  .meta({
    description: 'Where the image comes from: one of `repository`, `reuse_from` and `image`.',
    anyOf: [{ required: ['repository', 'ref'] }, { required: ['reuse_from'] }, { required: ['image'] }],
  });

/** Values are taken as written, so any scalar will do; `parseToolSpec` puts the text in. */
const envValue: Reader<string> = {
  json: { type: ['string', 'number', 'boolean'], secret: true },
  read(value) {
    if (typeof value === 'object') return new Mistake('TFG111', `must be text, not ${kindOf(value)}`);
    return String(value);
  },
};

const run = z
  .object({
    command: required(text, {
      description:
        'Command line: a process type of the image, or any command; split as a shell would, without one.',
      example: 'web',
    }),
    cpu: optional(cpu, {
      description: 'CPU that is reserved, and the most that it may use.',
      otherwise: '100m reserved, at most 4 cores',
      example: '"0.5"',
      rule: 'cores or thousandths (`m`), above zero, within the limits of the platform',
    }),
    memory: optional(memory, {
      description: 'Most memory that it may use; half of what is above 512Mi is reserved.',
      otherwise: '512Mi',
      example: '1Gi',
      rule: 'a number and a unit, above zero, within the limits of the platform',
    }),
    emails: optional(oneOf(['none', 'all', 'onfinish', 'onfailure'], adviseOnEmails), {
      description: 'When to mail the maintainers.',
      otherwise: 'none',
      example: 'onfailure',
    }),
    filelog: optional(flag, {
      description: "Write output to files in the tool's home.",
      otherwise: 'false',
      example: 'true',
      rule: 'needs `mount: all`',
    }),
    filelog_stdout: optional(text, {
      description: 'File for standard output.',
      otherwise: '<component>.out',
      example: 'logs/web.out',
      rule: 'needs `filelog`',
    }),
    filelog_stderr: optional(text, {
      description: 'File for standard error.',
      otherwise: '<component>.err',
      example: 'logs/web.err',
      rule: 'needs `filelog`',
    }),
    mount: optional(oneOf(['all', 'none']), {
      description: "Whether the tool's home is mounted.",
      otherwise: 'none',
      example: 'all',
    }),
    env: z
      .record(z.string(), required(envValue, { description: 'Value, taken as written.', example: '"1"' }))
      .nullish()
      .transform((env) => env ?? undefined)
      .meta({
        description: 'Plain environment variables (extension); secrets belong in the platform, not here.',
        example: '{LOG_LEVEL: info}',
        rule: 'names of letters, digits and `_`, not beginning with a digit; PORT and NO_HOME are the platform’s',
      }),
    port: optional(wholeNumber(1, 65535, 'give the port that the process listens on, such as 8000'), {
      description: 'Port that the process listens on (continuous).',
      example: '8000',
      rule: '1 to 65535',
    }),
    port_protocol: optional(oneOf(['tcp', 'udp']), {
      description: 'Protocol of the port (continuous).',
      otherwise: 'tcp',
      example: 'udp',
      rule: 'needs `port`',
    }),
    publish: optional(oneOf(['/'], adviseOnPublish), {
      description: "Path at which the tool's web address leads here (continuous).",
      otherwise: 'not reachable from outside',
      example: '/',
      rule: 'needs a tcp port; one component of a tool',
    }),
    replicas: optional(wholeNumber(1), {
      description: 'How many of it run (continuous).',
      otherwise: '1',
      example: '2',
      rule: '1 or more, within the quota',
    }),
    health_check_script: optional(text, {
      description: 'Command that exits 0 while the process is healthy (continuous).',
      example: './healthy.sh',
      rule: 'not together with `health_check_http`',
    }),
    health_check_http: optional(text, {
      description: 'Path that answers 2xx or 3xx while the process is healthy (continuous).',
      example: '/healthz',
      rule: 'needs a tcp port; not together with `health_check_script`',
    }),
    schedule: optional(text, {
      description:
        'When it runs (scheduled): five cron fields, or @hourly, @daily, @weekly, @monthly, @yearly.',
      example: '"*/5 * * * *"',
      rule: 'required when scheduled; must come due',
    }),
    retry: optional(wholeNumber(0, 5), {
      description: 'How often a failed run is tried again (scheduled, one-off).',
      otherwise: '0',
      example: '3',
      rule: '0 to 5',
    }),
    timeout: optional(wholeNumber(0, undefined, 'give seconds, such as 3600 for an hour'), {
      description: 'Seconds after which a run is stopped (scheduled, one-off); 0 for never.',
      otherwise: '0',
      example: '3600',
      rule: '0 or more',
    }),
    on_deploy: optional(flag, {
      description: 'Run before each deploy, and stop it on failure (one-off; extension).',
      otherwise: 'false',
      example: 'true',
    }),
  })
  .meta({ description: 'How it runs.' });

export const componentSchema = z
  .object({
    component_type: optional(oneOf(KINDS, adviseOnKind), {
      description: 'Runs all the time, by the clock, or on demand (one-off; extension).',
      otherwise: '`scheduled` with a `run.schedule`, else `continuous`',
      example: 'scheduled',
    }),
    build,
    run,
  })
  .meta({ description: 'One process of the tool.' });

const components = z
  .record(z.string(), componentSchema)
  .nullish()
  .transform((map) => map ?? {})
  .meta({
    description: 'The processes of the tool, by name.',
    rule: 'at least one, unless there is a `source_url`; names of lower-case letters, digits, `-` and `.`, at most 52 characters',
  });

export const toolforgeSchema = z
  .object({
    config_version: optional(oneOf(['v1beta1']), {
      description: 'Version of this format.',
      otherwise: 'v1beta1',
      example: 'v1beta1',
    }),
    source_url: optional(url(['https', 'http'], 'a spec to fetch'), {
      description:
        'The platform fetches the spec from there on every deploy and ignores the rest of this file.',
      example: 'https://gitlab.wikimedia.org/toolforge-repos/hello/-/raw/main/toolforge.yaml',
      rule: 'https://, or http:// for a host in `fetch.trusted_hosts` of platform.yaml; without user name or password',
    }),
    components,
  })
  .meta({
    title: 'toolforge.yaml',
    description: 'What a tool runs (v1beta1 and extensions).',
    anyOf: [{ required: ['components'] }, { required: ['source_url'] }],
  });

/** A checked spec as written: no default is filled in yet. */
export type ToolSpec = z.output<typeof toolforgeSchema>;
export type ComponentSpec = ToolSpec['components'][string];
export type BuildSpec = ComponentSpec['build'];
export type RunSpec = ComponentSpec['run'];
