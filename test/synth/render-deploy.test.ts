import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { describe, expect, test } from 'vitest';
import { podSecurity } from '../../src/policy/pod-security.ts';
import { type Pod, podOf } from '../../src/policy/pods.ts';
import { DEPLOY_FILE, renderDeploy } from '../../src/synth/render-deploy.ts';
import { VERSION } from '../../src/version.ts';

const ROOT = join(import.meta.dirname, '../..');
const { text, objects } = renderDeploy(VERSION);
const byKind = (kind: string) => objects.find((object) => object.kind === kind) as never;

describe('deploy/service.yaml', () => {
  test('is what the construct makes', () => {
    expect(readFileSync(join(ROOT, DEPLOY_FILE), 'utf8')).toBe(text);
  });

  test('every object is what its kind says', () => {
    const kinds = { Namespace, ServiceAccount, Deployment, Service, PodDisruptionBudget, NetworkPolicy };
    expect(objects.map(({ kind }) => kind)).toEqual(Object.keys(kinds));
    for (const [kind, Kind] of Object.entries(kinds)) {
      new (Kind as new (object: never) => { validate(): void })(byKind(kind)).validate();
    }
  });

  test('its pod passes Pod Security restricted, with a read-only root', () => {
    const pod = podOf(byKind('Deployment'));
    const found: unknown[] = [];
    podSecurity(pod as Pod, (...finding) => found.push(finding));
    expect(found).toEqual([]);
    expect(text).toContain('readOnlyRootFilesystem: true');
    expect(text).toContain('runAsNonRoot: true');
  });

  test('the container runs as the same user, and what it runs is what the bundle has', () => {
    const container = readFileSync(join(ROOT, 'Containerfile'), 'utf8');
    const [, uid] = /^USER (\d+):\1$/m.exec(container) ?? [];
    expect(text).toContain(`runAsUser: ${uid}\n`);
    expect(container).toContain('ENTRYPOINT ["node", "/app/main.js"]');
    expect(container.match(/^FROM /gm)).toHaveLength(2);
  });
});
