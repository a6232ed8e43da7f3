import type { ComponentName, ToolName } from '../../src/model/names.ts';
import type { Platform } from '../../src/model/platform.ts';
import type {
  ContinuousRun,
  OneOffRun,
  ResolvedComponent,
  ResolvedImage,
  ResolvedTool,
  ScheduledRun,
} from '../../src/model/resolved-tool.ts';

const MI = 2 ** 20;
const GI = 2 ** 30;
export const DIGEST = `sha256:${'1b251199'.repeat(8)}`;

/** A platform as platform.yaml may describe it; made anew each time. */
export function somePlatform(changes: Partial<Platform> = {}): Platform {
  return {
    domain: 'toolforge.org',
    configRepo: {
      url: 'https://gitea.example.org/toolforge/config.git',
      branch: 'main',
      webUrl: 'https://gitea.example.org/toolforge/config',
    },
    registry: { host: 'registry.example.org', sharedProjects: ['library'], insecure: false },
    imageHosts: ['docker-registry.wikimedia.org'],
    argocd: { namespace: 'argocd', server: 'https://kubernetes.default.svc', url: undefined },
    shards: 1,
    quota: {
      requestsCpu: 2000,
      limitsCpu: 8000,
      requestsMemory: 4 * GI,
      limitsMemory: 8 * GI,
      pods: 12,
      deployments: 3,
      cronjobs: 50,
      jobs: 15,
      services: 1,
      nodePorts: 0,
      secrets: 10,
      configMaps: 10,
      persistentVolumeClaims: 3,
    },
    limits: {
      default: { cpu: 500, memory: 512 * MI },
      defaultRequest: { cpu: 150, memory: 256 * MI },
      max: { cpu: 4000, memory: 4 * GI },
      min: { cpu: 50, memory: 100 * MI },
    },
    builders: {},
    defaultBuilder: 'heroku',
    storage: { claim: 'home', root: '/data/project' },
    routes: { kind: 'ingress', className: undefined, tlsSecret: undefined },
    network: {
      ingressNamespace: 'ingress-nginx',
      blockedCidrs: ['10.0.0.0/8', '169.254.0.0/16', 'fd00::/8'],
    },
    uids: { first: 50_000, count: 10_000 },
    groupPrefix: 'tools.',
    maxDeletedFiles: 50,
    fetch: { trustedHosts: [] },
    service: { url: undefined, tags: ['latest'], reconcileMinutes: 10 },
    ...changes,
  };
}

export function someTool(name: string, changes: Partial<ResolvedTool> = {}): ResolvedTool {
  const platform = changes.platform ?? somePlatform();
  return {
    name: name as ToolName,
    uid: 52_001,
    maintainerGroups: [`${platform.groupPrefix}${name}`],
    retired: false,
    sourceUrl: undefined,
    quota: platform.quota,
    limits: platform.limits,
    components: [],
    platform,
    ...changes,
  };
}

export function someImage(repository: string, changes: Partial<ResolvedImage> = {}): ResolvedImage {
  const ref = `registry.example.org/${repository}@${DIGEST}`;
  return { ref, built: true, build: { image: ref }, hold: undefined, ...changes };
}

/** A component of the tool `hello` that runs a build of its own and asks for nothing special. */
export function someComponent(name: string, changes: Partial<ResolvedComponent> = {}): ResolvedComponent {
  return {
    name: name as ComponentName,
    image: someImage(`tool-hello/${name}`),
    buildOf: name as ComponentName,
    prebuilt: undefined,
    builder: 'heroku-24',
    command: [name],
    env: {},
    cpu: { request: 100, limit: 4000 },
    memory: { request: 512 * MI, limit: 512 * MI },
    emails: 'none',
    mount: 'none',
    filelog: undefined,
    run: continuous(),
    ...changes,
  };
}

export function continuous(changes: Partial<ContinuousRun> = {}): ContinuousRun {
  return {
    type: 'continuous',
    replicas: 1,
    port: undefined,
    publish: undefined,
    healthCheck: undefined,
    ...changes,
  };
}

/** Listens on port 8000 and is published. */
export function web(changes: Partial<ContinuousRun> = {}): ContinuousRun {
  return continuous({
    port: { number: 8000, protocol: 'TCP' },
    publish: '/',
    healthCheck: { kind: 'http', path: '/healthz', port: 8000 },
    ...changes,
  });
}

export function scheduled(changes: Partial<ScheduledRun> = {}): ScheduledRun {
  return {
    type: 'scheduled',
    schedule: '17 4 * * *',
    scheduleText: '@daily',
    retry: 0,
    timeout: undefined,
    ...changes,
  };
}

export function oneOff(changes: Partial<OneOffRun> = {}): OneOffRun {
  return { type: 'one-off', onDeploy: false, retry: 0, timeout: undefined, ...changes };
}
