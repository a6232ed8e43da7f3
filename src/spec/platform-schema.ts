import * as z from 'zod';
import * as is from './admin-readers.ts';
import { listOf, section } from './admin-readers.ts';
import { optional, required } from './field.ts';
import { gitRef } from './git-readers.ts';
import { limitsSchema, quotaSchema } from './limits-schema.ts';
import { PLATFORM_DEFAULTS as DEFAULTS } from './platform-defaults.ts';
import { flag, imageRef, oneOf, text, wholeNumber } from './readers.ts';

/** tools-config/platform.yaml: what the platform's admins set for all tools. Every key may be left out. */

/** Kubernetes takes user ids up to here. */
export const UID_MAX = 2 ** 31 - 1;
const SHARDS_MAX = 1000;
const DAY_MINUTES = 24 * 60;

const configRepo = section(
  {
    url: optional(is.gitUrl, {
      description: 'Address that Argo CD and the bot clone the config repo from.',
      otherwise: DEFAULTS.configRepo.url,
      example: 'https://gitea.example.org/toolforge/config.git',
      rule: 'without a password; for Gitea the host of its ROOT_URL',
    }),
    branch: optional(gitRef, {
      description: 'Branch that Argo CD follows.',
      otherwise: DEFAULTS.configRepo.branch,
      example: 'main',
    }),
    web_url: optional(is.webUrl, {
      description: 'Address of the repo for people, for links.',
      otherwise: 'no links to the repo',
      example: 'https://gitea.example.org/toolforge/config',
    }),
  },
  'The config repo.',
);

const registry = section(
  {
    host: optional(is.host, {
      description: 'Host of the image registry, where each tool has the project `tool-<tool>`.',
      otherwise: DEFAULTS.registry.host,
      example: 'registry.example.org',
    }),
    shared_projects: listOf(is.project, {
      description: 'Projects of that registry whose images any tool may run.',
      otherwise: 'none',
      example: '[shared]',
    }),
    insecure: optional(flag, {
      description: 'Talk plain HTTP to the registry: for tests and closed networks.',
      otherwise: 'false',
      example: 'true',
    }),
  },
  'The image registry.',
);

const argocd = section(
  {
    namespace: optional(is.namespace, {
      description: 'Namespace that Argo CD runs in.',
      otherwise: DEFAULTS.argocd.namespace,
      example: 'argocd',
    }),
    server: optional(is.webUrl, {
      description: 'API server that the tools run on, as Argo CD names it.',
      otherwise: DEFAULTS.argocd.server,
      example: 'https://kubernetes.default.svc',
    }),
    url: optional(is.webUrl, {
      description: "Address of Argo CD's UI, for links.",
      otherwise: 'no links to Argo CD',
      example: 'https://argocd.example.org',
    }),
  },
  'Argo CD.',
);

const builder = z
  .object({
    image: required(imageRef, {
      description: 'Builder image (Cloud Native Buildpacks) that the CI job runs in.',
      example: 'docker.io/heroku/builder:24',
    }),
    description: optional(text, {
      description: 'What it builds, for people.',
      otherwise: 'none',
      example: 'Go, Node.js, PHP, Python, Ruby',
    }),
  })
  .meta({ description: 'One builder.' });

const storage = section(
  {
    claim: optional(is.objectName, {
      description: "PersistentVolumeClaim in each tool's namespace that holds its home.",
      otherwise: DEFAULTS.storage.claim,
      example: 'tool-home',
    }),
    root: optional(is.folder, {
      description: "Folder in which the tools' homes lie.",
      otherwise: DEFAULTS.storage.root,
      example: '/data/project',
    }),
  },
  'Storage for `mount: all`.',
);

const routes = section(
  {
    kind: optional(oneOf(['ingress', 'gateway']), {
      description: 'How `publish` is rendered: an Ingress, or an HTTPRoute of the Gateway API.',
      otherwise: DEFAULTS.routes.kind,
      example: 'gateway',
    }),
    class_name: optional(is.objectName, {
      description: 'IngressClass.',
      otherwise: "the cluster's default",
      example: 'nginx',
      rule: 'only with `kind: ingress`',
    }),
    tls_secret: optional(is.objectName, {
      description: "Secret in each tool's namespace that holds the certificate.",
      otherwise: 'none: the controller has one',
      example: 'wildcard-tls',
      rule: 'only with `kind: ingress`',
    }),
    gateway: optional(is.objectName, {
      description: 'Gateway that routes attach to.',
      example: 'web',
      rule: 'required with `kind: gateway`, not allowed otherwise',
    }),
    namespace: optional(is.namespace, {
      description: 'Namespace of the Gateway.',
      example: 'gateway-system',
      rule: 'required with `kind: gateway`, not allowed otherwise',
    }),
  },
  'The way in from the web.',
);

