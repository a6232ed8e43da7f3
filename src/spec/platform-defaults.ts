/** What holds where platform.yaml is silent, as it would be written there; sized so that ordinary tools fit. */
export const PLATFORM_DEFAULTS = {
  domain: 'toolforge.org',
  configRepo: { url: 'https://gitea.example.org/toolforge/config.git', branch: 'main' },
  registry: { host: 'registry.example.org' },
  argocd: { namespace: 'argocd', server: 'https://kubernetes.default.svc' },
  shards: 1,
  /**
   * A container without a CPU setting may use 4 cores, so a tool of 24 components has 96 cores of limits; one of 50
   * scheduled jobs reserves 25Gi should all of them run at once.
   */
  quota: {
    requestsCpu: '16',
    limitsCpu: '256',
    requestsMemory: '32Gi',
    limitsMemory: '64Gi',
    pods: '64',
    deployments: '24',
    cronjobs: '50',
    jobs: '64',
    services: '24',
    nodePorts: '0',
    secrets: '10',
    configMaps: '10',
    persistentVolumeClaims: '3',
  },
  limits: {
    default: { cpu: '500m', memory: '512Mi' },
    defaultRequest: { cpu: '150m', memory: '256Mi' },
    max: { cpu: '4', memory: '8Gi' },
    min: { cpu: '50m', memory: '100Mi' },
  },
  builders: {
    'heroku-24': {
      image: 'docker.io/heroku/builder:24',
      description: '.NET, Go, Java, Node.js, PHP, Python, Ruby, Scala',
    },
  },
  storage: { claim: 'tool-home', root: '/data/project' },
  routes: { kind: 'ingress' },
  network: {
    ingressNamespace: 'ingress-nginx',
    /** Private ranges; link-local holds the clouds' metadata service. */
    blockedCidrs: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'],
  },
  uids: { first: 1_000_000, count: 1_000_000_000 },
  groupPrefix: 'tools.',
  maxDeletedFiles: 100,
  service: { tags: ['latest'], reconcileMinutes: 10 },
} as const;
