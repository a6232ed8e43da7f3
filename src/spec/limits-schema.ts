import type { z } from 'zod';
import type { ContainerLimits, CpuMemory, Quota } from '../model/limits.ts';
import { parseCpu, parseMemory } from '../model/quantity.ts';
import type { Tenant } from '../model/tenant.ts';
import { section } from './admin-readers.ts';
import { optional } from './field.ts';
import { cpu, memory, wholeNumber } from './readers.ts';

/** Texts of quantities, as a quota's defaults are documented. */
export type QuotaTexts = { readonly [Key in keyof Quota]: string };

/** Keys of a quota; where they are left out, `otherwise` holds. */
export function quotaSchema(otherwise: QuotaTexts) {
  const of = (key: keyof Quota, description: string) => ({ description, otherwise: otherwise[key] });
  const count = wholeNumber(0);
  return section(
    {
      requests_cpu: optional(cpu, of('requestsCpu', 'CPU that all pods together may reserve.')),
      limits_cpu: optional(cpu, of('limitsCpu', 'Sum of the CPU limits of all pods.')),
      requests_memory: optional(memory, of('requestsMemory', 'Memory that all pods together may reserve.')),
      limits_memory: optional(memory, of('limitsMemory', 'Sum of the memory limits of all pods.')),
      pods: optional(count, of('pods', 'Pods that may run at once.')),
      deployments: optional(count, of('deployments', 'Continuous components.')),
      cronjobs: optional(count, of('cronjobs', 'Scheduled components, and one-off ones run on demand.')),
      jobs: optional(count, of('jobs', 'Jobs that may exist at once.')),
      services: optional(count, of('services', 'Components with a port.')),
      node_ports: optional(count, of('nodePorts', 'Services that open a port of the nodes.')),
      secrets: optional(count, of('secrets', 'Secrets.')),
      config_maps: optional(count, of('configMaps', 'ConfigMaps.')),
      persistent_volume_claims: optional(count, of('persistentVolumeClaims', 'PersistentVolumeClaims.')),
    },
    'What a tool may use in all (ResourceQuota).',
  );
}

type WrittenQuota = z.output<ReturnType<typeof quotaSchema>>;

/** What is written of a quota, in millicores and bytes. */
export function quotaOf(written: WrittenQuota): Partial<Quota> {
  if (written === undefined || written === null) return {};
  return compact<Quota>({
    requestsCpu: milliOf(written.requests_cpu),
    limitsCpu: milliOf(written.limits_cpu),
    requestsMemory: bytesOf(written.requests_memory),
    limitsMemory: bytesOf(written.limits_memory),
    pods: written.pods,
    deployments: written.deployments,
    cronjobs: written.cronjobs,
    jobs: written.jobs,
    services: written.services,
    nodePorts: written.node_ports,
    secrets: written.secrets,
    configMaps: written.config_maps,
    persistentVolumeClaims: written.persistent_volume_claims,
  });
}

type LimitTexts = {
  readonly [Key in keyof ContainerLimits]: { readonly cpu: string; readonly memory: string };
};

/** Keys of a LimitRange; where they are left out, `otherwise` holds. */
export function limitsSchema(otherwise: LimitTexts) {
  const pair = (key: keyof LimitTexts, description: string) =>
    section(
      {
        cpu: optional(cpu, { description: 'Cores or thousandths (`m`).', otherwise: otherwise[key].cpu }),
        memory: optional(memory, { description: 'A number and a unit.', otherwise: otherwise[key].memory }),
      },
      description,
    );
  return section(
    {
      default: pair('default', 'Limit of a container that sets none.'),
      default_request: pair('defaultRequest', 'What a container reserves that asks for nothing.'),
      max: pair('max', 'Highest limit that a container may set.'),
      min: pair('min', 'Least that a container may reserve.'),
    },
    'What one container may ask for (LimitRange).',
  );
}

type WrittenLimits = z.output<ReturnType<typeof limitsSchema>>;
type WrittenPair = NonNullable<WrittenLimits>['max'];

/** What is written of a LimitRange, in millicores and bytes. */
export function limitsOf(written: WrittenLimits): Tenant['limits'] {
  if (written === undefined || written === null) return {};
  const pair = (texts: WrittenPair) =>
    texts && compact<CpuMemory>({ cpu: milliOf(texts.cpu), memory: bytesOf(texts.memory) });
  return {
    ...(written.default && { default: pair(written.default) ?? {} }),
    ...(written.default_request && { defaultRequest: pair(written.default_request) ?? {} }),
    ...(written.max && { max: pair(written.max) ?? {} }),
    ...(written.min && { min: pair(written.min) ?? {} }),
  };
}

/** Readers have seen that the texts are quantities. */
function milliOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseCpu(text);
}

function bytesOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseMemory(text);
}

function compact<T extends object>(entries: { readonly [Key in keyof T]: T[Key] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Partial<T>;
}
