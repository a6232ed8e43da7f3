import { describe, expect, test } from 'vitest';
import { checkPlatform, defaultPlatform } from '../../src/spec/check-platform.ts';
import { showDiagnostic } from '../support/show-diagnostic.ts';

function check(text: string) {
  return checkPlatform({ file: 'tools-config/platform.yaml', text });
}

const FULL = `
domain: tools.example.org
config_repo: {url: 'https://git.example.org/t/config.git', branch: live, web_url: 'https://git.example.org/t/config/'}
registry: {host: '127.0.0.1:5000', shared_projects: [shared], insecure: yes}
image_hosts: [docker.io, quay.io]
argocd: {namespace: cd, server: 'https://10.0.0.1:6443', url: 'https://cd.example.org/'}
shards: 12
quota: {requests_cpu: 2, limits_cpu: "4", requests_memory: 4Gi, limits_memory: 8Gi, pods: 10, deployments: 3,
  cronjobs: 5, jobs: 15, services: 1, node_ports: 1, secrets: 2, config_maps: 3, persistent_volume_claims: 4}
limits:
  default: {cpu: 500m, memory: 512Mi}
  default_request: {cpu: 150m, memory: 256Mi}
  max: {cpu: 1, memory: 4Gi}
  min: {cpu: 50m, memory: 100Mi}
builders:
  one: {image: 'docker.io/a/b:1', description: first}
  two: {image: 'docker.io/a/b:2'}
default_builder: two
storage: {claim: home, root: /srv/tools}
routes: {kind: gateway, gateway: web, namespace: gw}
network: {ingress_namespace: traefik, blocked_cidrs: [10.0.0.0/8]}
uids: {first: 50000, count: 1000}
group_prefix: 'g-'
max_deleted_files: 7
fetch: {trusted_hosts: [git.example.org]}
service: {url: 'https://deploy.example.org/', tags: [stable], reconcile_minutes: 5}
`;

