import type { ComponentName } from '../../src/model/names.ts';
import type { ResolvedTool } from '../../src/model/resolved-tool.ts';
import {
  continuous,
  DIGEST,
  oneOff,
  scheduled,
  someComponent,
  someImage,
  somePlatform,
  someTool,
  web,
} from './resolved-tool.ts';

const GI = 2 ** 30;
const HOME = '/data/project/hello';
const GATEWAY = { kind: 'gateway', gateway: 'web', namespace: 'gateways' } as const;

/** One tool for each shape that rendering knows; a golden file each. */
export const SHAPES: Readonly<Record<string, ResolvedTool>> = {
  web: someTool('hello', {
    components: [
      someComponent('web', {
        image: someImage('tool-hello/web', {
          build: {
            image: `registry.example.org/tool-hello/web@${DIGEST}`,
            source: {
              repository: 'https://gitea.example.org/tools/hello.git',
              ref: 'main',
              commit: '4f2c0d9e8b7a6f5e4d3c2b1a09f8e7d6c5b4a392',
            },
            built_at: '2026-11-24T10:00:00Z',
            build_url: 'https://gitea.example.org/tools/hello/actions/runs/7',
          },
        }),
        env: { LOG_LEVEL: 'yes', GREETING: 'a: b # c' },
        run: web(),
      }),
    ],
  }),
  replicas: someTool('hello', {
    platform: somePlatform({ routes: GATEWAY, shards: 4 }),
    components: [
      someComponent('web', {
        command: ['bash', '-c', `echo 'hi' | wc -l`],
        cpu: { request: 500, limit: 500 },
        memory: { request: GI, limit: 2 * GI },
        run: web({ replicas: 3, healthCheck: { kind: 'script', words: ['./check', '--deep'] } }),
      }),
    ],
  }),
  bot: someTool('hello', {
    components: [
      someComponent('bot', {
        command: ['python3', 'bot.py', 'two words'],
        mount: 'all',
        filelog: { stdout: `${HOME}/bot.out`, stderr: `${HOME}/my logs/bot.err` },
        emails: 'onfailure',
      }),
    ],
  }),
  udp: someTool('hello', {
    components: [
      someComponent('dns', { run: continuous({ port: { number: 5353, protocol: 'UDP' } }) }),
      someComponent('tcp', {
        run: continuous({
          port: { number: 6379, protocol: 'TCP' },
          healthCheck: { kind: 'tcp', port: 6379 },
        }),
      }),
    ],
  }),
  jobs: someTool('hello', {
    components: [
      someComponent('nightly', { run: scheduled({ retry: 2, timeout: 3600 }) }),
      someComponent('migrate', { run: oneOff({ onDeploy: true }) }),
      someComponent('2.cleanup', { run: oneOff({ timeout: 60 }) }),
    ],
  }),
  prebuilt: someTool('hello', {
    platform: somePlatform({ routes: { kind: 'ingress', className: 'nginx', tlsSecret: 'web-tls' } }),
    components: [
      someComponent('web', {
        image: someImage('', {
          ref: `docker-registry.wikimedia.org/hello@${DIGEST}`,
          built: false,
          build: undefined,
        }),
        prebuilt: 'docker-registry.wikimedia.org/hello:1',
        mount: 'all',
        run: web({ healthCheck: { kind: 'script', words: ['check'] } }),
      }),
    ],
  }),
  held: someTool('hello', {
    sourceUrl: 'https://user:s3cret@git.example.org/hello/toolforge.yaml',
    components: [
      someComponent('web', {
        image: someImage('tool-hello/web', {
          hold: { by: 'alice', reason: 'bad\n---\nrelease', until: '2026-12-01T00:00:00Z' },
        }),
        run: web(),
      }),
      someComponent('job', {
        image: someImage('tool-hello/web', { hold: { by: 'alice' } }),
        buildOf: 'web' as ComponentName,
        run: scheduled({ schedule: '*/5 * * * *', scheduleText: '*/5 * * * *' }),
      }),
      someComponent('worker', { image: undefined }),
    ],
  }),
  unbuilt: someTool('hello', { components: [someComponent('web', { image: undefined, run: web() })] }),
  retired: someTool('hello', { retired: true, components: [someComponent('web', { run: web() })] }),
};
