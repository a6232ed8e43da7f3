import type { ContainerLimits, Quota } from '../model/limits.ts';
import type { Platform, Routes } from '../model/platform.ts';
import { parseCpu, parseMemory } from '../model/quantity.ts';
import { overLimits } from '../model/tenant.ts';
import { limitsOf, quotaOf } from './limits-schema.ts';
import { PLATFORM_DEFAULTS as DEFAULTS } from './platform-defaults.ts';
import type { PlatformText } from './platform-schema.ts';

/** What is written of platform.yaml, every default filled in. */
export function toPlatform(written: Partial<PlatformText>): Platform {
  const builders = written.builders ?? DEFAULTS.builders;
  return {
    domain: written.domain ?? DEFAULTS.domain,
    configRepo: {
      url: written.config_repo?.url ?? DEFAULTS.configRepo.url,
      branch: written.config_repo?.branch ?? DEFAULTS.configRepo.branch,
      webUrl: withoutSlash(written.config_repo?.web_url),
    },
    registry: {
      host: written.registry?.host ?? DEFAULTS.registry.host,
      sharedProjects: written.registry?.shared_projects ?? [],
      insecure: written.registry?.insecure ?? false,
    },
    imageHosts: written.image_hosts ?? [],
    argocd: {
      namespace: written.argocd?.namespace ?? DEFAULTS.argocd.namespace,
      server: written.argocd?.server ?? DEFAULTS.argocd.server,
      url: withoutSlash(written.argocd?.url),
    },
    shards: written.shards ?? DEFAULTS.shards,
    quota: { ...DEFAULT_QUOTA, ...quotaOf(written.quota) },
    limits: overLimits(DEFAULT_LIMITS, limitsOf(written.limits)),
    builders: Object.fromEntries(
      Object.entries(builders).map(([name, { image, description }]) => [name, { image, description }]),
    ),
    defaultBuilder: written.default_builder ?? Object.keys(builders)[0] ?? '',
    ...walls(written),
    groupPrefix: written.group_prefix ?? DEFAULTS.groupPrefix,
    maxDeletedFiles: written.max_deleted_files ?? DEFAULTS.maxDeletedFiles,
    fetch: { trustedHosts: written.fetch?.trusted_hosts ?? [] },
    service: toService(written.service),
  };
}

function toService(service: PlatformText['service']): Platform['service'] {
  return {
    url: withoutSlash(service?.url),
    tags: service?.tags ?? DEFAULTS.service.tags,
    reconcileMinutes: service?.reconcile_minutes ?? DEFAULTS.service.reconcileMinutes,
  };
}

function walls(written: Partial<PlatformText>): Pick<Platform, 'storage' | 'routes' | 'network' | 'uids'> {
  const { storage, network, uids } = written;
  return {
    storage: {
      claim: storage?.claim ?? DEFAULTS.storage.claim,
      root: storage?.root ?? DEFAULTS.storage.root,
    },
    routes: toRoutes(written.routes),
    network: {
      ingressNamespace: network?.ingress_namespace ?? DEFAULTS.network.ingressNamespace,
      blockedCidrs: network?.blocked_cidrs ?? DEFAULTS.network.blockedCidrs,
    },
    uids: { first: uids?.first ?? DEFAULTS.uids.first, count: uids?.count ?? DEFAULTS.uids.count },
  };
}

/** A gateway's two names are required with it, which `platformMistakes` sees to. */
function toRoutes(routes: PlatformText['routes']): Routes {
  if (routes?.kind === 'gateway') {
    return { kind: 'gateway', gateway: routes.gateway ?? '', namespace: routes.namespace ?? '' };
  }
  return { kind: 'ingress', className: routes?.class_name, tlsSecret: routes?.tls_secret };
}

function withoutSlash(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/, '');
}

const DEFAULT_QUOTA: Quota = {
  requestsCpu: milli(DEFAULTS.quota.requestsCpu),
  limitsCpu: milli(DEFAULTS.quota.limitsCpu),
  requestsMemory: bytes(DEFAULTS.quota.requestsMemory),
  limitsMemory: bytes(DEFAULTS.quota.limitsMemory),
  pods: Number(DEFAULTS.quota.pods),
  deployments: Number(DEFAULTS.quota.deployments),
  cronjobs: Number(DEFAULTS.quota.cronjobs),
  jobs: Number(DEFAULTS.quota.jobs),
  services: Number(DEFAULTS.quota.services),
  nodePorts: Number(DEFAULTS.quota.nodePorts),
  secrets: Number(DEFAULTS.quota.secrets),
  configMaps: Number(DEFAULTS.quota.configMaps),
  persistentVolumeClaims: Number(DEFAULTS.quota.persistentVolumeClaims),
};
const DEFAULT_LIMITS: ContainerLimits = {
  default: pair(DEFAULTS.limits.default),
  defaultRequest: pair(DEFAULTS.limits.defaultRequest),
  max: pair(DEFAULTS.limits.max),
  min: pair(DEFAULTS.limits.min),
};

function pair({ cpu, memory }: { cpu: string; memory: string }) {
  return { cpu: milli(cpu), memory: bytes(memory) };
}

function milli(text: string): number {
  return parseCpu(text) ?? Number.NaN;
}

function bytes(text: string): number {
  return parseMemory(text) ?? Number.NaN;
}