const network = section(
  {
    ingress_namespace: optional(is.namespace, {
      description: 'Namespace of the ingress controller, the only way in from outside.',
      otherwise: DEFAULTS.network.ingressNamespace,
      example: 'ingress-nginx',
    }),
    blocked_cidrs: listOf(is.cidr, {
      description: 'IPv4 ranges that tools may not reach: the cluster, its API servers, cloud metadata.',
      otherwise: DEFAULTS.network.blockedCidrs.join(', '),
      example: '[10.0.0.0/8, 169.254.0.0/16]',
    }),
  },
  'Walls around tools.',
);

const uids = section(
  {
    first: optional(wholeNumber(1, UID_MAX), {
      description: 'Lowest user id.',
      otherwise: String(DEFAULTS.uids.first),
      example: '1000000',
    }),
    count: optional(wholeNumber(1, UID_MAX), {
      description: 'How many there are.',
      otherwise: String(DEFAULTS.uids.count),
      example: '1000000000',
    }),
  },
  'Range from which a tool without a `uid` in its tenant.yaml gets one, by a stable hash of its name.',
);

const fetch = section(
  {
    trusted_hosts: listOf(is.host, {
      description:
        'Git hosts of the platform: a spec may be fetched from there by http or a private address.',
      otherwise: 'none',
      example: '[gitea.example.org]',
    }),
  },
  'Fetching specs from their `source_url`.',
);

const service = section(
  {
    url: optional(is.webUrl, {
      description: 'Address of the deploy service, for CI and webhooks.',
      otherwise: 'none',
      example: 'https://deploy.example.org',
    }),
    tags: listOf(is.tag, {
      description: 'Image tags whose push to the registry is a build to deploy.',
      otherwise: DEFAULTS.service.tags.join(', '),
      example: '[latest, stable]',
    }),
    reconcile_minutes: optional(wholeNumber(1, DAY_MINUTES), {
      description: 'How often the service looks for what a lost webhook missed; minutes.',
      otherwise: String(DEFAULTS.service.reconcileMinutes),
      example: '10',
    }),
  },
  'The deploy service, `toolforge-gitops serve`.',
);

export const platformSchema = z
  .object({
    domain: optional(is.domain, {
      description: 'Tools are served at `<tool>.<domain>`.',
      otherwise: DEFAULTS.domain,
      example: 'toolforge.org',
    }),
    config_repo: configRepo,
    registry,
    image_hosts: listOf(is.host, {
      description: "Hosts beyond the platform's registry from which `build.image` may come.",
      otherwise: 'none',
      example: '[docker.io]',
    }),
    argocd,
    shards: optional(wholeNumber(1, SHARDS_MAX), {
      description: 'Root Applications that share the tools; one for some 300 tools each.',
      otherwise: String(DEFAULTS.shards),
      example: '12',
    }),
    quota: quotaSchema(DEFAULTS.quota),
    limits: limitsSchema(DEFAULTS.limits),
    builders: z
      .record(z.string(), builder)
      .nullish()
      .meta({ description: 'Catalogue of builders, by name: what `build.builder` may name.' }),
    default_builder: optional(text, {
      description: 'Builder of a component that names none.',
      otherwise: 'the first of `builders`',
      example: 'heroku-24',
      rule: 'one of `builders`',
    }),
    storage,
    routes,
    network,
    uids,
    group_prefix: optional(is.groupPrefix, {
      description: "Begin of the name of a tool's own maintainer group.",
      otherwise: DEFAULTS.groupPrefix,
      example: 'tools.',
    }),
    max_deleted_files: optional(wholeNumber(0), {
      description: 'A publish that deletes more files than this is refused unless it names the tools.',
      otherwise: String(DEFAULTS.maxDeletedFiles),
      example: '100',
    }),
    fetch,
    service,
  })
  .meta({ title: 'platform.yaml', description: 'What the admins of the platform set for all tools.' });

export type PlatformText = z.output<typeof platformSchema>;