describe('checkPlatform', () => {
  test.each([
    ['no file', undefined],
    ['an empty file', { file: 'p', text: '' }],
    ['comments alone', { file: 'p', text: '# nothing yet\n\n  # more\n' }],
    ['sections without keys', { file: 'p', text: 'quota:\nlimits: {}\nregistry: null\n' }],
  ])('%s means the defaults', (_, source) => {
    expect(checkPlatform(source)).toEqual({ platform: defaultPlatform(), diagnostics: [] });
  });

  test('the defaults are those of the documentation', () => {
    const platform = defaultPlatform();
    expect(platform).toMatchObject({
      domain: 'toolforge.org',
      registry: { host: 'registry.example.org', sharedProjects: [], insecure: false },
      argocd: { namespace: 'argocd', server: 'https://kubernetes.default.svc', url: undefined },
      shards: 1,
      routes: { kind: 'ingress', className: undefined, tlsSecret: undefined },
      uids: { first: 1_000_000, count: 1_000_000_000 },
      groupPrefix: 'tools.',
      maxDeletedFiles: 100,
      defaultBuilder: 'heroku-24',
    });
    expect(platform.quota).toMatchObject({ requestsCpu: 16_000, limitsMemory: 64 * 2 ** 30, nodePorts: 0 });
    expect(platform.limits.max).toEqual({ cpu: 4000, memory: 8 * 2 ** 30 });
    expect(Object.values(platform.quota).every(Number.isSafeInteger)).toBe(true);
  });

  test('every key is read', () => {
    const { platform, diagnostics } = check(FULL);
    expect(diagnostics).toEqual([]);
    expect(platform).toEqual({
      domain: 'tools.example.org',
      configRepo: {
        url: 'https://git.example.org/t/config.git',
        branch: 'live',
        webUrl: 'https://git.example.org/t/config',
      },
      registry: { host: '127.0.0.1:5000', sharedProjects: ['shared'], insecure: true },
      imageHosts: ['docker.io', 'quay.io'],
      argocd: { namespace: 'cd', server: 'https://10.0.0.1:6443', url: 'https://cd.example.org' },
      shards: 12,
      quota: {
        requestsCpu: 2000,
        limitsCpu: 4000,
        requestsMemory: 4 * 2 ** 30,
        limitsMemory: 8 * 2 ** 30,
        pods: 10,
        deployments: 3,
        cronjobs: 5,
        jobs: 15,
        services: 1,
        nodePorts: 1,
        secrets: 2,
        configMaps: 3,
        persistentVolumeClaims: 4,
      },
      limits: {
        default: { cpu: 500, memory: 512 * 2 ** 20 },
        defaultRequest: { cpu: 150, memory: 256 * 2 ** 20 },
        max: { cpu: 1000, memory: 4 * 2 ** 30 },
        min: { cpu: 50, memory: 100 * 2 ** 20 },
      },
      builders: {
        one: { image: 'docker.io/a/b:1', description: 'first' },
        two: { image: 'docker.io/a/b:2', description: undefined },
      },
      defaultBuilder: 'two',
      storage: { claim: 'home', root: '/srv/tools' },
      routes: { kind: 'gateway', gateway: 'web', namespace: 'gw' },
      network: { ingressNamespace: 'traefik', blockedCidrs: ['10.0.0.0/8'] },
      uids: { first: 50_000, count: 1000 },
      groupPrefix: 'g-',
      maxDeletedFiles: 7,
      fetch: { trustedHosts: ['git.example.org'] },
      service: { url: 'https://deploy.example.org', tags: ['stable'], reconcileMinutes: 5 },
    });
  });

  test('a part that is written leaves the defaults of the rest', () => {
    const { platform } = check('quota: {pods: 3}\nlimits: {max: {cpu: 2}}\nbuilders: {go: {image: a/b}}\n');
    const { quota, limits } = defaultPlatform();
    expect(platform?.quota).toEqual({ ...quota, pods: 3 });
    expect(platform?.limits).toEqual({ ...limits, max: { ...limits.max, cpu: 2000 } });
    expect(platform?.defaultBuilder).toBe('go');
  });

  test.each([
    ['shards: 0', 'error TFG104 1:9 shards:'],
    ['shards: 1.5', 'error TFG102 1:9 shards:'],
    ['shards: many', 'error TFG102 1:9 shards:'],
    ['shard: 2', 'error TFG106 1:1 shard: unknown key `shard` → did you mean `shards`?'],
    ['argocd: {server_url: x}', 'error TFG106 1:10 argocd.server_url: unknown key `server_url`'],
    ['quota: {requests_cpu: lots}', 'error TFG108 1:23 quota.requests_cpu:'],
    ['quota: {limits_memory: 8}', 'error TFG108 1:24 quota.limits_memory:'],
    ['quota: {pods: -1}', 'error TFG104 1:15 quota.pods:'],
    ['quota: {cpu: 1}', 'error TFG106 1:9 quota.cpu:'],
    ['limits: {max: {memory: 1X}}', 'error TFG108 1:24 limits.max.memory:'],
    [
      'limits: {max: {memory: 1Mi}}',
      'error TFG503 1:24 limits.max.memory: the memory of `default` is above that of `max`',
    ],
    [
      'limits: {min: {cpu: 1}}',
      'error TFG503 1:21 limits.min.cpu: the cpu of `min` is above that of `default_request`',
    ],
    ['config_repo: {url: "https://bot:hunter2@git.example.org/x"}', 'error TFG109 1:20 config_repo.url:'],
    ['config_repo: {url: "ftp://git.example.org/x"}', 'error TFG109 1:20 config_repo.url:'],
    ['config_repo: {url: "--upload-pack=evil"}', 'error TFG109 1:20 config_repo.url:'],
    ['config_repo: {url: "ext::sh -c evil"}', 'error TFG109 1:20 config_repo.url:'],
    ['config_repo: {branch: "a..b"}', 'error TFG103 1:23 config_repo.branch:'],
    ['config_repo: {branch: "-b"}', 'error TFG103 1:23 config_repo.branch:'],
    ['argocd: {url: "javascript:alert(1)"}', 'error TFG109 1:15 argocd.url:'],
    ['argocd: {namespace: Argo}', 'error TFG103 1:21 argocd.namespace:'],
    ['registry: {host: "https://registry.example.org"}', 'error TFG103 1:18 registry.host:'],
    ['registry: {host: registry}', 'error TFG103 1:18 registry.host:'],
    ['image_hosts: docker.io', 'error TFG102 1:14 image_hosts: `image_hosts` must be a list, not text'],
    ['image_hosts: [docker.io/x]', 'error TFG103 1:15 image_hosts[0]:'],
    ['domain: "https://toolforge.org"', 'error TFG103 1:9 domain:'],
    ['storage: {root: data}', 'error TFG103 1:17 storage.root:'],
    ['storage: {root: /data/../etc}', 'error TFG103 1:17 storage.root:'],
    ['network: {blocked_cidrs: [10.0.0.0]}', 'error TFG103 1:27 network.blocked_cidrs[0]:'],
    ['network: {blocked_cidrs: [10.0.0.0/33]}', 'error TFG103 1:27 network.blocked_cidrs[0]:'],
    ['network: {blocked_cidrs: [256.0.0.0/8]}', 'error TFG103 1:27 network.blocked_cidrs[0]:'],
    ['uids: {first: 0}', 'error TFG104 1:15 uids.first:'],
    ['uids: {first: 2000000000}', 'error TFG104 1:1 uids: the last user id would be 2999999999'],
    ['routes: {kind: nginx}', 'error TFG103 1:16 routes.kind:'],
    ['routes: {kind: gateway, gateway: web}', 'error TFG101 1:1 routes: `namespace` is missing'],
    ['routes: {gateway: web}', 'error TFG502 1:10 routes.gateway: `gateway` goes with `kind: gateway`'],
    [
      'routes: {kind: gateway, gateway: a, namespace: b, tls_secret: x}',
      'error TFG502 1:51 routes.tls_secret:',
    ],
    [
      'default_builder: heroku-42',
      'error TFG501 1:18 default_builder: there is no builder `heroku-42` → did you mean `heroku-24`?',
    ],
    ['builders: {}', 'error TFG501 1:11 builders: there is no builder'],
    ['builders: {A: {image: a/b}}', 'error TFG501 1:12 builders.A: a builder cannot be called `A`'],
    ['builders: {a: {}}', 'error TFG101 1:12 builders.a.image: `image` is missing'],
    ['builders: {a: {image: "A B"}}', 'error TFG112 1:23 builders.a.image:'],
    ['shards: 1\nshards: 2', 'error TFG003 2:1 shards:'],
    ['shards: [', 'error TFG001'],
    ['- a', 'error TFG102 1:1 :'],
  ])('%j is refused', (text, expected) => {
    const { platform, diagnostics } = check(text);
    expect(platform).toBeUndefined();
    expect(diagnostics.map(showDiagnostic)[0]).toContain(expected);
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
  });

  test.each([
    '/srv/git/config.git',
    './config.git',
    'git@git.example.org:t/c.git',
    'ssh://git@h.example.org/c',
    'file:///srv/c',
  ])('git address %j', (url) => {
    expect(check(`config_repo: {url: ${JSON.stringify(url)}}`).platform?.configRepo.url).toBe(url);
  });

  test('all mistakes come at once', () => {
    const { diagnostics } = check('shards: 0\nquota: {pods: x}\nregistri: {}\n');
    expect(diagnostics.map(({ line }) => line).sort()).toEqual([1, 2, 3]);
  });
});
